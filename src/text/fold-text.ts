/**
 * The form in which two names are equal but for case and white space: NFC, outer white space off, inner white space one
 * space, case folded in every script.
 */
export function foldText(text: string): string {
  return foldSearch(text.trim());
}

/** `foldText` of a part of a text: white space at its ends is kept, as it may stand inside the whole. */
export function foldSearch(text: string): string {
  const tidy = text.normalize('NFC').replace(/\s+/gu, ' ');
  // Up and down folds what a lower-casing alone keeps apart (`ß` and `SS`), the first step down the one capital that
  // has no upper case (`ẞ`). The final sigma is the one letter whose lower case depends on its place (SpecialCasing).
  return tidy.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}
