import type { Granted } from '../../content/parse-article.ts';
import {
  assignSlugs,
  explainGrant,
  type SlugClaim,
  type SlugGrant,
} from '../../content/paths/assign-slugs.ts';
import type { Problem } from '../../content/problems/problem.ts';
import { holds, isFixed, type Ledger, rejectFile } from './ledger.ts';

/** Files that change while they are read are given up on, until the next sync. */
const MAX_ROUNDS = 5;

/**
 * Gives every article its slug, where several files want one, and reads those again that get another than they stand under.
 * @param isPublished whether everybody may see the article that stands under an id
 * @param readAgain reads files with what is given, by path
 * @returns the problems of files whose slug is another's
 */
export async function settleSlugs(
  ledger: Ledger,
  isPublished: (id: string) => boolean,
  readAgain: (granted: ReadonlyMap<string, Granted>) => Promise<void>,
): Promise<Problem[]> {
  for (let round = 1; ledger.hasRivals; round += 1) {
    const grants = assignSlugs(claimsOf(ledger, isPublished), ledger.locales);
    const moves = settle(ledger, grants);
    if (moves.size === 0) return explain(ledger, grants);
    if (round === MAX_ROUNDS) {
      for (const path of moves.keys()) {
        const row = ledger.files.get(path);
        // Without a digest it is read by the next sync in any case.
        if (row) rejectFile(ledger, { ...row, digest: '' });
      }
      return explain(ledger, grants);
    }
    await readAgain(moves);
  }
  return [];
}

function claimsOf(ledger: Ledger, isPublished: (id: string) => boolean): SlugClaim[] {
  return [...ledger.files.values()].flatMap((row): SlugClaim[] => {
    const { path, slug, wanted, locale, articleId } = row;
    if (slug === null || articleId === null) return [];
    const isHidden = holds(ledger, row) ? !isPublished(articleId) : (ledger.isHidden.get(path) ?? false);
    return [{ path, wanted, locale, isHidden, ...(isFixed(ledger, row) && { held: slug }) }];
  });
}

/** Brings the rows to what was granted. Gives the slugs of the files that must be read again for that, by path. */
function settle(ledger: Ledger, grants: ReadonlyMap<string, SlugGrant>): Map<string, Granted> {
  const moves = new Map<string, Granted>();
  for (const row of [...ledger.files.values()]) {
    if (row.slug === null) continue;
    const grant = grants.get(row.path);
    if (isFixed(ledger, row)) {
      // Its last good version stands under no other slug. Without a digest it is read when it is back.
      const digest = ledger.absent.has(row.path) ? '' : row.digest;
      if (grant === undefined || !holds(ledger, row)) rejectFile(ledger, { ...row, digest });
      continue;
    }
    if (grant === undefined) continue;
    if (grant.slug !== row.slug || !holds(ledger, row))
      moves.set(row.path, { slug: grant.slug, sitePath: null });
    const isDisplaced = grant.rival !== null;
    if (isDisplaced !== row.isDisplaced) ledger.files.set(row.path, { ...row, isDisplaced });
  }
  return moves;
}

function explain(ledger: Ledger, grants: ReadonlyMap<string, SlugGrant>): Problem[] {
  return [...ledger.files.values()].flatMap((row) => {
    const grant = grants.get(row.path);
    if (grant === undefined || row.state !== 'loaded') return [];
    return explainGrant(row, grant, ledger.locales) ?? [];
  });
}
