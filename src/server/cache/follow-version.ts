import { setImmediate } from 'node:timers/promises';
import type { VersionSource } from '../../store/version-source.ts';

/** Keeps something that is good for one content version only. */
export interface VersionFollower {
  /** Whether what was kept is good now. Calls `onNewVersion` first when the version is another one. */
  check(): boolean;
  /**
   * The same, once for all who ask in one turn of the event loop. It is looked when all requests of the turn have been read, so that
   * no look is older than a request that it answers for; a look that came first could miss a commit between the two.
   */
  checkForTurn(): Promise<boolean>;
  /** Looks the version up; false when it cannot be told. */
  refresh(): Promise<boolean>;
  /** A value that differs between versions. */
  readonly generation: number;
}

// A commit during each of three look-ups in a row: then the request is answered without the cache.
const MAX_LOOKUPS = 3;

/**
 * @param identify What of a version the kept things depend on. More than its number: a rebuilt database may count from 1
 * again, and problems can change while the content does not.
 * @param onNewVersion Drops everything that was made from the version before.
 */
export function followVersion(
  versions: VersionSource,
  identify: (version: VersionSource['current']) => string,
  onNewVersion: () => void,
): VersionFollower {
  let generation = 0;
  let seen: VersionSource['current'] = null;
  let lookup: Promise<boolean> | null = null;
  let turn: Promise<boolean> | null = null;

  const check = (): boolean => {
    if (!versions.isCurrent()) return false;
    const { current } = versions;
    if (current === seen) return true;
    if (identify(current) !== identify(seen)) {
      generation += 1;
      onNewVersion();
    }
    seen = current;
    return true;
  };

  return {
    check,
    checkForTurn() {
      turn ??= setImmediate().then(() => {
        turn = null;
        return check();
      });
      return turn;
    },
    async refresh() {
      for (let count = 0; count < MAX_LOOKUPS; count += 1) {
        // One look-up serves all who wait: the check after it tells whether it was too early for any of them.
        lookup ??= versions
          .refresh()
          .then(check)
          .finally(() => {
            lookup = null;
          });
        try {
          if (await lookup) return true;
        } catch {
          return false;
        }
      }
      return false;
    },
    get generation() {
      return generation;
    },
  };
}
