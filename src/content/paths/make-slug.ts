import { digestBytes } from '../../text/digest.ts';
import { normaliseUnicode } from '../../text/keys/normalise-unicode.ts';

// A btree entry of PostgreSQL holds 2,704 bytes; a slug of this size fits with room to spare.
export const MAX_SLUG_BYTES = 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;

/**
 * An article's slug as its front matter gives it, in NFC and without outer slashes and white space.
 *
 * @returns null when it is empty, too long (1,024 bytes of UTF-8), or has a control character, a `.` or `..` part or an
 * empty part.
 */
export function normaliseSlug(text: string): string | null {
  const slug = trimSlashes(normaliseUnicode(text, 'NFC').trim());
  if (slug === '' || CONTROL.test(slug) || /\p{Cs}/u.test(slug)) return null;
  if (Buffer.byteLength(slug) > MAX_SLUG_BYTES) return null;
  const parts = slug.split('/');
  return parts.some((part) => part === '' || part === '.' || part === '..') ? null : slug;
}

/**
 * A topic's slug, from its folded name alone: letters, digits and marks stay, a space becomes `-`. A name with any other
 * character, and one that could be taken for such a name's slug, gets six digits of its digest, so that `c`, `c++` and
 * `c#` stay three topics.
 */
export function makeTopicSlug(foldedName: string): string {
  const plain = foldedName.replaceAll(' ', '-');
  if (/^[\p{L}\p{N}\p{M} ]+$/u.test(foldedName) && !/-[0-9a-f]{6}$/u.test(plain)) return plain;
  const base = trimDashes(foldedName.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-'));
  return `${base || 't'}-${digestBytes(foldedName).slice(0, 6)}`;
}

function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '/') start += 1;
  while (end > start && text[end - 1] === '/') end -= 1;
  return text.slice(start, end);
}

function trimDashes(text: string): string {
  return text.replace(/^-/u, '').replace(/-$/u, '');
}
