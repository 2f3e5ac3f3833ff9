/** More marks on one letter than any script or Zalgo text has. */
const RUN = 100;
const LONG_RUN = new RegExp(`(\\p{M}{${RUN}})`, 'u');
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
const ASCII = /^[\x00-\x7f]*$/;

/**
 * `String.normalize` in time that grows with the length: it sorts the marks of one letter by insertion, so that 400,000 of them
 * take minutes. After each 100 marks in a row a new piece begins, as Unicode's stream-safe format (UAX 15) does after 30.
 */
export function normaliseUnicode(text: string, form: 'NFC' | 'NFKC'): string {
  // ASCII is in both forms already (UAX 15, section 1.2), and is most of what comes here.
  if (ASCII.test(text)) return text;
  if (text.length < RUN || !LONG_RUN.test(text)) return text.normalize(form);
  return text
    .split(LONG_RUN)
    .map((part) => part.normalize(form))
    .join('');
}
