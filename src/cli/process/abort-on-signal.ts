import { once } from 'node:events';
import { exitCodes } from './exit-codes.ts';
import { RefusalError } from './explain-failure.ts';

/** A terminal's Ctrl-C reaches the process from npm a second time: only a later one is impatience. */
const IMPATIENCE_MS = 1_000;

/** Aborts at the first SIGINT or SIGTERM. One more, a second later or after that, ends the process at once. */
export function abortOnSignal(message: string): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  let abortedAt = Number.POSITIVE_INFINITY;
  const abort = () => {
    if (performance.now() - abortedAt >= IMPATIENCE_MS) process.exit(exitCodes.interrupted);
    if (controller.signal.aborted) return;
    abortedAt = performance.now();
    controller.abort(new RefusalError(message, null, exitCodes.interrupted));
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', abort);
      process.off('SIGTERM', abort);
    },
  };
}

/** Resolves when the signal aborts, at once when it has. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
