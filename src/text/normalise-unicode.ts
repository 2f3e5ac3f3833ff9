/** More marks on one letter than any script or Zalgo text has. */
const LONG_RUN = /(\p{M}{100})/u;

/**
 * `String.normalize` in time that grows with the length: it sorts the marks of one letter by insertion, so that 400,000 of them
 * take minutes. After each 100 marks in a row a new piece begins, as Unicode's stream-safe format (UAX 15) does after 30.
 */
export function normaliseUnicode(text: string, form: 'NFC' | 'NFKC'): string {
  if (!LONG_RUN.test(text)) return text.normalize(form);
  return text
    .split(LONG_RUN)
    .map((part) => part.normalize(form))
    .join('');
}
