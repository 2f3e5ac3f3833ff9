import { describeAliasTaken } from '../problems/describe-duplicate.ts';
import type { Problem } from '../problems/problem.ts';
import { assignPaths, explainPathGrant, type PathClaim, pathClaimKey } from './assign-paths.ts';
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
 * What the authors of files are told whose slug, path or alias is another's; of the aliases of a file the first by code point.
 * @param locales as of placeOf
 */
export function explainClaims(claims: readonly ArticleClaim[], locales: ReadonlySet<string>): Problem[] {
  const slugs = assignSlugs(claims, locales);
  const pathClaims = claims.map((claim): PathClaim => {
    const { path, wanted, wantedPath } = claim;
    const first = wanted ?? slugFromPath(path, locales);
    const slug = slugs.get(path)?.slug ?? first;
    // Who does not get its slug has another path by default.
    const isDefault = wantedPath === defaultPath(path, first, wanted, locales);
    return { ...claim, slug, wantedPath: isDefault ? defaultPath(path, slug, wanted, locales) : wantedPath };
  });
  const paths = assignPaths(pathClaims, locales);
  const owners = new Map<string, string>();
  for (const claim of pathClaims) {
    const grant = paths.get(claim.path);
    if (grant) owners.set(pathClaimKey(grant.sitePath, claim), claim.path);
  }
  return pathClaims.flatMap((claim, index) => {
    const { path } = claim;
    const [slug, sitePath] = [slugs.get(path), paths.get(path)];
    const taken = [...(claims[index]?.aliases ?? [])].sort().find((alias) => {
      const owner = owners.get(pathClaimKey(alias, claim));
      return owner !== undefined && owner !== path;
    });
    const owner = taken === undefined ? undefined : owners.get(pathClaimKey(taken, claim));
    return [
      slug ? explainGrant(claim, slug, locales) : null,
      sitePath ? explainPathGrant(claim, sitePath) : null,
      taken !== undefined && owner !== undefined ? describeAliasTaken(path, taken, owner) : null,
    ].flatMap((problem) => problem ?? []);
  });
}
