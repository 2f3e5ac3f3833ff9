import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatewayConfig } from '../../config/load-config.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { openStore } from '../../store/open-store.ts';
import { rebuildIndex } from '../../store/sync/rebuild-index.ts';
import type { SyncOptions, SyncReport } from '../../store/sync-report.ts';
import { type SyncThread, startSyncThread } from '../../store/watch/sync-thread.ts';
import { formatLeftOut } from '../output/format-left-out.ts';
import { formatProblems, summariseProblems } from '../output/format-problems.ts';
import { formatCounts, formatDatabase, formatStanding, formatTotals } from '../output/format-report.ts';
import { createProgressBar } from '../output/progress-bar.ts';
import type { Terminal } from '../output/terminal.ts';
import { abortOnSignal } from '../process/abort-on-signal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import {
  type ModelConfig,
  type ReadingConfig,
  readingSettings,
  readModelFile,
} from '../settings/reading-settings.ts';
import { requireFolder } from '../settings/require-folder.ts';

export interface SeedOptions {
  dryRun?: boolean;
  force?: boolean;
  rebuild?: boolean;
  allowMassRemoval?: boolean;
  /** Show each place of each problem. */
  all?: boolean;
}

type SeedConfig = Pick<GatewayConfig, 'databaseUrl'> & ModelConfig & ReadingConfig;

/** Lines of problems that a seed shows without `--all`. */
const MAX_PROBLEMS = 50;

/**
 * Loads the folder into the database without serving it.
 * @throws the errors of syncContent and migrate, ContentFolderError, ModelError
 */
export async function seed(config: SeedConfig, options: SeedOptions, terminal: Terminal): Promise<ExitCode> {
  const { contentDir: folder, databaseUrl } = config;
  await requireFolder(folder, databaseUrl);
  const { model } = readModelFile(config);
  const bar = createProgressBar(terminal.errorStream, { quiet: terminal.isQuiet });
  const interrupt = abortOnSignal('Interrupted: the database is as it was.');
  let report: SyncReport;
  try {
    const { force, dryRun, allowMassRemoval } = options;
    const { signal } = interrupt;
    const onProgress: SyncOptions['onProgress'] = (progress) => bar.update(progress);
    report = await load(
      {
        folder,
        databaseUrl,
        reading: readingSettings(config, model),
        modelFile: config.model,
        force,
        dryRun,
        allowMassRemoval,
        onProgress,
        signal,
      },
      options,
    );
  } finally {
    bar.end();
    interrupt.release();
  }
  const exitCode = chooseExitCode(report);
  const dryRun = options.dryRun === true;
  terminal.json({ ...report, dryRun, folder, database: formatDatabase(databaseUrl), exitCode });
  printReport(report, config, model, options, terminal);
  return exitCode;
}

async function load(sync: SyncOptions, { rebuild }: SeedOptions): Promise<SyncReport> {
  // On a thread, whose memory stays near what it keeps. It starts while the database is made.
  const thread = startSyncThread();
  try {
    if (rebuild) return await rebuildIndex(sync, thread.sync);
    const store = openStore(sync.databaseUrl);
    if (sync.dryRun && !(await store.exists())) {
      return await tryOut(sync, thread);
    }
    await store.migrate();
    return await thread.sync(sync);
  } finally {
    await thread.close();
  }
}

/** A dry run leaves no trace, not even an empty database. */
async function tryOut(sync: SyncOptions, thread: SyncThread): Promise<SyncReport> {
  const place = mkdtempSync(join(tmpdir(), 'content-gateway-'));
  try {
    const databaseUrl = `file:${join(place, 'dry-run.db')}`;
    await openStore(databaseUrl).migrate();
    return await thread.sync({ ...sync, databaseUrl });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function chooseExitCode({ refusal, rejected, stale }: SyncReport): ExitCode {
  // Where nothing was loaded before, a folder that cannot be read is a wrong folder.
  if (refusal) return refusal.known === 0 ? exitCodes.refused : exitCodes.contentKept;
  return rejected + stale > 0 ? exitCodes.filesRejected : exitCodes.ok;
}

function printReport(
  report: SyncReport,
  config: SeedConfig,
  model: OwnModel,
  { dryRun = false, all: isEach = false }: SeedOptions,
  terminal: Terminal,
): void {
  const { refusal, version, files, ms, problems } = report;
  if (refusal) {
    terminal.warn(`${refusal.message} ${refusal.fix}`);
    if (report.changed) terminal.print(formatCounts(report));
    return;
  }
  const { paint } = terminal;
  terminal.print(
    `${dryRun ? 'would be: ' : ''}${paint('bold', formatCounts(report))} (${files} files, ${ms} ms)`,
  );
  if (!terminal.isQuiet) {
    const place = `version ${version?.number ?? 0} in ${formatDatabase(config.databaseUrl)}`;
    terminal.print(`${dryRun ? 'would be ' : ''}${place}: ${formatTotals(report)}`);
    for (const line of formatStanding(report)) terminal.print(line);
    const leftOut = formatLeftOut(problems, model);
    if (leftOut !== null) terminal.print(leftOut);
    if (problems.length > 0) terminal.print('');
    const shown = { isEach, ...(!isEach && { limit: MAX_PROBLEMS }) };
    for (const line of formatProblems(problems, { folder: config.contentDir, ...shown, paint })) {
      terminal.print(line);
    }
  }
  if (problems.length > 0) terminal.print(summariseProblems(report.problemCounts));
}
