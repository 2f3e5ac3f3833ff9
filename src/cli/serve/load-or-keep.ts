import type { GatewayConfig } from '../../config/load-config.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { openStore } from '../../store/open-store.ts';
import { StoreError, type StoreErrorCode } from '../../store/store-error.ts';
import type { SyncReport } from '../../store/sync-report.ts';
import type { SyncThread } from '../../store/watch/sync-thread.ts';
import { createProgressBar } from '../output/progress-bar.ts';
import type { Terminal } from '../output/terminal.ts';
import { RefusalError } from '../process/explain-failure.ts';
import { type ModelConfig, type ReadingConfig, readingSettings } from '../settings/reading-settings.ts';

export interface LoadOptions {
  /** The owner's keys. */
  model: OwnModel;
  config: Pick<GatewayConfig, 'databaseUrl'> & ModelConfig & ReadingConfig;
  thread: Pick<SyncThread, 'sync'>;
  terminal: Terminal;
  signal: AbortSignal;
}

/** How long to wait for a sync that another process has begun, in milliseconds. */
const MAX_WAIT_MS = 15_000;

/** A database that is somebody else's has no content of ours, whatever its tables say. */
const unrecoverable: readonly StoreErrorCode[] = ['DATABASE_FOREIGN', 'DATABASE_URL_INVALID'];

/**
 * Brings the database to what the folder holds. Where that cannot be done and content was loaded before, says so and
 * lets the old content be served.
 * @returns null when the database could not be written to
 * @throws RefusalError, StoreError when there is nothing to serve; any error when the signal aborts
 */
export async function loadOrKeep({
  config,
  model,
  thread,
  terminal,
  signal,
}: LoadOptions): Promise<SyncReport | null> {
  const { contentDir: folder, databaseUrl } = config;
  let report: SyncReport;
  const bar = createProgressBar(terminal.errorStream, { quiet: terminal.isQuiet });
  try {
    await openStore(databaseUrl).migrate();
    const onProgress = (progress: Parameters<typeof bar.update>[0]) => bar.update(progress);
    report = await thread.sync({
      folder,
      databaseUrl,
      reading: readingSettings(config, model),
      modelFile: config.model,
      onProgress,
      signal,
      wait: MAX_WAIT_MS,
    });
  } catch (error) {
    bar.end();
    if (!(error instanceof StoreError) || unrecoverable.includes(error.code)) throw error;
    if (!(await hasContent(databaseUrl))) throw error;
    warnOfOldContent(`${error.message} The content loaded before is still served.`, error.fix, terminal);
    return null;
  } finally {
    bar.end();
  }
  const { refusal } = report;
  if (refusal && report.version === null) throw new RefusalError(refusal.message, refusal.fix);
  if (refusal) warnOfOldContent(refusal.message, refusal.fix, terminal);
  return report;
}

async function hasContent(databaseUrl: string): Promise<boolean> {
  try {
    return (await openStore(databaseUrl).readVersion()) !== null;
  } catch {
    return false;
  }
}

function warnOfOldContent(message: string, fix: string, terminal: Terminal): void {
  terminal.warn('', `WARNING: ${message}`, fix, '');
}
