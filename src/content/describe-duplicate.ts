import type { Problem } from './problem.ts';

/**
 * The problem of a file that wants a slug which is another file's already, `winner`'s, and is served under another. It is not of one
 * file alone: `winner` may change while the other does not.
 */
export function describeDuplicate(path: string, wanted: string, winner: string, slug: string): Problem {
  return {
    code: 'DUPLICATE_SLUG',
    severity: 'warning',
    path,
    line: null,
    column: null,
    field: 'slug',
    value: wanted.length > 80 ? `${wanted.slice(0, 79)}…`.toWellFormed() : wanted,
    message: `The slug is already that of ${winner}, so this article has the slug ${slug}.`,
    expected: 'a slug of its own',
    fix: 'Give one of the two another `slug`, or another path if they have none.',
  };
}
