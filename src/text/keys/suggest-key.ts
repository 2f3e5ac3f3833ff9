import { normaliseUnicode } from './normalise-unicode.ts';

/**
 * The known key that was most likely meant by an unknown one: equal but for case, `-` and `_`, else the nearest within two
 * slips of the finger (edit distance with transpositions, a third of the key's length at most).
 *
 * @param hints what other tools call a thing, by the key it is called here.
 */
export function suggestKey(
  key: string,
  known: readonly string[],
  hints: ReadonlyMap<string, string> = new Map(),
): string | null {
  // Beyond this no key is near, and the distance takes time by the product of both lengths.
  if (key.length > 40) return null;
  const plain = squashKey(key);
  const hint = hints.get(plain);
  if (hint !== undefined) return hint;
  let best: string | null = null;
  let bestDistance = Math.min(2, Math.floor(plain.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(plain, squashKey(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

const PLAIN = /^[a-z0-9]+$/;
const ASCII = /^[\t-\r -~]*$/;

/** A key without case, width, `-`, `_`, white space and what cannot be seen. */
export function squashKey(key: string): string {
  if (PLAIN.test(key)) return key;
  // Most keys, and the classes of Unicode take ten times as long.
  if (ASCII.test(key)) return key.toLowerCase().replace(/[-_\s]/g, '');
  return normaliseUnicode(key, 'NFKC')
    .toLowerCase()
    .replace(/[-_\s\p{DI}\p{Cf}]/gu, '');
}

/** Damerau-Levenshtein distance, optimal string alignment. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
