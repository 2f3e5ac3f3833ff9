import type { Problem } from './problem.ts';

/**
 * The problem of a file that wants a slug which is another file's already, `winner`'s, and is served under another. It is not of one
 * file alone: `winner` may change while the other does not.
 */
export function describeDuplicate(path: string, wanted: string, winner: string, slug: string): Problem {
  return {
    ...taken('DUPLICATE_SLUG', path, 'slug', wanted),
    message: `The slug is already that of ${winner}, so this article has the slug ${slug}.`,
    expected: 'a slug of its own',
    fix: 'Give one of the two another `slug`, or another path if they have none.',
  };
}

/** As describeDuplicate, of a path within the site. */
export function describeDuplicatePath(
  path: string,
  wanted: string,
  winner: string,
  sitePath: string,
): Problem {
  return {
    ...taken('DUPLICATE_PATH', path, 'permalink', wanted),
    message: `The path is already that of ${winner}, so this article has the path ${sitePath}.`,
    expected: 'a path of its own',
    fix: 'Give one of the two another `permalink`.',
  };
}

/** The problem of a file of which an alias is the path of another file, `owner`, whose article is found there. */
export function describeAliasTaken(path: string, alias: string, owner: string): Problem {
  return {
    ...taken('ALIAS_TAKEN', path, 'aliases', alias),
    message: `The alias is the path of ${owner}, whose article is found by it.`,
    expected: 'paths that no other article has',
    fix: 'Take it out of the aliases, or give the other a `permalink`.',
  };
}

/** The problem of a file of which an alias is one of another file, `other`, too. */
export function describeDuplicateAlias(path: string, alias: string, other: string): Problem {
  return {
    ...taken('DUPLICATE_ALIAS', path, 'aliases', alias),
    message: `The alias is also an alias of ${other}, and leads to one of the two alone.`,
    expected: 'aliases that no other article has',
    fix: 'Take it out of the aliases of one of the two.',
  };
}

function taken(code: string, path: string, field: string, value: string) {
  return {
    ...({ code, severity: 'warning', path, line: null, column: null, field } as const),
    value: value.length > 80 ? `${value.slice(0, 79)}…`.toWellFormed() : value,
  };
}
