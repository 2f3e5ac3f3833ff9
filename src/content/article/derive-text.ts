import { cutText } from '../../text/cut-text.ts';
import { plainBlock, tidyLine } from '../values/plain-inline.ts';
import type { BodyFormat } from './article.ts';

const TITLE_LENGTH = 120;
const EXCERPT_LENGTH = 300;
// Of a text that its author cut.
const TEASER_LENGTH = 2000;
// Enough for any title or excerpt; regular expressions never see a longer text.
const MAX_LINE = 2000;
// Whose first paragraph comes after more than these has none.
const MAX_BLOCKS = 500;
// A mark further down cuts nothing that anybody would call an excerpt.
const TEASER_WITHIN = 64 * 1024;

const ABBREVIATION =
  /(?:^|[\s("'“‘])(?:\p{L}|(?:\p{L}\.)+\p{L}|mr|mrs|ms|dr|st|sen|gov|gen|rep|rev|prof|jr|sr|vs|no|etc|e\.g|i\.e|approx|fig|inc|ltd|co|corp)$/iu;

const QUOTE = /^ {0,3}(?:>[ \t]?){1,100}/u;
const CALLOUT = /^\[![A-Za-z][\w-]{0,29}\]/u;

/** What a body says of its title and excerpt; null when it does not. */
export interface DerivedText {
  title: string | null;
  excerpt: string | null;
}

/**
 * Title: of Markdown a level-1 heading that is the first block; of plain text a heading, else the first sentence, cut at a
 * word near 120 characters. Excerpt: the text up to `<!-- more -->`, else the first paragraph of prose, cut near 300. In plain
 * text a line is a paragraph. Both are text: the marks of Markdown are taken off.
 * @param body without what belongs to other tools, as of readShownText
 */
export function deriveText(body: string, format: BodyFormat): DerivedText {
  return format === 'text' ? deriveFromLines(body) : deriveFromMarkdown(body);
}

function deriveFromMarkdown(body: string): DerivedText {
  let title: string | null = null;
  let excerpt: string | null = null;
  let blocks = 0;
  for (const block of readBlocks(body, 'markdown')) {
    blocks += 1;
    if (blocks > MAX_BLOCKS) break;
    if (isForMachines(block.text) || (block.level !== null && blocks > 1)) continue;
    const text = plainBlock(block.text);
    if (block.level === 1 && text !== '') title = cutText(text, TITLE_LENGTH);
    if (block.level !== null || text === '') continue;
    excerpt = cutText(text, EXCERPT_LENGTH);
    break;
  }
  return { title, excerpt: readTeaser(body) ?? excerpt };
}

function deriveFromLines(body: string): DerivedText {
  let heading: string | null = null;
  let paragraph: string | null = null;
  let blocks = 0;
  for (const block of readBlocks(body, 'text')) {
    blocks += 1;
    if (blocks > MAX_BLOCKS) break;
    const text = block.level === null ? tidyLine(block.text) : plainBlock(block.text);
    if (text === '') continue;
    if (block.level === null) paragraph ??= text;
    else heading ??= text;
    if (heading !== null && paragraph !== null) break;
  }
  const title = heading ?? (paragraph && firstSentence(paragraph));
  return {
    title: title && cutText(title, TITLE_LENGTH),
    excerpt: paragraph && cutText(paragraph, EXCERPT_LENGTH),
  };
}

/** The prose before the mark with which people cut a text for lists of texts; null without the mark. */
function readTeaser(body: string): string | null {
  const head = body.length > TEASER_WITHIN ? body.slice(0, TEASER_WITHIN) : body;
  const mark = /^[ \t]{0,3}<!-- ?more ?-->/mu.exec(head);
  if (mark === null) return null;
  let teaser = '';
  for (const block of readBlocks(head.slice(0, mark.index), 'markdown')) {
    if (block.level !== null || isForMachines(block.text)) continue;
    teaser = `${teaser} ${plainBlock(block.text)}`.trim();
    if (teaser.length > TEASER_LENGTH) break;
  }
  return teaser === '' ? null : cutText(teaser, TEASER_LENGTH);
}

/** A table's row, a definition of a link or footnote, a statement of MDX, math in lines of its own, a line of tags. */
function isForMachines(block: string): boolean {
  if (block.startsWith('#') && /^(?:#[\p{L}\p{N}_/-]{1,100}\s{0,9}){1,50}$/u.test(block)) return true;
  return /^(?:\||\[[^\][]{1,200}\]:|import\s.{1,500}\sfrom\s|import\s+['"]|export\s|\$\$[^$]*(?:\$\$)?$)/u.test(
    block,
  );
}

interface Block {
  /** Of a heading, 1 to 6; null of a paragraph. */
  level: number | null;
  text: string;
}

function* readBlocks(body: string, format: BodyFormat): Generator<Block> {
  let paragraph: string[] = [];
  let fence: string | null = null;
  let wasQuoted = false;
  for (const written of readLines(body)) {
    const line = format === 'text' ? written : written.replace(QUOTE, '');
    const isQuoted = line !== written;
    const isQuoteBegun = isQuoted && !wasQuoted;
    const isTitled = isQuoted && wasQuoted && paragraph.length === 1 && CALLOUT.test(paragraph[0] ?? '');
    wasQuoted = isQuoted;
    // The title of a callout is none of its prose.
    if (isTitled) paragraph = [];
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) === true) fence = null;
      continue;
    }
    const underline = paragraph.length > 0 ? /^ {0,3}(=+|-{2,})[ \t]*$/u.exec(line)?.[1] : undefined;
    const isBreak = line.trim() === '' || mark !== undefined || /^ {0,3}(?:[-*_][ \t]*){3,}$/u.test(line);
    const atx = /^ {0,3}(#{1,6})(?:[ \t]|$)/u.exec(line)?.[1];
    if (underline !== undefined || isBreak || atx !== undefined || isQuoteBegun) {
      const level = underline === undefined ? null : underline.startsWith('=') ? 1 : 2;
      if (paragraph.length > 0) yield { level, text: paragraph.join(' ') };
      paragraph = [];
      fence = mark ?? null;
    }
    if (underline !== undefined || isBreak) continue;
    // A heading in a quote is nobody's title.
    if (atx !== undefined) yield { level: isQuoted ? 6 : atx.length, text: stripAtx(line) };
    else if (format === 'text') {
      // The line stays open until the next one shows that it does not underline it.
      if (paragraph.length > 0) yield { level: null, text: paragraph.join(' ') };
      paragraph = [line];
    } else if (paragraph.length < 20) paragraph.push(line.trim());
  }
  if (paragraph.length > 0) yield { level: null, text: paragraph.join(' ') };
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
