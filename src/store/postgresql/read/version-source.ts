import type { ContentVersionRow } from '../../content-version.ts';
import { isOtherVersion, type VersionSource } from '../../version-source.ts';

/** How long a version that was read is served without another look, in milliseconds. */
const FRESH_MS = 300;

/**
 * Follows the version in PostgreSQL by reading its row: no answer is of a version that was replaced longer ago than FRESH_MS and the
 * time of one look.
 * @param read the version served now; null before the first sync
 * @param name of the database, for messages
 */
export function createPostgresqlVersions(
  read: () => Promise<ContentVersionRow | null>,
  name: string,
): VersionSource & { close(): void } {
  const listeners = new Set<(version: ContentVersionRow) => void>();
  let current: ContentVersionRow | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let running: Promise<unknown> = Promise.resolve();
  let queued: Promise<ContentVersionRow> | null = null;

  async function look(): Promise<ContentVersionRow> {
    const begun = performance.now();
    const version = await read();
    if (!version) throw new Error(`No content has been loaded into ${name} yet.`);
    readAt = begun;
    const isNew = isOtherVersion(version, current);
    current = version;
    if (isNew) for (const listener of listeners) listener(version);
    return version;
  }

  return {
    isCurrent: () => performance.now() - readAt < FRESH_MS,
    refresh() {
      // Those who ask while it reads must not get a version older than their request; those who wait for that, wait together.
      if (!queued) {
        const begin = () => {
          queued = null;
          return look();
        };
        queued = running.then(begin, begin);
        running = queued;
      }
      return queued;
    },
    get current() {
      return current;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      readAt = Number.NEGATIVE_INFINITY;
      listeners.clear();
    },
  };
}
