import type { LoadWatcher } from './measure.ts';

/** Holds each answer against the version that was acknowledged when it was asked. */
export interface VersionWatch {
  /** A sync to this version has been acknowledged. */
  acknowledge(version: number): void;
  watchConnection(): LoadWatcher;
  /** Answers of a version older than the last one acknowledged before they were asked for. */
  stale: number;
  /** Good answers that named no version. */
  unversioned: number;
  /** The greatest version that an answer named. */
  seen: number;
}

/** Watches answers of operations that begin with `contentVersion { number }`. */
export function watchVersions(): VersionWatch {
  let acknowledged = 0;
  const watch: VersionWatch = {
    stale: 0,
    unversioned: 0,
    seen: 0,
    acknowledge: (version) => {
      acknowledged = version;
    },
    watchConnection() {
      let floor = 0;
      let version: number | null = null;
      return {
        sent() {
          floor = acknowledged;
          version = null;
        },
        received(chunk) {
          if (version !== null) return;
          // The number stands at the start of the body, behind at most one head.
          const found = /"contentVersion":\s*\{\s*"number":\s*(\d+)/u.exec(chunk.toString('latin1', 0, 4096));
          if (found) version = Number(found[1]);
        },
        answered(status) {
          if (status !== 200) return;
          if (version === null) watch.unversioned += 1;
          else if (version < floor) watch.stale += 1;
          watch.seen = Math.max(watch.seen, version ?? 0);
        },
      };
    },
  };
  return watch;
}
