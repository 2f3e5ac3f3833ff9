import { codedError } from '../mapping/errors.ts';
import type { KeyType } from '../mapping/mapping.ts';

/**
 * A cursor is a JSON array in UTF-8 and base64url without padding (RFC 4648, section 5): the order's signature and the order
 * keys of the row, its id last. Earlier ones are `1` and upper-case hex of the same, and stay readable: the first character of
 * an array in base64url is `W`. It holds what the reader was shown and names nothing else: a page after it is
 * found by comparing values, so a made-up cursor shows no more than a filter would.
 */
export function decodeCursor(
  cursor: string,
  signature: string,
  types: readonly KeyType[],
  argument: string,
): readonly (string | number)[] {
  const values = parse(cursor);
  const fits =
    values !== null &&
    values.length === types.length + 1 &&
    types.every((type, i) => hasType(values[i + 1], type));
  if (!fits) throw invalidCursor(argument, 'It was not made by this API, or it was cut or changed.');
  if (values[0] !== signature) throw invalidCursor(argument, 'It belongs to a list with another order.');
  return values.slice(1) as (string | number)[];
}

function parse(cursor: string): unknown[] | null {
  const bytes = bytesOf(cursor);
  if (bytes === null) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
}

function bytesOf(cursor: string): Buffer | null {
  if (/^1(?:[0-9A-F]{2})+$/.test(cursor)) return Buffer.from(cursor.slice(1), 'hex');
  const bytes = Buffer.from(cursor, 'base64url');
  // The decoder passes over what is none of its alphabet, and a cursor that was changed is refused.
  return bytes.toString('base64url') === cursor ? bytes : null;
}

function hasType(value: unknown, type: KeyType): boolean {
  if (type === 'float') return Number.isFinite(value);
  if (type === 'int') return Number.isSafeInteger(value);
  // No text in the database has a NUL or half a character, so no cursor of ours has.
  return typeof value === 'string' && !value.includes('\0') && value.isWellFormed();
}

function invalidCursor(argument: string, why: string) {
  return codedError('INVALID_CURSOR', `${argument} is not a cursor of this list. ${why}`, { argument });
}
