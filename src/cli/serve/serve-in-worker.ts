import { Registry } from 'prom-client';
import type { GatewayConfig } from '../../config/load-config.ts';
import { createClusterMetricsReader } from '../../server/operations/cluster-metrics.ts';
import { abortOnSignal, untilAborted } from '../process/abort-on-signal.ts';
import { endAfterGrace } from '../process/end-after-grace.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import { explainFailure, type Failure } from '../process/explain-failure.ts';
import { capturePrints } from './capture-prints.ts';
import { createGatewayLogger, startGateway } from './start-gateway.ts';
import { answerPings } from './watch-worker.ts';

/** What a worker process tells the one that started it, among messages of others. */
export type WorkerMessage =
  | { kind: 'gateway:listening'; url: string }
  | { kind: 'gateway:failed'; failure: Failure };

/** What the process that started it tells a worker. */
export interface PrimaryMessage {
  kind: 'gateway:lag';
  /** As of ContentLag. */
  ms: number | null;
}

/** One of several processes that answer requests on one port. It follows the versions that the primary one writes. */
export async function serveInWorker(config: GatewayConfig, isQuiet: boolean): Promise<ExitCode> {
  const stop = abortOnSignal('Stopped.');
  answerPings();
  try {
    const registry = new Registry();
    const metrics = { registry, readMetrics: createClusterMetricsReader(registry) };
    const logger = createGatewayLogger(config, isQuiet);
    capturePrints(logger);
    endAfterGrace(stop.signal, config.shutdownGraceMs, logger);
    const gateway = await startGateway(config, { logger, metrics });
    process.on('message', (message: Partial<PrimaryMessage>) => {
      if (message.kind === 'gateway:lag') gateway.syncs.noteLag(message.ms ?? null);
    });
    tell({ kind: 'gateway:listening', url: gateway.url });
    await untilAborted(stop.signal);
    await gateway.close();
    return exitCodes.ok;
  } catch (error) {
    const failure = explainFailure(error);
    tell({ kind: 'gateway:failed', failure });
    return failure.exitCode;
  } finally {
    stop.release();
    // The channel to the primary process would keep this one alive.
    if (process.connected) process.disconnect();
  }
}

function tell(message: WorkerMessage): void {
  process.send?.(message);
}
