import { squashKey } from '../../text/keys/suggest-key.ts';
import type { Problem } from '../problems/problem.ts';

/** How many keys at the top of the files nothing reads, by their notices; spellings of one key are one. */
export function countLeftOut(problems: readonly Problem[]): number {
  const keys = new Set<string>();
  for (const { code, field } of problems) {
    if (code === 'UNKNOWN_KEY' && field !== null && !/[.[]/u.test(field)) keys.add(squashKey(field));
  }
  return keys.size;
}
