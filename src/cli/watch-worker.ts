import type { Worker } from 'node:cluster';

/** What the primary process asks of a worker, and what that answers. */
export const PING = 'gateway:ping';
export const PONG = 'gateway:pong';

const PING_INTERVAL_MS = 1_000;
/** Questions in a row without an answer. Counted, not timed: a machine that was asleep has asked none meanwhile. */
const SILENT_PINGS = 10;

/**
 * Asks a worker process every second whether its event loop turns, until it ends.
 * @param onSilent called once when it has not answered for ten questions
 */
export function watchWorker(worker: Worker, onSilent: () => void): void {
  let unanswered = 0;
  worker.on('message', (message: { kind?: unknown }) => {
    if (message.kind === PONG) unanswered = 0;
  });
  const timer = setInterval(() => {
    if (unanswered >= SILENT_PINGS) {
      clearInterval(timer);
      onSilent();
      return;
    }
    unanswered += 1;
    // A channel that is closed tells of itself by the worker's exit.
    if (worker.isConnected()) worker.send({ kind: PING }, () => {});
  }, PING_INTERVAL_MS);
  worker.once('exit', () => clearInterval(timer));
}

/** In a worker process: answers the primary one. */
export function answerPings(): void {
  process.on('message', (message: { kind?: unknown }) => {
    if (message.kind === PING) process.send?.({ kind: PONG });
  });
}
