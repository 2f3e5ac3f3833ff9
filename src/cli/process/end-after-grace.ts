import type { GatewayLogger } from '../../server/operations/create-logger.ts';
import { exitCodes } from './exit-codes.ts';

/** What ending may take beyond the time that requests in flight are given, in milliseconds. */
export const AFTER_GRACE_MS = 2_000;

/** Ends the process so long after the signal has aborted, whatever still runs in it. */
export function endAfterGrace(
  signal: AbortSignal,
  graceMs: number,
  logger: Pick<GatewayLogger, 'warn'>,
): void {
  const end = () => {
    logger.warn({ graceMs }, 'requests are still running after the grace period; exiting anyway');
    process.exit(exitCodes.ok);
  };
  // Nothing that has ended by itself waits for it.
  signal.addEventListener('abort', () => setTimeout(end, graceMs + AFTER_GRACE_MS).unref(), { once: true });
}
