import { isScalar } from 'yaml';
import type { Mistakes } from './model-mistake.ts';
import type { EnumValue, ScalarKey, ScalarKind } from './own-model.ts';
import { type Entry, scalarText } from './read-mapping.ts';

/** A default as a value of its kind has it; null, and a mistake, when it is none. */
export function checkDefault(
  { value, key }: Entry,
  kind: ScalarKind,
  values: readonly EnumValue[],
  mistakes: Mistakes,
): ScalarKey['default'] {
  const text = scalarText(value);
  const found = text === null ? null : read(text, isScalar(value) ? value.value : null, kind, values);
  if (found !== null) return found;
  mistakes.add(value ?? key, `\`default\` must be ${EXPECTED[kind]}.`);
  return null;
}

const EXPECTED: Readonly<Record<ScalarKind, string>> = {
  text: 'a text of at most 1,000 characters',
  url: 'left out',
  int: 'a whole number of 32 bits',
  float: 'a number',
  date: 'left out',
  boolean: 'true or false',
  enum: 'one of the values',
};

function read(
  text: string,
  plain: unknown,
  kind: ScalarKind,
  values: readonly EnumValue[],
): ScalarKey['default'] {
  const number = typeof plain === 'number' && Number.isFinite(plain) ? plain : null;
  if (kind === 'boolean') return typeof plain === 'boolean' ? plain : null;
  if (kind === 'int')
    return number !== null && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : null;
  // As of files: more digits are not the same in every database.
  if (kind === 'float')
    return number !== null && Math.abs(number) <= 1e300 ? Number(number.toPrecision(15)) + 0 : null;
  if (kind === 'enum')
    return values.find((one) => one.text.toLowerCase() === text.toLowerCase())?.name ?? null;
  // A NUL or half a character, which only an escape of YAML can name, is in no text of a database: reading one ends the process.
  return kind === 'text' && text.length <= 1_000 && text.isWellFormed() && !text.includes('\0') ? text : null;
}
