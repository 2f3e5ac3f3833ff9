import { systemNow } from '../../content/reading.ts';
import type { Writer } from '../sqlite/file/writer.ts';
import type { ArticleStore } from '../sqlite/write/apply-sync.ts';
import { linkContent } from '../sqlite/write/link-content.ts';
import { recordFiles } from '../sqlite/write/record-files.ts';
import {
  type ProblemStore,
  type ProblemsAcrossFiles,
  readProblems,
} from '../sqlite/write/record-problems.ts';
import {
  countContent,
  countHidden,
  recordChanges,
  recordMemory,
  recordVersion,
} from '../sqlite/write/record-version.ts';
import {
  mergeKeys,
  noKeys,
  problemsFor,
  readTouchedKeys,
  reportContent,
} from '../sqlite/write/report-sync.ts';
import type { FileState, SyncMemory } from '../sqlite/write/sync-state.ts';
import type { SyncOptions, SyncReport } from '../sync-report.ts';
import type { Ledger } from './ledger.ts';
import type { Listing } from './list-files.ts';

/** What one sync works with. */
export interface Sync {
  writer: Writer;
  options: SyncOptions;
  startedAt: number;
  /** As of LoadOrder. */
  at: string | null;
  memory: SyncMemory;
  /** Absolute path of the content folder. */
  folder: string;
  known: ReadonlyMap<string, FileState>;
  listing: Listing;
  ledger: Ledger;
  articles: ArticleStore;
  /** Of every file that was read. */
  problems: ProblemStore;
  acrossFiles: ProblemsAcrossFiles | null;
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
  if (changes.length > 0 || articles.isAnew) await linkContent(writer, articles.tables);
  const keys = mergeKeys(changes, keysBefore, await readTouchedKeys(writer));
  progress(1);
  const fileRows = await recordFiles(writer, known, ledger.files);
  const isProblemsChanged = await sync.problems.finish(ledger.files, sync.acrossFiles);
  progress(2);

  const last = memory.version;
  const isSame = changes.length === 0 && last !== null;
  const digest = isSame ? last.digest : articles.digest();
  const publicDigest = isSame ? last.publicDigest : articles.publicDigest();
  const isNew = digest !== last?.digest;
  const isPublicNew = publicDigest !== last?.publicDigest;
  const number = (last?.number ?? 0) + (isNew ? 1 : 0);
  const publicNumber = (last?.publicNumber ?? 0) + (isPublicNew ? 1 : 0);
  const { withProblems = true } = options;
  // All of them are gone through only where somebody wants to know them, or their digest is another.
  const problems =
    isProblemsChanged || last === null
      ? await readProblems(writer, withProblems ? undefined : 0)
      : { ...(await problemsFor(writer, options)), digest: last.problemsDigest };
  const problemsDigest = problems.digest;
  let version = last;
  if (isNew) {
    const counts = await countContent(writer, last, changes, articles.partsGained());
    const syncedAt = new Date((options.now ?? systemNow)()).toISOString();
    version = {
      ...{ number, digest, syncedAt, historyFrom: last?.historyFrom ?? 0 },
      ...{ publicNumber, publicDigest, publicHistoryFrom: last?.publicHistoryFrom ?? 0 },
      publicSyncedAt: last && !isPublicNew ? last.publicSyncedAt : syncedAt,
      ...{ problemsDigest, ...counts },
    };
    await recordVersion(writer, version);
    await countHidden(writer);
    await recordChanges(writer, { preview: number, public: publicNumber }, changes);
  }
  if (isProblemsChanged) await writer.run('UPDATE Problem SET version = ? WHERE version = 0', number);
  const isMemoryNew =
    problemsDigest !== last?.problemsDigest || memory.folder !== sync.folder || memory.format !== format;
  if (isMemoryNew) await recordMemory(writer, { folder: sync.folder, format, problemsDigest });
  progress(3);

  const created = changes.filter(({ before }) => before === null).length;
  const removed = changes.filter(({ after }) => after === null).length;
  const updated = changes.length - created - removed;
  const unchanged = (version?.articles ?? 0) - created - updated;
  const report = await reportContent(writer, version, problems);
  return {
    hasWritten: isNew || fileRows > 0 || isProblemsChanged || isMemoryNew,
    report: {
      ...report,
      unread: sync.listing.unread,
      ...{ newProblems: sync.problems.news(), areProblemsChanged: isProblemsChanged },
      ...{ changed: isNew, created, updated, removed, unchanged, changedKeys: isNew ? keys.all : noKeys },
      // Where nothing changed for everybody, only what is for preview readers can have touched these.
      public: { ...report.public, changed: isPublicNew, changedKeys: isPublicNew ? keys.public : noKeys },
    },
  };
}
