import { digestBytes } from '../../text/digest.ts';
import { normaliseUnicode } from '../../text/keys/normalise-unicode.ts';
import { MAX_SLUG_BYTES } from './make-slug.ts';
import { placeOf, withoutExtension } from './path-place.ts';

/** The slug that a file's path makes: its place, or `index` at the top. @param locales as of placeOf */
export function slugFromPath(path: string, locales: ReadonlySet<string>): string {
  return placeOf(path, locales).place || 'index';
}

/** Whether a slug can be made of a path: it has at most 1,024 bytes. */
export function isPathShortEnough(path: string): boolean {
  return Buffer.byteLength(normaliseUnicode(withoutExtension(path), 'NFC')) <= MAX_SLUG_BYTES;
}

/**
 * The slugs of an article in the order in which it takes them, where others have taken those before. The last is no other file's.
 * @param wanted that of its front matter, or null
 * @param locales as of placeOf
 */
export function slugChoices(path: string, wanted: string | null, locales: ReadonlySet<string>): string[] {
  const whole = normaliseUnicode(path, 'NFC');
  const mark = `-${digestBytes(path).slice(0, 10)}`;
  const choices = [
    ...(wanted === null ? [] : [wanted]),
    slugFromPath(path, locales),
    withoutExtension(whole),
    whole,
    cutBytes(withoutExtension(whole), MAX_SLUG_BYTES - mark.length) + mark,
  ];
  return [...new Set(choices)].filter((slug) => Buffer.byteLength(slug) <= MAX_SLUG_BYTES);
}

function cutBytes(text: string, most: number): string {
  const bytes = Buffer.from(text);
  let end = Math.min(bytes.length, most);
  // Not within a character: its further bytes begin with the bits 10.
  while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
