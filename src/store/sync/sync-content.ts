import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Granted } from '../../content/parse-article.ts';
import type { Problem } from '../../content/problems/problem.ts';
import { ContentFolderError } from '../../content/read/content-folder-error.ts';
import { readSelection, type Selection } from '../../content/read/select-files.ts';
import {
  defaultReading,
  momentOf,
  prepareReading,
  type ReadingSettings,
  systemNow,
} from '../../content/reading.ts';
import { formatOf, modelOfFormat } from '../content-format.ts';
import type { Writer } from '../database/writer.ts';
import { openStore } from '../open-store.ts';
import { contentTables } from '../sqlite/own/content-tables.ts';
import { openArticleStore } from '../sqlite/write/apply-sync.ts';
import { chooseIndexes } from '../sqlite/write/defer-indexes.ts';
import { openProblems } from '../sqlite/write/record-problems.ts';
import { reportRefusal } from '../sqlite/write/report-sync.ts';
import { readDue, readSchedule } from '../sqlite/write/schedule.ts';
import {
  type FileState,
  readArticleStates,
  readFileStates,
  readSyncMemory,
} from '../sqlite/write/sync-state.ts';
import type { SyncOptions, SyncRefusal, SyncReport } from '../sync-report.ts';

import { findTakenAliases } from './find-taken-aliases.ts';
import { finishSync } from './finish-sync.ts';
import { refuseFolder, refuseMassRemoval } from './guard-removal.ts';
import { findWithdrawn, keepMissing, unread } from './keep-missing.ts';
import { enterFile, type Ledger, openLedger } from './ledger.ts';
import { type Listing, listFolder, listPaths } from './list-files.ts';
import { planReads } from './plan-sync.ts';
import { readAgain, readFiles } from './read-into-sync.ts';
import { settlePaths } from './settle-paths.ts';
import { settleSlugs } from './settle-slugs.ts';
import { showDue } from './show-due.ts';

function readingOf({ reading }: SyncOptions): ReadingSettings {
  return reading ?? defaultReading;
}

/**
 * Brings the database to what the folder holds, in one transaction: readers see the old content until it ends, and
 * after it, or after a crash in it, all of the old or all of the new. Writes only what differs.
 * @returns a report; one with a `refusal` when so much was missing that the old content was kept
 * @throws SyncBusyError when another sync is writing, StoreError when the database cannot be written,
 * the signal's reason when aborted; the database is then as it was
 */
export async function syncContent(options: SyncOptions): Promise<SyncReport> {
  const { now = systemNow } = options;
  const begun = performance.now();
  // Not `now`, which may be any time: whether a file was read long after it was written is told by the clock of the files.
  const startedAt = systemNow();
  const moment = () => momentOf(readingOf(options), now());
  const store = openStore(options.databaseUrl);
  const writer = await store.openWriter(options.wait);
  const isTrial = options.dryRun === true;
  const keep = () => transact(writer, () => showDue(writer, options, startedAt, moment()), isTrial);
  try {
    const isOfTime = options.paths?.length === 0;
    if (isOfTime && !(await hasDisplaced(writer))) return await report(await keep());
    // Time changes nothing of what keys there are.
    const asked = isOfTime ? await withModelOfIndex(writer, options) : options;
    // Where another process changes the keys in between, the tables are changed column by column.
    const format = formatOf(readingOf(asked));
    if ((await readSyncMemory(writer)).format !== format) await store.prepareLayout(writer);
    const outcome = await transact(writer, () => runSync(writer, asked, startedAt, moment), isTrial);
    if (!outcome.refusal) return await report(outcome);
    const { refusal, withdrawn } = outcome;
    // Only what would go, and what is new, waits for its owner's word: who hides an article need not wait for it.
    // Other keys would empty the old ones of what is kept.
    const before = await withModelOfIndex(writer, options);
    const update = () => runSync(writer, before, startedAt, moment, withdrawn);
    const kept = refusal.reason === 'mass-removal' ? await transact(writer, update, isTrial) : await keep();
    return { ...(await report(kept)), refusal };
  } finally {
    await writer.close();
  }

  async function report(outcome: Outcome): Promise<SyncReport> {
    const made = outcome.refusal ? await reportRefusal(writer, options, outcome.refusal) : outcome.report;
    const schedule = await readSchedule(writer, moment());
    return { ...made, schedule, ms: Math.round(performance.now() - begun) };
  }
}

