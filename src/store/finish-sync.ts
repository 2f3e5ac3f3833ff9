import type { Problem } from '../content/problem.ts';
import type { ArticleStore } from './apply-sync.ts';
import { linkContent } from './link-content.ts';
import type { Listing } from './list-files.ts';
import type { Ledger } from './plan-sync.ts';
import { digestProblems, readProblems, recordFiles, recordProblems } from './record-files.ts';
import { countContent, recordChanges, recordMemory, recordVersion } from './record-version.ts';
import { mergeKeys, readTouchedKeys, reportContent } from './report-sync.ts';
import type { SyncOptions, SyncReport } from './sync-report.ts';
import type { FileState, SyncMemory } from './sync-state.ts';
import type { Writer } from './writer.ts';

/** What one sync works with. */
export interface Sync {
  writer: Writer;
  options: SyncOptions;
  startedAt: number;
  memory: SyncMemory;
  /** Absolute path of the content folder. */
  folder: string;
  known: ReadonlyMap<string, FileState>;
  listing: Listing;
  ledger: Ledger;
  articles: ArticleStore;
  /** By path, of every file that was read. */
  problems: Map<string, readonly Problem[]>;
}

/**
 * Writes all that follows from the articles that were written and removed: links, names and counts, the files' rows,
 * problems, the version and its changes.
 * @returns hasWritten false when there was nothing to write
 */
export async function finishSync(
  sync: Sync,
  format: string,
): Promise<{ report: SyncReport; hasWritten: boolean }> {
  const { writer, options, memory, articles, ledger, known } = sync;
  const progress = (done: number) => options.onProgress?.({ phase: 'link', done, total: 3 });
  const changes = articles.changes();
  progress(0);
  await articles.markTouched();
  const keysBefore = await readTouchedKeys(writer);
  if (changes.length > 0) await linkContent(writer);
  const keys = mergeKeys(changes, keysBefore, await readTouchedKeys(writer));
  progress(1);
  const fileRows = await recordFiles(writer, known, ledger.files);
  const isProblemsChanged = await recordProblems(writer, ledger, known, sync.problems);
  progress(2);

  const last = memory.version;
  const digest = changes.length > 0 || !last ? articles.digest() : last.digest;
  const isNew = digest !== last?.digest;
  const number = (last?.number ?? 0) + (isNew ? 1 : 0);
  const problems = await readProblems(writer);
  const problemsDigest = digestProblems(problems);
  const historyFrom = last?.historyFrom ?? 0;
  let version = last;
  if (isNew) {
    const counts = await countContent(writer, last, changes, articles.partsGained());
    version = { number, digest, syncedAt: new Date().toISOString(), problemsDigest, historyFrom, ...counts };
    await recordVersion(writer, { ...version, publicDigest: articles.publicDigest() });
    await recordChanges(writer, number, changes);
  }
  if (isProblemsChanged) await writer.run('UPDATE Problem SET version = ? WHERE version = 0', number);
  const isMemoryNew =
    problemsDigest !== last?.problemsDigest || memory.folder !== sync.folder || memory.format !== format;
  if (isMemoryNew) await recordMemory(writer, { folder: sync.folder, format, problemsDigest, historyFrom });
  progress(3);

  const created = changes.filter(({ before }) => before === null).length;
  const removed = changes.filter(({ after }) => after === null).length;
  const updated = changes.length - created - removed;
  const unchanged = (version?.articles ?? 0) - created - updated;
  return {
    hasWritten: isNew || fileRows > 0 || isProblemsChanged || isMemoryNew,
    report: {
      ...(await reportContent(writer, version, problems)),
      unread: sync.listing.unread,
      ...{ changed: isNew, created, updated, removed, unchanged, changedKeys: keys },
    },
  };
}
