import type { OwnModel } from '../../model/own-model.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import type { Problem } from '../problems/problem.ts';
import { unwritable } from './propose-fields.ts';

/**
 * How many keys at the top of the files nothing reads and a model could, by their notices; spellings of one key are one.
 * @param model by which the files were read: a key of it that is for other files is left out there on purpose
 */
export function countLeftOut(problems: readonly Problem[], { fields }: OwnModel): number {
  const known = new Set(fields.flatMap(({ from }) => from.map(squashKey)));
  const keys = new Set<string>();
  for (const { code, field } of problems) {
    if (code !== 'UNKNOWN_KEY' || field === null || /[.[]/u.test(field)) continue;
    const key = squashKey(field);
    if (!known.has(key) && unwritable(field) === null) keys.add(key);
  }
  return keys.size;
}
