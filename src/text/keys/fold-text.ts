import { normaliseUnicode } from './normalise-unicode.ts';

/**
 * The form in which two names are equal but for case and white space: NFC, outer white space off, inner white space one
 * space, case folded in every script.
 */
export function foldText(text: string): string {
  return foldSearch(text.trim());
}

/** `foldText`, or null where that is no more than ASCII letters in lower case, as SQL's `lower` makes it. */
export function foldUnlessLower(text: string): string | null {
  return ASCII.test(text) && !UNTIDY.test(text) && text.trim() === text ? null : foldText(text);
}

/** `foldText` of a part of a text: white space at its ends is kept, as it may stand inside the whole. */
export function foldSearch(text: string): string {
  const tidy = UNTIDY.test(text) ? text.replace(/\s+/gu, ' ') : text;
  // Most of what is folded is ASCII, and there folding is lower case.
  if (ASCII.test(tidy)) return tidy.toLowerCase();
  // Up and down folds what a lower-casing alone keeps apart (`ß` and `SS`), the first step down the one capital that
  // has no upper case (`ẞ`). The final sigma is the one letter whose lower case depends on its place (SpecialCasing).
  const folded = normaliseUnicode(tidy, 'NFC').toLowerCase().toUpperCase().toLowerCase();
  return normaliseUnicode(folded.replaceAll('ς', 'σ'), 'NFC');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
const ASCII = /^[\x00-\x7f]*$/;
// White space other than single blanks.
const UNTIDY = /\s\s|[^\S ]/u;