/** The same sync by the keys that the index has, whatever its model is by now. */
async function withModelOfIndex(writer: Writer, options: SyncOptions): Promise<SyncOptions> {
  const { format } = await readSyncMemory(writer);
  return { ...options, reading: { ...readingOf(options), model: modelOfFormat(format) } };
}

/** Whether files want one slug or path: who is shown or hidden among them decides which has it. */
async function hasDisplaced(writer: Writer): Promise<boolean> {
  return (await writer.text('SELECT 1 FROM Problem WHERE position IN (0, -1) LIMIT 1')) !== null;
}

/** Commits what was written, unless it was refused, failed or was tried only. */
async function transact(writer: Writer, work: () => Promise<Outcome>, isTrial: boolean): Promise<Outcome> {
  await writer.begin();
  let isKept = false;
  try {
    const outcome = await work();
    isKept = !outcome.refusal && outcome.hasWritten && !isTrial;
    if (isKept && !outcome.refusal) await writer.commit(countChanged(outcome.report));
    return outcome;
  } catch (error) {
    isKept = false;
    throw error;
  } finally {
    // Closing is not enough: the lock stays until the last statement is collected.
    if (!isKept) await writer.rollback();
  }
}

function countChanged({ created, updated, removed }: SyncReport): number {
  return created + updated + removed;
}

/** `withdrawn`: as of findWithdrawn. */
type Outcome =
  | { refusal: SyncRefusal; withdrawn: ReadonlySet<string> }
  | { refusal: null; report: SyncReport; hasWritten: boolean };

