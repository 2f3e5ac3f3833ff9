/** Who wants one of several things, and what decides who gets it. */
export interface Matching<Claim> {
  /** What a claim wants in its place, from 0 on; null after the last. */
  choiceOf: (claim: Claim, place: number) => string | null;
  /** Claims with the same key of what they want cannot all have it. */
  keyOf: (choice: string, claim: Claim) => string;
  /** Whether the first of two gets what both want. */
  prefers: (one: Claim, ones: string, other: Claim, others: string) => boolean;
}

/** What a claim gets. */
export interface Match<Claim> {
  choice: string;
  /** Where that is not its first choice: who has the first one, or null when nobody has. */
  rival: Claim | null;
}

/**
 * Gives each claim the first of its choices that no better claim has. These are the stable pairs of Gale and Shapley, which do not
 * depend on who asks first.
 * @returns what each gets; a claim of which all choices are others' is not in it
 */
export function matchChoices<Claim>(
  claims: Iterable<Claim>,
  { choiceOf, keyOf, prefers }: Matching<Claim>,
): Map<Claim, Match<Claim>> {
  const places = new Map<Claim, number>();
  const owners = new Map<string, Claim>();
  for (const asking of claims) {
    let claim = asking;
    places.set(claim, 0);
    for (;;) {
      const place = places.get(claim) ?? 0;
      const choice = choiceOf(claim, place);
      if (choice === null) break;
      const key = keyOf(choice, claim);
      const owner = owners.get(key);
      if (owner === undefined) {
        owners.set(key, claim);
        break;
      }
      const held = choiceOf(owner, places.get(owner) ?? 0) ?? choice;
      if (prefers(claim, choice, owner, held)) {
        owners.set(key, claim);
        claim = owner;
      }
      places.set(claim, (places.get(claim) ?? 0) + 1);
    }
  }
  const matches = new Map<Claim, Match<Claim>>();
  for (const [claim, place] of places) {
    const choice = choiceOf(claim, place);
    if (choice === null) continue;
    const first = choiceOf(claim, 0) ?? choice;
    const rival = place === 0 ? null : (owners.get(keyOf(first, claim)) ?? null);
    matches.set(claim, { choice, rival });
  }
  return matches;
}
