import { randomBytes } from 'node:crypto';

/**
 * What a cursor begins with in the database's answer, behind a control character: a body may begin with anything, but nobody knows
 * this. The control character begins no text but bodies, which keeps the search for it short.
 */
export const MARK = randomBytes(6).toString('hex');
const MARKED = new RegExp(String.raw`"\\u0001${MARK}([0-9A-Fa-f]*)"`, 'g');

/**
 * The cursors in the JSON of an answer, which the database has no base64 for: there each is a text of the control character,
 * the mark and hex. A quotation mark before a single backslash is always the beginning of a text.
 */
export function encodeCursors(json: string): string {
  return json.replace(MARKED, (_, hex) => `"${Buffer.from(hex, 'hex').toString('base64url')}"`);
}