async function runSync(
  writer: Writer,
  options: SyncOptions,
  startedAt: number,
  moment: () => string | null,
  withdrawn: ReadonlySet<string> | null = null,
): Promise<Outcome> {
  const { folder: root, onProgress } = options;
  const keepsMissing = withdrawn !== null;
  const memory = await readSyncMemory(writer);
  const known = await readFileStates(writer);
  onProgress?.({ phase: 'scan', done: 0, total: known.size });
  const folder = resolve(root);
  const isSameFolder = memory.folder === null || namesSameFolder(folder, memory.folder);
  const format = formatOf(readingOf(options));
  const isOtherFormat = memory.format !== format;
  const force = options.force === true || options.rewrite === true || !isSameFolder || isOtherFormat;
  // Each file is to be read again, also those that nobody has named.
  const listed = await listOrExplain(force ? { ...options, paths: undefined } : options, known);
  if (listed instanceof ContentFolderError) {
    return { refusal: refuseFolder(listed.message, memory.version?.articles ?? 0), withdrawn: new Set() };
  }
  let selection: Selection | null = null;
  const isNamed = (path: string) => {
    selection ??= readSelection(root);
    return selection.refuse(path, false) !== null;
  };
  const listing = keepsMissing ? keepMissing(listed, known, isNamed, withdrawn) : listed;
  onProgress?.({ phase: 'scan', done: listing.total, total: listing.total });

  const plan = planReads(known, listing.files, force);
  const reads = [...plan.read, ...listing.problems].map(({ path }) => path);
  const { locales } = prepareReading(readingOf(options));
  // Those that are not there now are read when they are back.
  const untouched = force ? listing.untouched.map(unread) : listing.untouched;
  const ledger = openLedger(known, [...untouched, ...plan.kept], reads, locales);
  if (keepsMissing) for (const { path } of listing.untouched) ledger.absent.add(path);
  const articleStates = await readArticleStates(writer);
  const { model } = readingOf(options);
  const tables = contentTables(model);
  const isAnew = JSON.stringify(modelOfFormat(memory.format)) !== JSON.stringify(model);
  const counts = { reads: plan.read.length, articles: articleStates.size };
  const indexes = await chooseIndexes(writer, tables, counts, { isAnew, isOtherFormat });
  if (isOtherFormat) await openStore(options.databaseUrl).applyLayout(writer, model, indexes.add);
  const articles = await openArticleStore(
    ...([writer, articleStates, indexes, tables] as const),
    isAnew,
    isAnew || options.rewrite === true,
  );
  const closed = groupByPath(listing.problems);
  const problems = openProblems(writer, known);
  const sync = {
    writer,
    options,
    startedAt,
    at: moment(),
    memory,
    folder,
    known,
    listing,
    ledger,
    articles,
    problems,
    acrossFiles: { slugs: [], paths: [], aliases: [] },
  };

  for (const [path, its] of closed) {
    await problems.put(path, its);
    const file = { path, size: 0, mtimeMs: 0, digest: '', article: null };
    enterFile(ledger, known.get(path), file, startedAt);
  }
  await readFiles(sync, plan.read, (path) => (force ? null : (known.get(path)?.digest ?? null)));
  await indexes.makeAll((done, total) => onProgress?.({ phase: 'index', done, total }));
  // Those that were not read, and those whose time came while others were.
  const due = await readDue(writer, moment());
  await articles.show(due);
  // Then nobody wants another slug or path than before, or has lost one.
  const isAsBefore = plan.read.length + closed.size + due.length === 0 && ledger.files.size === known.size;
  const isPublished = (id: string) => articles.isPublished(id);
  const again = (granted: ReadonlyMap<string, Granted>) => readAgain(sync, granted);
  const displaced = isAsBefore
    ? null
    : {
        slugs: await settleSlugs(ledger, isPublished, again),
        paths: await settlePaths(ledger, isPublished, again),
      };
  const removed = findRemoved(ledger, articles.ids());
  const refusal =
    options.allowMassRemoval === true || keepsMissing
      ? null
      : refuseMassRemoval(
          root,
          listing.total,
          articleStates.size,
          isSameFolder ? removed : [],
          { before: known, after: ledger.files },
          isNamed,
        );
  if (refusal) return { refusal, withdrawn: findWithdrawn(known, ledger.files) };
  await articles.remove(removed);
  await articles.forgetOwn();
  const acrossFiles = displaced && { ...displaced, aliases: await findTakenAliases(writer, ledger) };
  return { refusal: null, ...(await finishSync({ ...sync, acrossFiles }, format)) };
}

/** By name or by place: what a link leads to may change, and it may be named directly the next time. */
function namesSameFolder(one: string, other: string): boolean {
  const names = [one, realPath(one)];
  return names.includes(other) || names.includes(realPath(other));
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

async function listOrExplain(
  { folder, paths, modelFile = null }: Pick<SyncOptions, 'folder' | 'paths' | 'modelFile'>,
  known: ReadonlyMap<string, FileState>,
): Promise<Listing | ContentFolderError> {
  try {
    const some = paths && listPaths(folder, paths, known, modelFile);
    return some ?? (await listFolder(folder, known, modelFile));
  } catch (error) {
    if (error instanceof ContentFolderError) return error;
    throw error;
  }
}

function groupByPath(problems: readonly Problem[]): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) groups.set(problem.path, [...(groups.get(problem.path) ?? []), problem]);
  return groups;
}

function findRemoved(ledger: Ledger, known: Iterable<string>): string[] {
  const sourced = new Set<string | null>();
  for (const { state, articleId } of ledger.files.values()) {
    if (state === 'loaded' || state === 'stale') sourced.add(articleId);
  }
  return [...known].filter((id) => !sourced.has(id));
}
