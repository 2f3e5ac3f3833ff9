import { cutText } from '../text/cut-text.ts';
import type { BodyFormat } from './article.ts';

const TITLE_LENGTH = 120;
const EXCERPT_LENGTH = 300;
// Enough for any title or excerpt; regular expressions below never see a longer text.
const MAX_LINE = 2000;

const ABBREVIATION =
  /(?:^|[\s("'“‘])(?:\p{L}|(?:\p{L}\.)+\p{L}|mr|mrs|ms|dr|st|sen|gov|gen|rep|rev|prof|jr|sr|vs|no|etc|e\.g|i\.e|approx|fig|inc|ltd|co|corp)$/iu;

/** What a body says of its title and excerpt; null when it has neither heading nor sentence, nor paragraph. */
export interface DerivedText {
  title: string | null;
  excerpt: string | null;
}

/**
 * Title: the first heading (ATX or setext, outside of code), else the first sentence, cut at a word near 120 characters.
 * Excerpt: the first paragraph that is no heading, cut near 300. In plain text a line is a paragraph. Markdown marks are
 * taken off.
 */
export function deriveText(body: string, format: BodyFormat): DerivedText {
  let heading: string | null = null;
  let paragraph: string | null = null;
  for (const block of readBlocks(body, format)) {
    const text = format === 'markdown' || block.isHeading ? stripMarks(block.text) : tidy(block.text);
    if (text === '') continue;
    if (block.isHeading) heading ??= text;
    else paragraph ??= text;
    if (heading !== null && paragraph !== null) break;
  }
  return {
    title:
      heading === null
        ? paragraph && cutText(firstSentence(paragraph), TITLE_LENGTH)
        : cutText(heading, TITLE_LENGTH),
    excerpt: paragraph && cutText(paragraph, EXCERPT_LENGTH),
  };
}

interface Block {
  isHeading: boolean;
  text: string;
}

function* readBlocks(body: string, format: BodyFormat): Generator<Block> {
  let paragraph: string[] = [];
  let fence: string | null = null;
  for (const line of readLines(body)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) === true) fence = null;
      continue;
    }
    const isUnderline = paragraph.length > 0 && /^ {0,3}(?:=+|-{2,})[ \t]*$/u.test(line);
    const isBreak = line.trim() === '' || mark !== undefined || /^ {0,3}(?:[-*_][ \t]*){3,}$/u.test(line);
    const isAtx = /^ {0,3}#{1,6}(?:[ \t]|$)/u.test(line);
    if (isUnderline || isBreak || isAtx) {
      if (paragraph.length > 0) yield { isHeading: isUnderline, text: paragraph.join(' ') };
      paragraph = [];
      fence = mark ?? null;
      if (isAtx && !isUnderline) yield { isHeading: true, text: stripAtx(line) };
    } else if (format === 'text') {
      // The line stays open until the next one shows that it does not underline it.
      if (paragraph.length > 0) yield { isHeading: false, text: paragraph.join(' ') };
      paragraph = [line];
    } else if (paragraph.length < 20) paragraph.push(line.trim());
  }
  if (paragraph.length > 0) yield { isHeading: false, text: paragraph.join(' ') };
}

function* readLines(body: string): Generator<string> {
  for (let start = 0; start < body.length; ) {
    const next = body.indexOf('\n', start);
    const end = next === -1 ? body.length : next;
    yield body.slice(start, Math.min(end, start + MAX_LINE));
    start = end + 1;
  }
}

function stripAtx(line: string): string {
  const text = line.trim().replace(/^#{1,6}/u, '');
  return text.replace(/[ \t]#{1,100}$/u, '').trim();
}

/** Text without Markdown's and HTML's marks, as a reader sees it. */
function stripMarks(markdown: string): string {
  const text = markdown
    .slice(0, MAX_LINE)
    .replace(/<!--.*?(?:-->|$)/gsu, '')
    .replace(/<\/?[A-Za-z][^<>]{0,500}>/gu, '')
    .replace(/!\[([^\][]*)\](?:\([^()]*\)|\[[^\][]*\])/gu, '$1')
    .replace(/\[([^\][]+)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\][]*\])/gu, '$1')
    .replace(/^(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)+/u, '')
    .replace(/(\*\*|__|~~)(?=\S)([^*_~]+)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)([^*_]+)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/`([^`]+)`/gu, '$1')
    .replace(/\\([!-/:-@[-`{-~])/gu, '$1');
  return tidy(text);
}

/** One line, without control characters or half a character. */
function tidy(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim();
}

/** Up to the first mark that ends a sentence: `.!?` before a space, `。！？` anywhere; not the dot of an abbreviation. */
function firstSentence(text: string): string {
  const ends = /[.!?…]+["'”’)\]»]*(?=\s)|[。！？]+["'”’」』）]*/gu;
  for (let match = ends.exec(text); match !== null; match = ends.exec(text)) {
    const isDot = match[0] === '.';
    const before = text.slice(Math.max(0, match.index - 20), match.index);
    const next = text.slice(match.index + match[0].length).trimStart();
    if (isDot && (ABBREVIATION.test(before) || /^\p{Ll}/u.test(next))) continue;
    return text.slice(0, match.index + match[0].length).trim();
  }
  return text.trim();
}
