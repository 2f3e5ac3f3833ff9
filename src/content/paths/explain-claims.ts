import { compareCodePoints } from '../../text/compare-code-points.ts';
import { describeAliasTaken, describeDuplicateAlias } from '../problems/describe-duplicate.ts';
import type { Problem } from '../problems/problem.ts';
import { assignPaths, explainPathGrant, pathClaimKey } from './assign-paths.ts';
import { assignSlugs, explainGrant, type SlugClaim } from './assign-slugs.ts';
import { defaultPath } from './site-path.ts';
import { slugFromPath } from './slug-choices.ts';

/** What an article asks for that others may have. */
export interface ArticleClaim extends SlugClaim {
  wantedPath: string;
  /** Further paths of it, as pathKey folds them. */
  aliases: readonly string[];
}

/**
 * What the authors of files are told whose slug, path or alias is another's; of the aliases of a file the first by code point. An
 * alias that several files have, and no article stands at, is told of to all of them but the first by code point.
 * @param locales as of placeOf
 */
export function explainClaims(claims: readonly ArticleClaim[], locales: ReadonlySet<string>): Problem[] {
  const slugs = assignSlugs(claims, locales);
  const pathClaims = claims.map((claim) => {
    const { path, wanted, wantedPath } = claim;
    const first = wanted ?? slugFromPath(path, locales);
    const slug = slugs.get(path)?.slug ?? first;
    // Who does not get its slug has another path by default.
    const isDefault = wantedPath === defaultPath(path, first, wanted, locales);
    return { ...claim, slug, wantedPath: isDefault ? defaultPath(path, slug, wanted, locales) : wantedPath };
  });
  const paths = assignPaths(pathClaims, locales);
  const explainAlias = aliasExplainer(pathClaims, (path) => paths.get(path)?.sitePath);
  return pathClaims.flatMap((claim) => {
    const { path } = claim;
    const [slug, sitePath] = [slugs.get(path), paths.get(path)];
    return [
      slug ? explainGrant(claim, slug, locales) : null,
      sitePath ? explainPathGrant(claim, sitePath) : null,
      explainAlias(claim),
    ].flatMap((problem) => problem ?? []);
  });
}

type AliasClaim = Pick<ArticleClaim, 'path' | 'locale' | 'aliases'>;

function aliasExplainer(
  claims: readonly AliasClaim[],
  sitePathOf: (path: string) => string | undefined,
): (claim: AliasClaim) => Problem | null {
  const owners = new Map<string, string>();
  const firsts = new Map<string, string>();
  for (const claim of claims) {
    const { path, aliases } = claim;
    const sitePath = sitePathOf(path);
    if (sitePath !== undefined) owners.set(pathClaimKey(sitePath, claim), path);
    for (const alias of aliases) {
      const key = pathClaimKey(alias, claim);
      const first = firsts.get(key);
      if (first === undefined || compareCodePoints(path, first) < 0) firsts.set(key, path);
    }
  }
  return (claim) => {
    const { path, aliases } = claim;
    for (const alias of [...aliases].sort(compareCodePoints)) {
      const key = pathClaimKey(alias, claim);
      const [owner, first] = [owners.get(key), firsts.get(key)];
      if (owner !== undefined && owner !== path) return describeAliasTaken(path, alias, owner);
      if (owner === undefined && first !== undefined && first !== path)
        return describeDuplicateAlias(path, alias, first);
    }
    return null;
  };
}
