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

function describeDuplicate(path: string, slug: string, winner: string): Problem {
  return {
    code: 'DUPLICATE_SLUG',
    severity: 'error',
    path,
    line: null,
    column: null,
    field: 'slug',
    value: slug.length > 80 ? `${slug.slice(0, 79)}…` : slug,
    message: `The slug is already that of ${winner}, so this file is not loaded.`,
    expected: 'a slug of its own',
    fix: 'Give one of the two another `slug`, or another path if they have none.',
  };
}
