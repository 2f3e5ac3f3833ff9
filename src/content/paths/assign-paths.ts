import { pathKey } from '../../text/keys/path-key.ts';
import { describeDuplicatePath } from '../problems/describe-duplicate.ts';
import type { Problem } from '../problems/problem.ts';
import { prefers } from './assign-slugs.ts';
import { matchChoices } from './match-choices.ts';
import { defaultPath } from './site-path.ts';

/** What an article asks for. Articles that differ in their language never want the same. */
export interface PathClaim {
  /** Of its file. */
  path: string;
  /** The slug that it has. */
  slug: string;
  /** The slug of the front matter; null where that has none. */
  wanted: string | null;
  /** The path within the site that its file gives it, or that it has where it gives none. */
  wantedPath: string;
  locale: string | null;
  /** As of SlugClaim. */
  isHidden: boolean;
  /** The only one that it can have, as `SlugClaim.held`. */
  held?: string;
}

/** What it gets. */
export interface PathGrant {
  sitePath: string;
  /** Where that is not its first choice: the file that has the first choice. */
  rival: string | null;
}

/**
 * Gives each article a path within the site, whatever the order of the files. One path goes to an article that the public sees, of
 * several to one that has it by default, of several to the first file by code point; the others have their default paths.
 * @param locales as of placeOf
 * @returns the grants by the path of the file; only a file with `held` can get none
 */
export function assignPaths(
  claims: readonly PathClaim[],
  locales: ReadonlySet<string>,
): Map<string, PathGrant> {
  const choicesOf = ({ path, slug, wanted, wantedPath, held }: PathClaim) =>
    held === undefined ? [wantedPath, defaultPath(path, slug, wanted, locales), `/${slug}`] : [held];
  const rankOf = ({ path, slug, wanted, isHidden, held }: PathClaim, choice: string) => {
    const own = [defaultPath(path, slug, wanted, locales), `/${slug}`].map(pathKey);
    // What is served for a broken file does not move.
    return { isHidden, isMadeOfPath: held !== undefined || own.includes(pathKey(choice)), path };
  };
  const matches = matchChoices(claims, {
    choiceOf: (claim, place) => choicesOf(claim)[place] ?? null,
    keyOf: pathClaimKey,
    prefers: (one, ones, other, others) => prefers(rankOf(one, ones), rankOf(other, others)),
  });
  const grants = new Map<string, PathGrant>();
  for (const claim of claims) {
    const match = matches.get(claim);
    // Slugs that differ can be one path: `a b` and `a%20b`.
    if (match) grants.set(claim.path, { sitePath: match.choice, rival: match.rival?.path ?? null });
    else if (claim.held === undefined) grants.set(claim.path, { sitePath: `/${claim.slug}`, rival: null });
  }
  return grants;
}

/** Articles of which this is the same cannot both have a path. */
export function pathClaimKey(sitePath: string, { locale }: Pick<PathClaim, 'locale'>): string {
  return `${pathKey(sitePath)}\0${locale ?? ''}`;
}

/** What the author of a file is told whose article has not the path that it wants; null where it has. */
export function explainPathGrant(
  { path, wantedPath }: Pick<PathClaim, 'path' | 'wantedPath'>,
  { sitePath, rival }: PathGrant,
): Problem | null {
  return rival === null ? null : describeDuplicatePath(path, wantedPath, rival, sitePath);
}
