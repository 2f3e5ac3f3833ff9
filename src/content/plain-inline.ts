import { decodeHTMLStrict } from 'entities';
import { WIKILINK, wikilinkText } from '../text/wikilink.ts';

/** Regular expressions below never see a longer text. */
const MAX_TEXT = 2000;

const WIKILINKS = new RegExp(WIKILINK.source.slice(1), 'gu');
const MARKS = /[*_~`[\]\\<&{!]/u;

/** One line, without control characters or half a character. */
export function tidyLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim();
}

/**
 * A title or summary that an author wrote in the front matter, as a reader sees it: inline Markdown and entities resolved.
 * What looks like an HTML tag stays, as titles speak of tags, too, and so do backslashes. A long text is left as it is.
 */
export function plainValue(text: string): string {
  if (text.length > MAX_TEXT || !MARKS.test(text)) return text;
  const plain = tidyLine(decodeEntities(stripInline(text)));
  return plain === '' ? text : plain;
}

/** A block of a Markdown body as a reader sees it: without the marks of Markdown, HTML and other tools' templates. */
export function plainBlock(markdown: string): string {
  const text = markdown
    .slice(0, MAX_TEXT)
    .replace(/<!--.*?(?:-->|$)/gsu, '')
    // Hugo's shortcodes, Liquid's tags and values, Kramdown's attribute lists.
    .replace(/\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}|\{:[^{}]{0,200}\}/gu, '')
    .replace(/[ \t]\{[.#][^{}]{0,200}\}/gu, '')
    .replace(/<\/?[A-Za-z][^<>]{0,500}>/gu, '')
    .replace(/^(?:>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)+/u, '')
    .replace(/^\[![A-Za-z]{1,20}\][+-]?/u, '');
  return tidyLine(decodeEntities(stripInline(text).replace(/\\([!-/:-@[-`{-~])/gu, '$1')));
}

/** Takes off links, pictures, emphasis and code; text in code stays as it is. */
function stripInline(text: string): string {
  if (!text.includes('`')) return stripMarks(text);
  return text
    .split(/(`[^`]+`)/u)
    .map((part) => (/^`[^`]+`$/u.test(part) ? part.slice(1, -1).replaceAll('&', '&amp;') : stripMarks(part)))
    .join('');
}

function stripMarks(text: string): string {
  return text
    .replace(WIKILINKS, (link, target: string, alias?: string) =>
      wikilinkText(link.startsWith('!'), target, alias),
    )
    .replace(/\[\^[^\][\s]{1,100}\]/gu, '')
    .replace(/!\[([^\][]*)\](?:\([^()]*\)|\[[^\][]*\])/gu, '$1')
    .replace(/\[([^\][]+)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\][]*\])/gu, '$1')
    .replace(/(\*\*|__|~~)(?=[\p{L}\p{N}"'“‘(])([^*_~]*[\p{L}\p{N}"'”’).!?…])\1/gu, '$2')
    .replace(
      /(?<![\p{L}\p{N}*_])([*_])(?=[\p{L}\p{N}"'“‘(])([^*_]*[\p{L}\p{N}"'”’).!?…])\1(?![\p{L}\p{N}*_])/gu,
      '$2',
    );
}

/** Only those with their semicolon: `AT&T` and `?a=1&copy=2` are no entities. */
function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}
