import { resolve } from 'node:path';
import { modelOfFormat } from '../content-format.ts';
import type { Writer } from '../database/writer.ts';
import { contentTables } from '../sqlite/own/content-tables.ts';
import { openArticleStore } from '../sqlite/write/apply-sync.ts';
import { directIndexes } from '../sqlite/write/defer-indexes.ts';
import { openProblems } from '../sqlite/write/record-problems.ts';
import { problemsFor, reportContent } from '../sqlite/write/report-sync.ts';
import { readDue } from '../sqlite/write/schedule.ts';
import { readArticleStates, readFileStates, readSyncMemory } from '../sqlite/write/sync-state.ts';
import type { SyncOptions, SyncReport } from '../sync-report.ts';
import { finishSync } from './finish-sync.ts';
import { openLedger } from './ledger.ts';

/**
 * Takes every file to be as it was: only what hangs on the time is brought up to date.
 * @param at as of readDue
 */
export async function showDue(
  writer: Writer,
  options: SyncOptions,
  startedAt: number,
  at: string | null,
): Promise<{ refusal: null; report: SyncReport; hasWritten: boolean }> {
  const memory = await readSyncMemory(writer);
  const due = await readDue(writer, at);
  if (due.length === 0) {
    const report = await reportContent(writer, memory.version, await problemsFor(writer, options));
    return { refusal: null, report, hasWritten: false };
  }
  const known = await readFileStates(writer);
  const untouched = [...known.values()];
  const listing = { files: [], problems: [], untouched, total: known.size, unread: null };
  const articles = await openArticleStore(
    writer,
    await readArticleStates(writer),
    directIndexes(writer),
    contentTables(modelOfFormat(memory.format)),
  );
  await articles.show(due);
  // Files are as they were, and so is what the next sync has to know of how they were read.
  const folder = memory.folder ?? resolve(options.folder);
  const ledger = openLedger(known, untouched);
  const sync = { writer, options, startedAt, at, memory, folder, known, listing, ledger, articles };
  const done = await finishSync(
    { ...sync, problems: openProblems(writer, known), acrossFiles: null },
    memory.format ?? '',
  );
  return { refusal: null, ...done };
}
