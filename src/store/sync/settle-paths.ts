import type { Granted } from '../../content/parse-article.ts';
import {
  assignPaths,
  explainPathGrant,
  type PathClaim,
  type PathGrant,
  pathClaimKey,
} from '../../content/paths/assign-paths.ts';
import type { Problem } from '../../content/problems/problem.ts';
import { holds, isFixed, type Ledger } from './ledger.ts';

/** Files that change while they are read are given up on, until the next sync. */
const MAX_ROUNDS = 5;

/**
 * Gives every article its path within the site, where several want one, and reads those again that get another than they have.
 * Their slugs are settled before.
 * @param isPublished as of settleSlugs
 * @param readAgain as of settleSlugs
 * @returns the problems of files whose path is another's
 */
export async function settlePaths(
  ledger: Ledger,
  isPublished: (id: string) => boolean,
  readAgain: (granted: ReadonlyMap<string, Granted>) => Promise<void>,
): Promise<Problem[]> {
  for (let round = 1; ; round += 1) {
    const claims = claimsOf(ledger, isPublished);
    if (!hasRivals(ledger, claims)) return [];
    const grants = assignPaths(claims, ledger.locales);
    const moves = findMoves(ledger, grants);
    if (moves.size === 0 || round === MAX_ROUNDS) return explain(ledger, grants);
    await readAgain(moves);
  }
}

function claimsOf(ledger: Ledger, isPublished: (id: string) => boolean): PathClaim[] {
  return [...ledger.files.values()].flatMap((row): PathClaim[] => {
    const { path, slug, wanted, wantedPath, sitePath, locale, articleId } = row;
    if (slug === null || articleId === null || wantedPath === null || !holds(ledger, row)) return [];
    const held = isFixed(ledger, row) && sitePath !== null ? { held: sitePath } : {};
    return [{ path, slug, wanted, wantedPath, locale, isHidden: !isPublished(articleId), ...held }];
  });
}

/** Whether two want one path, or did at the last sync. */
function hasRivals(ledger: Ledger, claims: readonly PathClaim[]): boolean {
  const keys = new Set<string>();
  for (const claim of claims) keys.add(pathClaimKey(claim.wantedPath, claim));
  if (keys.size < claims.length) return true;
  return [...ledger.files.values()].some(({ sitePath, wantedPath }) => sitePath !== wantedPath);
}

/** Whose article is to be read again with another path than it has. */
function findMoves(ledger: Ledger, grants: ReadonlyMap<string, PathGrant>): Map<string, Granted> {
  const moves = new Map<string, Granted>();
  for (const row of ledger.files.values()) {
    const { path, state, slug, sitePath } = row;
    const grant = grants.get(path);
    if (grant === undefined || state !== 'loaded' || isFixed(ledger, row) || grant.sitePath === sitePath)
      continue;
    moves.set(path, { slug, sitePath: grant.sitePath });
  }
  return moves;
}

function explain(ledger: Ledger, grants: ReadonlyMap<string, PathGrant>): Problem[] {
  return [...ledger.files.values()].flatMap((row) => {
    const { path, state, wantedPath } = row;
    const grant = grants.get(path);
    if (grant === undefined || wantedPath === null || state !== 'loaded') return [];
    return explainPathGrant({ path, wantedPath }, grant) ?? [];
  });
}
