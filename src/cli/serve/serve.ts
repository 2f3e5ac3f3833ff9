import cluster from 'node:cluster';
import type { GatewayConfig } from '../../config/load-config.ts';
import { startSyncThread } from '../../store/watch/sync-thread.ts';
import { printLoaded } from '../output/print-loaded.ts';
import type { Terminal } from '../output/terminal.ts';
import { abortOnSignal, untilAborted } from '../process/abort-on-signal.ts';
import { AFTER_GRACE_MS, endAfterGrace } from '../process/end-after-grace.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import { modelPlace, readingSettings, readModelFile } from '../settings/reading-settings.ts';
import { requireFolder } from '../settings/require-folder.ts';
import { capturePrints } from './capture-prints.ts';
import { readManifest } from './documents-manifest.ts';
import { followContent } from './follow-content.ts';
import { loadOrKeep } from './load-or-keep.ts';
import { makePreviewToken, printPreviewToken, withPreviewToken } from './preview-token.ts';
import { probePort } from './probe-port.ts';
import { serveInWorker } from './serve-in-worker.ts';
import { serveWorkers } from './serve-workers.ts';
import { createGatewayLogger, startGateway } from './start-gateway.ts';

export interface ServeOptions {
  /** Look for changes again and again in place of being told: for network folders. */
  poll?: boolean;
}

/**
 * Loads the folder and serves it until SIGTERM or SIGINT, which end it with 0 once the requests in flight are answered.
 * @throws ContentFolderError, ModelError, ListenError, StoreError, RefusalError when there is nothing to serve or nowhere to
 */
export async function serve(
  given: GatewayConfig,
  { poll: polling = false }: ServeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (cluster.isWorker) return serveInWorker(given, terminal.isQuiet);
  const token = makePreviewToken(given);
  const config = withPreviewToken(given, token);
  const { contentDir: folder, databaseUrl } = config;
  const logger = createGatewayLogger(config, terminal.isQuiet);
  capturePrints(logger);
  const stop = abortOnSignal('Stopped.');
  const { signal } = stop;
  // Of several processes, the others are ended first.
  const othersMs = config.workers > 1 ? AFTER_GRACE_MS : 0;
  endAfterGrace(signal, config.shutdownGraceMs + othersMs, logger);

  // Whatever can be refused is, before anything is started.
  await requireFolder(folder, databaseUrl);
  const { model } = readModelFile(config);
  if (config.documents !== null) readManifest(config.documents);
  await probePort(config.host, config.port);

  const thread = startSyncThread();
  try {
    const report = await loadOrKeep({ config, model, thread, terminal, signal });
    const gateway = await (config.workers > 1 ? serveWorkers : startGateway)(config, { logger });
    const follower = await followContent({ config, logger, gateway });
    if (report) {
      printLoaded(report, config, model, terminal);
      follower.noteFirst(report);
    }
    if (config.watch || config.schedule) {
      thread.watch(
        { folder, databaseUrl, reading: readingSettings(config, model), modelFile: config.model },
        { polling, isOff: !config.watch, ...(config.watch && { model: modelPlace(config) }) },
        follower.listeners,
      );
    } else {
      // It would wait for nothing.
      await thread.close();
    }
    if (token !== null && !terminal.isQuiet) printPreviewToken(gateway.url, token, terminal);
    terminal.print(terminal.paint('cyan', gateway.url));

    await untilAborted(signal);
    await gateway.close();
    await follower.close();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await thread.close();
    stop.release();
  }
  return exitCodes.ok;
}
