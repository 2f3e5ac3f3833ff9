import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { Registry } from 'prom-client';
import type { GatewayConfig } from '../../config/load-config.ts';
import { answerClusterMetrics } from '../../server/operations/cluster-metrics.ts';
import { createContentLag } from '../../server/operations/content-lag.ts';
import { createSyncMetrics } from '../../server/operations/sync-metrics.ts';
import { AFTER_GRACE_MS } from '../process/end-after-grace.ts';
import { RefusalError } from '../process/explain-failure.ts';
import type { PrimaryMessage, WorkerMessage } from './serve-in-worker.ts';
import type { RunningGateway, StartOptions } from './start-gateway.ts';
import { watchWorker } from './watch-worker.ts';

/** A process that dies sooner than this after its start is started again only after as long, in milliseconds. */
const RESTART_DELAY_MS = 2_000;

/**
 * Serves from several processes on one port; one that dies is replaced, and one that is silent is ended. They run this same program with the same
 * options, and what is made only here comes to them by the environment.
 * @throws RefusalError when the first of them cannot serve
 */
export async function serveWorkers(config: GatewayConfig, { logger }: StartOptions): Promise<RunningGateway> {
  const previewTokens = config.previewTokens.map(({ name, token }) => `${name}:${token}`).join(',');
  const workers = new Set<Worker>();
  const timers = new Set<NodeJS.Timeout>();
  const registry = new Registry();
  const lag = createContentLag(config.staleAfterMs);
  const syncs = createSyncMetrics(registry, lag);
  answerClusterMetrics(registry);
  let isStopping = false;

  const start = (): Worker => {
    const startedAt = performance.now();
    const worker = cluster.fork({ PREVIEW_TOKENS: previewTokens });
    workers.add(worker);
    worker.once('listening', () => tellLag(worker, lag.seconds() > 0 ? lag.seconds() * 1000 : null));
    watchWorker(worker, () => {
      logger.error({ worker: worker.process.pid }, 'a worker process no longer responds; ending it');
      // One that was only stopped gives back the connection that it was being handed, which would wait for ever.
      worker.process.kill('SIGCONT');
      void end(worker, AFTER_GRACE_MS);
    });
    worker.once('exit', (code, signal) => {
      workers.delete(worker);
      if (isStopping) return;
      logger.error(
        { worker: worker.process.pid, code, signal },
        'a worker process has ended; starting another',
      );
      const delay = performance.now() - startedAt < RESTART_DELAY_MS ? RESTART_DELAY_MS : 0;
      const timer = setTimeout(() => {
        timers.delete(timer);
        start();
      }, delay);
      timers.add(timer);
    });
    return worker;
  };

  const close = async (): Promise<void> => {
    isStopping = true;
    for (const timer of timers) clearTimeout(timer);
    await Promise.all([...workers].map((worker) => end(worker, config.shutdownGraceMs + AFTER_GRACE_MS)));
  };

  try {
    const [url] = await Promise.all(Array.from({ length: config.workers }, () => untilListening(start())));
    if (url === undefined) throw new RefusalError('At least one worker process is needed.');
    const noteLag = (ms: number | null) => {
      syncs.noteLag(ms);
      for (const worker of workers) tellLag(worker, ms);
    };
    return { url, syncs: { ...syncs, noteLag }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Any worker may be asked whether it is ready, and only the primary process follows the folder. */
function tellLag(worker: Worker, ms: number | null): void {
  // A channel that is closed tells of itself by the worker's exit.
  if (worker.isConnected()) worker.send({ kind: 'gateway:lag', ms } satisfies PrimaryMessage, () => {});
}

async function untilListening(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'gateway:listening') resolve(message.url);
      if (message.kind !== 'gateway:failed') return;
      const { message: text, fix, exitCode } = message.failure;
      reject(new RefusalError(text, fix, exitCode));
    });
    worker.once('exit', (code) =>
      reject(new Error(`A worker process ended with code ${code} before it served.`)),
    );
  });
}

async function end(worker: Worker, patienceMs: number): Promise<void> {
  if (worker.isDead()) return;
  const exited = once(worker, 'exit');
  worker.process.kill('SIGTERM');
  const timer = setTimeout(() => worker.process.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(timer);
}
