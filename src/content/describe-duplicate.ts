import type { Problem } from './problem.ts';

/**
 * The problem of a file whose slug is another file's already, `winner`'s. It is not of one file alone: `winner` may
 * change while the duplicate does not.
 */
export function describeDuplicate(path: string, slug: string, winner: string): Problem {
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
