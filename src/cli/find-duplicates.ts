import { describeDuplicate } from '../content/describe-duplicate.ts';
import type { Problem } from '../content/problem.ts';

/** Notes the slugs of files that are shown to it in the order of their paths, as the sync does. */
export function createDuplicateFinder(): (path: string, slug: string) => Problem | null {
  const owners = new Map<string, string>();
  return (path, slug) => {
    const owner = owners.get(slug);
    if (owner === undefined) owners.set(slug, path);
    return owner === undefined ? null : describeDuplicate(path, slug, owner);
  };
}
