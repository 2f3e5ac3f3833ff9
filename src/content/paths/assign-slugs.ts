import { compareCodePoints } from '../../text/compare-code-points.ts';
import { describeDuplicate } from '../problems/describe-duplicate.ts';
import type { Problem } from '../problems/problem.ts';
import { matchChoices } from './match-choices.ts';
import { slugChoices, slugFromPath } from './slug-choices.ts';

/** What a file asks for. Files that differ in their language never want the same. */
export interface SlugClaim {
  path: string;
  /** The slug of the front matter; null where that has none. */
  wanted: string | null;
  /** The article's language. */
  locale: string | null;
  /** Whether the public does not see it: nobody is to learn of a hidden article by the slug that another has. */
  isHidden: boolean;
  /** The only slug it can have: the file is broken, and its article stands in the index under this one. */
  held?: string;
}

/** What it gets. */
export interface SlugGrant {
  slug: string;
  /** Where that is not its first choice: the file that has the first choice. */
  rival: string | null;
}

/**
 * Gives each file a slug, whatever the order of the files. One slug goes to an article that the public sees, of several to one whose
 * path makes it, of several to the first path by code point; who does not get it takes the next choice.
 * @param locales as of placeOf
 * @returns the grants by path; only a file with `held` can get none
 */
export function assignSlugs(
  claims: Iterable<SlugClaim>,
  locales: ReadonlySet<string>,
): Map<string, SlugGrant> {
  const choices = new Map<SlugClaim, string[]>();
  const matches = matchChoices(claims, {
    choiceOf(claim, place) {
      const { path, wanted, held } = claim;
      if (held !== undefined) return place === 0 ? held : null;
      if (place === 0) return wanted ?? slugFromPath(path, locales);
      const its = choices.get(claim) ?? slugChoices(path, wanted, locales);
      choices.set(claim, its);
      return its[place] ?? null;
    },
    keyOf: (slug, { locale }) => `${slug}\0${locale ?? ''}`,
    prefers: (one, ones, other, others) =>
      prefers(rankOf(one, ones, locales), rankOf(other, others, locales)),
  });
  return new Map(
    [...matches].map(([{ path }, { choice, rival }]) => [path, { slug: choice, rival: rival?.path ?? null }]),
  );
}

/** What the author of a file is told whose article has not the slug that it wants; null where it has. */
export function explainGrant(
  { path, wanted }: Pick<SlugClaim, 'path' | 'wanted'>,
  { slug, rival }: SlugGrant,
  locales: ReadonlySet<string>,
): Problem | null {
  return rival === null ? null : describeDuplicate(path, wanted ?? slugFromPath(path, locales), rival, slug);
}

/** What decides who of two gets what both want. */
export interface Rank {
  isHidden: boolean;
  isMadeOfPath: boolean;
  path: string;
}

function rankOf(claim: SlugClaim, slug: string, locales: ReadonlySet<string>): Rank {
  const { path, wanted, isHidden } = claim;
  const isMadeOfPath = slug !== wanted || slug === slugFromPath(path, locales);
  return { isHidden, isMadeOfPath, path };
}

/** Whether the first of two gets what both want. */
export function prefers(one: Rank, other: Rank): boolean {
  if (one.isHidden !== other.isHidden) return other.isHidden;
  if (one.isMadeOfPath !== other.isMadeOfPath) return one.isMadeOfPath;
  return compareCodePoints(one.path, other.path) < 0;
}
