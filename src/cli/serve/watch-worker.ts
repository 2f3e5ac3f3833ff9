import type { Worker } from 'node:cluster';

/** What the primary process asks of a worker, and what that answers. */
export const PING = 'gateway:ping';
export const PONG = 'gateway:pong';

const PING_INTERVAL_MS = 1_000;
/** Checks in a row without an answer. Counted, not timed: a machine that was asleep has made none meanwhile. */
const SILENT_PINGS = 10;
/** The same of one that has answered none yet: it is starting. */
const SILENT_PINGS_AT_START = 60;

/**
 * Asks a worker process every second whether its event loop turns, from its start until it ends.
 * @param onSilent called once when it has not answered for ten checks, or for sixty since it was started
 */
export function watchWorker(worker: Worker, onSilent: () => void): void {
  let unanswered = 0;
  let most = SILENT_PINGS_AT_START;
  worker.on('message', (message: { kind?: unknown }) => {
    if (message.kind !== PONG) return;
    unanswered = 0;
    most = SILENT_PINGS;
  });
  const timer = setInterval(() => {
    if (unanswered >= most) {
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
