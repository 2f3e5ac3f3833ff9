import type { ContentVersionRow } from '../../content-version.ts';
import { followReads, type OpenVersionSource } from '../../version-source.ts';

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
): OpenVersionSource {
  let readAt = Number.NEGATIVE_INFINITY;
  return followReads({
    isCurrent: () => performance.now() - readAt < FRESH_MS,
    async read() {
      const begun = performance.now();
      const version = await read();
      if (!version) throw new Error(`No content has been loaded into ${name} yet.`);
      readAt = begun;
      return version;
    },
    close() {
      readAt = Number.NEGATIVE_INFINITY;
    },
  });
}
