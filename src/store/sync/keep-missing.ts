import { isHiddenPlace } from '../../content/visibility/hidden-reason.ts';
import type { FileState } from '../sqlite/write/sync-state.ts';
import type { Listing } from './list-files.ts';

/** A row for which the next sync that finds the file reads it, whatever its times are. */
export function unread(row: FileState): FileState {
  return { ...row, digest: '', isSettled: false };
}

/**
 * Takes files that are missing to be as they were, and leaves new ones alone.
 * @param isNamed as of refuseMassRemoval
 * @param withdrawn as of findWithdrawn: neither the missing nor the new ones of these wait
 */
export function keepMissing(
  listing: Listing,
  known: ReadonlyMap<string, FileState>,
  isNamed: (path: string) => boolean,
  withdrawn: ReadonlySet<string>,
): Listing {
  const isTaken = ({ path }: { path: string }) => known.has(path) || withdrawn.has(path);
  const files = listing.files.filter(isTaken);
  const problems = listing.problems.filter(isTaken);
  const seen = new Set([...files, ...problems, ...listing.untouched].map(({ path }) => path));
  const isKept = ({ path }: FileState) => !seen.has(path) && !isNamed(path) && !withdrawn.has(path);
  const missing = [...known.values()].filter(isKept);
  return { ...listing, files, problems, untouched: [...listing.untouched, ...missing] };
}

/**
 * The paths of files that are gone while the same bytes lie at a hidden place, and of those that lie there: who puts an article
 * into `_drafts/` withdraws it, whatever else is missing.
 * @param before the rows of the last sync
 * @param after the rows of all files that are there now
 */
export function findWithdrawn(
  before: ReadonlyMap<string, FileState>,
  after: ReadonlyMap<string, FileState>,
): ReadonlySet<string> {
  const hidden = new Map<string, string[]>();
  for (const { path, digest } of after.values()) {
    if (digest !== '' && isHiddenPlace(path)) hidden.set(digest, [...(hidden.get(digest) ?? []), path]);
  }
  const paths = new Set<string>();
  for (const { path, digest } of before.values()) {
    const copies = after.has(path) ? undefined : hidden.get(digest);
    if (copies) for (const its of [path, ...copies]) paths.add(its);
  }
  return paths;
}
