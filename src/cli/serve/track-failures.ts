import type { GatewayLogger } from '../../server/operations/create-logger.ts';
import type { SyncRecorder } from '../../server/operations/sync-metrics.ts';

export interface FailureTrackerOptions {
  logger: Pick<GatewayLogger, 'error' | 'info'>;
  syncs: Pick<SyncRecorder, 'recordFailure' | 'noteLag'>;
  /** Milliseconds after which a failure that lasts is logged again. @default 60000 */
  repeatMs?: number;
}

/**
 * Follows whether the folder is followed. While it is not, what somebody hides stays public, so that it is told again and again:
 * to the log, to the metrics and to `/ready`.
 */
export interface FailureTracker {
  /** A look at the folder begins. One that does not end for a minute counts as a failure. */
  begin(): void;
  /** A look has failed. @param code one of few words; @param message what happened and what to do, as it is logged */
  fail(code: string, message: string): void;
  /** A look has ended well. */
  succeed(): void;
  close(): void;
}

const REPEAT_MS = 60_000;

export function trackFailures({
  logger,
  syncs,
  repeatMs = REPEAT_MS,
}: FailureTrackerOptions): FailureTracker {
  let failure: { code: string; message: string } | null = null;
  /** When the first failure in a row was, or when the look began that has not ended; of performance.now(). */
  let behindSince: number | null = null;
  let lookSince: number | null = null;
  let loggedAt = 0;

  function fall(since: number, code: string, message: string): void {
    behindSince ??= since;
    syncs.noteLag(performance.now() - behindSince);
    const isNew = failure?.message !== message;
    failure = { code, message };
    if (isNew) log(message);
  }

  function log(line: string): void {
    loggedAt = performance.now();
    logger.error(line);
  }

  const timer = setInterval(() => {
    const now = performance.now();
    if (!failure && lookSince !== null && now - lookSince >= repeatMs) {
      syncs.recordFailure('LOOK_UNENDED');
      fall(lookSince, 'LOOK_UNENDED', 'A look at the content folder does not end. Does its disk answer?');
    } else if (failure && behindSince !== null && now - loggedAt >= repeatMs) {
      const seconds = Math.round((now - behindSince) / 1000);
      log(`The content has not been followed for ${seconds} seconds. ${failure.message}`);
    }
  }, repeatMs / 6).unref();

  return {
    begin() {
      lookSince ??= performance.now();
    },
    fail(code, message) {
      lookSince = null;
      syncs.recordFailure(code);
      fall(performance.now(), code, message);
    },
    succeed() {
      lookSince = null;
      if (failure) logger.info('following the content folder again');
      if (behindSince !== null) syncs.noteLag(null);
      failure = null;
      behindSince = null;
    },
    close: () => clearInterval(timer),
  };
}
