import { decodeHTMLStrict } from 'entities';
import { MATH_HERE } from '../../text/syntax/math-span.ts';
import { WIKILINK, wikilinkText } from '../../text/syntax/wikilink.ts';

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
 * A title or summary that an author wrote in the front matter, as a reader sees it: inline Markdown and entities resolved, pairs of
 * inline tags taken off. A tag that is alone stays, as titles speak of tags, too, and so does a backslash before what is no mark. A
 * long text is left as it is.
 */
export function plainValue(text: string): string {
  if (text.length > MAX_TEXT || !MARKS.test(text)) return text;
  const plain = tidyLine(aroundSpans(text, SPANS, (rest) => decodeEntities(stripMarks(withoutPairs(rest)))));
  return plain === '' ? text : plain;
}

// As of code and math, which are shown as they are written; of comments nothing is.
const CODE = '(?<!`)(?:``(?!`)((?:[^`]|`(?!`))+)``|(`+)([^`]+)\\2)(?!`)';
// A mark behind a backslash is itself.
const SPANS = new RegExp(`${CODE}|\\\\([*_~\`[\\]<>#&!{}$|])`, 'gu');
const BLOCK_SPANS = new RegExp(
  `<!--.*?(?:-->|$)|${CODE}|\\$\\$([^$]{1,2000})\\$\\$|(?<!\\\\)${MATH_HERE.source}`,
  'gsu',
);

/**
 * A block of a Markdown body as a reader sees it: without the marks of Markdown and HTML. What belongs to other tools was left out
 * before (dropTemplates).
 */
export function plainBlock(markdown: string): string {
  const plain = aroundSpans(markdown.slice(0, MAX_TEXT), BLOCK_SPANS, (text) =>
    decodeEntities(
      stripMarks(
        text
          .replace(/<\/?[A-Za-z][^<>]{0,500}>/gu, '')
          .replace(/^(?:>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)+/u, '')
          .replace(/^\[![A-Za-z][\w-]{0,29}\][+-]?/u, ''),
      ).replace(/\\([!-/:-@[-`{-~])/gu, '$1'),
    ),
  );
  return tidyLine(plain);
}

const PAIR =
  /<(abbr|b|bdi|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var)(?:\s[^<>]{0,300})?>([^<>]{0,1000})<\/\1\s{0,9}>/giu;
/** Pairs of tags in each other that are taken off. */
const MAX_PAIRS_DEEP = 4;

function withoutPairs(text: string): string {
  if (!text.includes('</')) return text;
  let rest = text;
  for (let depth = 0; depth < MAX_PAIRS_DEEP; depth += 1) rest = rest.replace(PAIR, '$2');
  return rest;
}

// Noncharacters of Unicode, which are for a program's own use.
const HELD = /\ufdd0(\d{1,4})\ufdd1/gu;

/** Changes a text but for spans of it, of which what the pattern's group has is left. */
function aroundSpans(text: string, spans: RegExp, change: (text: string) => string): string {
  const held: string[] = [];
  const rest = text.replace(/[\ufdd0\ufdd1]/gu, '').replace(spans, (_, ...groups: unknown[]) => {
    const inner = groups.slice(0, -2).findLast((group) => typeof group === 'string' && !/^`+$/.test(group));
    return inner === undefined ? '' : `\ufdd0${held.push(String(inner)) - 1}\ufdd1`;
  });
  return change(rest).replace(HELD, (_, at: string) => held[Number(at)]?.trim() ?? '');
}

function stripMarks(text: string): string {
  return text
    .replace(WIKILINKS, (link, target: string, alias?: string) =>
      wikilinkText(link.startsWith('!'), target, alias),
    )
    .replace(/\[\^[^\][\s]{1,100}\]/gu, '')
    .replace(/!\[([^\][]*)\](?:\([^()]*\)|\[[^\][]*\])/gu, '$1')
    .replace(/\[([^\][]+)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\][]*\])/gu, '$1')
    .replace(/(\*\*|__|~~)(?=[\p{L}\p{N}"'“‘(\ufdd0])([^*_~]*[\p{L}\p{N}"'”’).!?…\ufdd1])\1/gu, '$2')
    .replace(
      /(?<![\p{L}\p{N}*_])([*_])(?=[\p{L}\p{N}"'“‘(\ufdd0])([^*_]*[\p{L}\p{N}"'”’).!?…\ufdd1])\1(?![\p{L}\p{N}*_])/gu,
      '$2',
    );
}

/** Only those with their semicolon: `AT&T` and `?a=1&copy=2` are no entities. */
function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}
