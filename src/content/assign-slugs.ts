import { compareCodePoints } from './compare-code-points.ts';
import { describeDuplicate } from './describe-duplicate.ts';
import type { Problem } from './problem.ts';
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
 * path makes it, of several to the first path by code point; who does not get it takes the next choice. These are the stable pairs
 * of Gale and Shapley, which do not depend on who asks first.
 * @param locales as of placeOf
 * @returns the grants by path; only a file with `held` can get none
 */
export function assignSlugs(
  claims: Iterable<SlugClaim>,
  locales: ReadonlySet<string>,
): Map<string, SlugGrant> {
  const owners = new Map<string, Suitor>();
  const suitors: Suitor[] = [];
  for (const claim of claims) {
    let suitor: Suitor = { claim, choices: null, next: 0 };
    suitors.push(suitor);
    for (;;) {
      const slug = choiceOf(suitor, suitor.next, locales);
      if (slug === null) break;
      const key = keyOf(slug, suitor.claim);
      const owner = owners.get(key);
      if (owner === undefined || prefers(rankOf(suitor, slug, locales), rankOf(owner, slug, locales))) {
        owners.set(key, suitor);
        if (owner === undefined) break;
        suitor = owner;
      }
      suitor.next += 1;
    }
  }
  const grants = new Map<string, SlugGrant>();
  for (const suitor of suitors) {
    const slug = choiceOf(suitor, suitor.next, locales);
    if (slug === null) continue;
    const first = suitor.next === 0 ? null : (choiceOf(suitor, 0, locales) ?? slug);
    const rival = first === null ? null : (owners.get(keyOf(first, suitor.claim))?.claim.path ?? null);
    grants.set(suitor.claim.path, { slug, rival });
  }
  return grants;
}

/** What the author of a file is told whose article has not the slug that it wants; null where it has. */
export function explainGrant(
  { path, wanted }: Pick<SlugClaim, 'path' | 'wanted'>,
  { slug, rival }: SlugGrant,
  locales: ReadonlySet<string>,
): Problem | null {
  return rival === null ? null : describeDuplicate(path, wanted ?? slugFromPath(path, locales), rival, slug);
}

interface Suitor {
  claim: SlugClaim;
  /** Made when the first one is taken. */
  choices: string[] | null;
  next: number;
}

function choiceOf(suitor: Suitor, index: number, locales: ReadonlySet<string>): string | null {
  const { path, wanted, held } = suitor.claim;
  if (held !== undefined) return index === 0 ? held : null;
  if (index === 0) return wanted ?? slugFromPath(path, locales);
  suitor.choices ??= slugChoices(path, wanted, locales);
  return suitor.choices[index] ?? null;
}

function keyOf(slug: string, { locale }: SlugClaim): string {
  return `${slug}\0${locale ?? ''}`;
}

/** What decides who of two gets a slug. */
interface Rank {
  isHidden: boolean;
  isMadeOfPath: boolean;
  path: string;
}

function rankOf({ claim }: Suitor, slug: string, locales: ReadonlySet<string>): Rank {
  const { path, wanted, isHidden } = claim;
  const isMadeOfPath = slug !== wanted || slug === slugFromPath(path, locales);
  return { isHidden, isMadeOfPath, path };
}

/** Whether the first of two gets a slug that both want. */
export function prefers(one: Rank, other: Rank): boolean {
  if (one.isHidden !== other.isHidden) return other.isHidden;
  if (one.isMadeOfPath !== other.isMadeOfPath) return one.isMadeOfPath;
  return compareCodePoints(one.path, other.path) < 0;
}
