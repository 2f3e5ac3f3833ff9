import { squashKey } from '../../text/keys/suggest-key.ts';
import { findFlagKey, findHidingKey, isStatusKey } from '../visibility/find-visibility.ts';

/** Beyond the comments before its first key. */
const MAX_HEAD = 8000;
const INVISIBLE = /\p{Cf}/gu;

/** What begins with a brace and is closed without a key, a quote or a comment, such as `{props.children}` or `{#id .class}`. */
const NO_KEYS = /^\{[^{}:"'/\n]*\}/u;
/** Templates, and attributes of kramdown: `{{ name }}`, `{% include %}`, `{: .note}`. */
const TEMPLATE = /^\{[{%:]/u;
const BLANK = /[\s\p{Cf}]*/uy;

/** A key, with the word that is its value, if any: quoted, or at the beginning of a line, or behind `{`, `,` or a comment. */
const KEY =
  /(?:(?=["'])|(?=[\p{L}_$])(?<=(?:^|[{,\n]|\*\/)\s*))["']?([\p{L}_$][\p{L}\w.$ -]{0,40})["']?\s{0,20}:(?:\s{0,20}["']?([\w -]{1,20}))?/gu;

/**
 * Whether a text that begins with `{` is an object of front matter in any dialect of JSON, whatever comments and blanks are in it:
 * near its top, some key is known or hides.
 *
 * @param text line ends `\n`.
 * @param known the known keys in lower case.
 */
export function isFrontMatterObject(text: string, known: ReadonlySet<string>): boolean {
  if (!text.startsWith('{') || TEMPLATE.test(text) || NO_KEYS.test(text)) return false;
  const start = skipComments(text, 1);
  if (start === null) return false;
  const head = text.slice(start, start + MAX_HEAD).replace(INVISIBLE, '');
  // A comment in braces, as MDX has it.
  if (NO_KEYS.test(`{${head}`)) return false;
  for (const [, key = '', word] of head.matchAll(KEY)) {
    if (known.has(key.toLowerCase()) || known.has(squashKey(key))) return true;
    if (findFlagKey(key) !== null || isStatusKey(key) || findHidingKey(key, word) !== null) return true;
  }
  return false;
}

/** Where blanks and comments end, `//` and `#` with their line, others with their stars; null where no key can follow, as in Nunjucks' `{# … #}`. */
function skipComments(text: string, from: number): number | null {
  for (let at = from; ; ) {
    BLANK.lastIndex = at;
    at += BLANK.exec(text)?.[0].length ?? 0;
    const isLine = text[at] === '#' || text.startsWith('//', at);
    const mark = isLine ? '\n' : '*/';
    if (!isLine && !text.startsWith('/*', at)) return at;
    const end = text.indexOf(mark, at);
    if (end === -1) return isLine ? null : at;
    if (at === from && text[at] === '#' && text.slice(at, end).includes('#}')) return null;
    at = end + mark.length;
  }
}
