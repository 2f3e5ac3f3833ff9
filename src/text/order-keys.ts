/** The order key of a time that is missing or past all that four digits of a year can name: greater than that of any other. */
export const AFTER_ALL_TIMES = '9999-12-31T23:59:59.999Z~';

/** The order key of a missing number, greater than any that GraphQL's Int holds. */
export const AFTER_ALL_NUMBERS = 2_147_483_648;

/** The order key of a missing text: the greatest character, which no text is made of. */
export const AFTER_ALL_TEXTS = '\u{10ffff}';

/** An order key of a text, before that of what is missing even where the text begins with its character. Null stays null. */
export function beforeMissing(key: string | null): string | null {
  return key?.startsWith(AFTER_ALL_TEXTS) ? `\u{10fffe}${key}` : key;
}
