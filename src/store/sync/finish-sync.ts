import { defaultReading } from '../../content/reading.ts';
import { publicModel } from '../../model/own-model.ts';
import { modelOfFormat } from '../content-format.ts';
import type { Writer } from '../database/writer.ts';
import type { ArticleChange, ArticleStore } from '../sqlite/write/apply-sync.ts';
import { linkContent } from '../sqlite/write/link-content.ts';
import { recordFiles } from '../sqlite/write/record-files.ts';
import {
  type KnownProblems,
  type ProblemStore,
  type ProblemsAcrossFiles,
  readProblems,
} from '../sqlite/write/record-problems.ts';
import { recordMemory } from '../sqlite/write/record-version.ts';
import {
  type MergedKeys,
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
import { type NextVersion, recordNextVersion } from './record-next-version.ts';

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

/** What the database holds after a sync, for its report. */
interface Finished {
  changes: readonly ArticleChange[];
  keys: MergedKeys;
  next: NextVersion;
  problems: KnownProblems;
  areProblemsChanged: boolean;
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
  const keys = await linkTouched(sync, changes);
  progress(1);
  const fileRows = await recordFiles(writer, known, ledger.files);
  const areProblemsChanged = await sync.problems.finish(ledger.files, sync.acrossFiles);
  progress(2);
  const problems = await knownProblems(sync, areProblemsChanged);
  const next = await recordNextVersion(sync, changes, problems.digest);
  if (areProblemsChanged) {
    await writer.run('UPDATE Problem SET version = ? WHERE version = 0', next.number);
  }
  const isMemoryNew =
    problems.digest !== memory.version?.problemsDigest ||
    memory.folder !== sync.folder ||
    memory.format !== format;
  if (isMemoryNew) {
    await recordMemory(writer, { folder: sync.folder, format, problemsDigest: problems.digest });
  }
  progress(3);
  return {
    hasWritten: options.rewrite === true || next.isNew || fileRows > 0 || areProblemsChanged || isMemoryNew,
    report: await reportSync(sync, { changes, keys, next, problems, areProblemsChanged }),
  };
}

/** Brings what hangs on several articles up to date. @returns the keys of what was touched, before and after */
async function linkTouched(
  { writer, articles, memory, options }: Sync,
  changes: readonly ArticleChange[],
): Promise<MergedKeys> {
  await articles.markTouched();
  const keysBefore = await readTouchedKeys(writer, articles.tables);
  if (articles.needsLinks()) await linkContent(writer, articles.tables);
  const keys = mergeKeys(changes, keysBefore, await readTouchedKeys(writer, articles.tables));
  if (!articles.isAnew || memory.version === null) return keys;
  // With other keys, answers of every kind may be others, also of what is not there any more.
  const before = modelOfFormat(memory.format);
  const { model } = options.reading ?? defaultReading;
  const isSame = JSON.stringify(publicModel(before)) === JSON.stringify(publicModel(model));
  return {
    all: { ...keys.all, isCut: true },
    public: { ...keys.public, isCut: keys.public.isCut || !isSame },
  };
}

/** All problems are gone through only where somebody wants to know them, or their digest is another. */
async function knownProblems(
  { writer, options, memory }: Sync,
  areProblemsChanged: boolean,
): Promise<KnownProblems> {
  const { withProblems = true } = options;
  if (areProblemsChanged || memory.version === null) {
    return readProblems(writer, withProblems ? undefined : 0);
  }
  return { ...(await problemsFor(writer, options)), digest: memory.version.problemsDigest };
}

async function reportSync(
  sync: Sync,
  { changes, keys, next, problems, areProblemsChanged }: Finished,
): Promise<SyncReport> {
  const { version, isNew, isPublicNew } = next;
  const created = changes.filter(({ before }) => before === null).length;
  const removed = changes.filter(({ after }) => after === null).length;
  const updated = changes.length - created - removed;
  const unchanged = (version?.articles ?? 0) - created - updated;
  const report = await reportContent(sync.writer, version, problems);
  return {
    ...report,
    unread: sync.listing.unread,
    ...{ newProblems: sync.problems.news(), areProblemsChanged },
    ...{ changed: isNew, created, updated, removed, unchanged, changedKeys: isNew ? keys.all : noKeys },
    // Where nothing changed for everybody, only what is for preview readers can have touched these.
    public: { ...report.public, changed: isPublicNew, changedKeys: isPublicNew ? keys.public : noKeys },
  };
}
