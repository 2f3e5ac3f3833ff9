import { Lexer, type MarkedOptions, type Token, Tokenizer, type Tokens } from 'marked';

/** What a text may come to: its paragraphs, items, cells, links, words with marks and what stands between them. */
const MAX_TOKENS = 200_000;
/** Definitions of links. All of them are looked through wherever a link may use one. */
const MAX_DEFINITIONS = 2_000;
/** Runs of `*`, `_` and `~` in one inline text (a paragraph, a cell, a heading), from which on it has no marks. */
const MAX_DELIMITERS = 800;
/** All that may begin something in one inline text, from which on it has no marks. */
const MAX_MARKS = 5_000;
/** Lines of a quote, times how often it goes on after a line without its sign: the parser copies the rest each time. */
const MAX_COPIED_LINES = 10_000_000;
// Characters that are looked ahead for the end of a word, an address or a heading, and for that of a link.
const AHEAD = 1_000;
const LINK_AHEAD = 10_000;

/** Thrown while parsing: the text would take more time and memory than any that people write. */
export class TooMuchToParse extends Error {}

/**
 * Parses as marked does, within bounds. A paragraph, heading or cell with too many marks is the characters that it is
 * written in, and so is an address or a link whose end is far away.
 * @throws TooMuchToParse
 */
export function lexWithinBounds(markdown: string, options: MarkedOptions): Token[] {
  return new BoundedLexer({ ...options, tokenizer: new BoundedTokenizer(options) }).lex(markdown);
}

class BoundedLexer extends Lexer {
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (!hasTooManyMarks(src)) return super.inlineTokens(src, tokens);
    tokens.push({ type: 'text', raw: src, text: src, escaped: this.state.inRawBlock });
    return tokens;
  }
}

// Paragraphs, emphasis and strikethrough are not counted: what is in them is, and marked is quicker where they are its own.
class BoundedTokenizer extends Tokenizer {
  #tokens = 0;
  #definitions = 0;

  #count<T>(token: T | undefined, tokens = 1): T | undefined {
    if (token !== undefined) this.#tokens += tokens;
    if (this.#tokens > MAX_TOKENS) throw new TooMuchToParse();
    return token;
  }

  override space(src: string) {
    return this.#count(super.space(src));
  }
  override code(src: string) {
    return this.#count(super.code(src));
  }
  override fences(src: string) {
    return this.#count(super.fences(src));
  }
  override heading(src: string) {
    return this.#count(super.heading(src));
  }
  override hr(src: string) {
    return this.#count(super.hr(src));
  }
  override html(src: string) {
    return this.#count(super.html(src));
  }
  override text(src: string) {
    return this.#count(super.text(src));
  }
  override escape(src: string) {
    return this.#count(super.escape(src));
  }
  override tag(src: string) {
    return this.#count(super.tag(src));
  }
  override link(src: string) {
    return this.#count(super.link(src.length > LINK_AHEAD ? src.slice(0, LINK_AHEAD) : src));
  }
  override reflink(...given: Parameters<Tokenizer['reflink']>) {
    return this.#count(super.reflink(...given));
  }
  override codespan(src: string) {
    return this.#count(super.codespan(src));
  }
  override br(src: string) {
    return this.#count(super.br(src));
  }
  override autolink(src: string) {
    return this.#count(super.autolink(src));
  }
  override url(src: string) {
    return this.#count(isLongWord(src) ? undefined : super.url(src));
  }
  override inlineText(src: string) {
    return this.#count(super.inlineText(cutBefore(src, ' ')));
  }
  override lheading(src: string) {
    return this.#count(super.lheading(cutBefore(src, '\n')));
  }
  override list(src: string) {
    const list = super.list(src);
    return this.#count(list, list?.items.length);
  }

  override def(src: string) {
    const definition = super.def(src);
    if (definition !== undefined) this.#definitions += 1;
    if (this.#definitions > MAX_DEFINITIONS) throw new TooMuchToParse();
    return this.#count(definition);
  }

  override blockquote(src: string) {
    const quote = this.rules.block.blockquote.exec(src)?.[0];
    if (quote === undefined) return undefined;
    const lines = count(quote, /\n/g);
    const returns = count(quote, /\n(?! {0,3}>)[^\n]*(?=\n {0,3}>)/g);
    if (lines * returns > MAX_COPIED_LINES) throw new TooMuchToParse();
    return this.#count(super.blockquote(src));
  }

  /** A table has as many cells in each row as in its first, so that its cells are counted before they are made. */
  override table(src: string): Tokens.Table | undefined {
    const [all, head] = this.rules.block.table.exec(src) ?? [];
    if (all === undefined || head === undefined) return undefined;
    const cells = (count(head, /\|/g) + 1) * count(all, /\n/g);
    this.#count(all, cells);
    return super.table(src);
  }
}

function hasTooManyMarks(text: string): boolean {
  if (text.length <= MAX_DELIMITERS) return false;
  let delimiters = 0;
  let marks = 0;
  for (const [mark] of text.matchAll(/[*_~]+|`+|[[\]<&\\@!$]/g)) {
    marks += 1;
    if (mark[0] === '*' || mark[0] === '_' || mark[0] === '~') delimiters += 1;
    if (marks > MAX_MARKS || delimiters > MAX_DELIMITERS) return true;
  }
  return false;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found += 1;
  return found;
}

function isLongWord(text: string): boolean {
  return text.length > AHEAD && !/[\s<]/.test(text.slice(0, AHEAD));
}

/** The text itself, or its beginning up to white space that begins with `sign`, if it has some. */
function cutBefore(text: string, sign: string): string {
  if (text.length <= AHEAD) return text;
  const head = text.slice(0, AHEAD);
  const end = head.lastIndexOf(sign);
  return head.slice(0, Math.max(end, 0)).trimEnd() || head;
}
