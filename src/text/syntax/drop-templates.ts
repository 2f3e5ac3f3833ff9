import { ATTACHED, isInHeading, markId, readAttributes } from './attribute-lists.ts';
import { IndentedCode } from './indented-code.ts';
import { MATH_HERE } from './math-span.ts';
import { quoteAdmonitions } from './quote-admonitions.ts';
import { fenceOf, findCodeEnd, findFenceEnd } from './skip-code.ts';

/** Markdown without what another tool would have replaced. */
export interface PlainMarkdown {
  text: string;
  /** What was left out, as authors write it without its arguments: `{{< youtube >}}`, `{% include %}`, `{{ site.title }}`. */
  names: string[];
}

/** Characters of a tag, of a value and of display math. */
const MAX_TAG = 2_000;
const MAX_VALUE = 500;
const MAX_MATH = 5_000;
const MAX_COMMENT = 50_000;
const MAX_NAMES = 20;

const CONTAINER = /[ \t]{0,3}:{3,}([^\n]*)(?:\n|$)/y;
const SIGN = /\n|`+|\$\$?|%%|\{[{%:#]?|[ \t]\^(?=[\w-]{0,60}[A-Za-z])[\w-]{3,60}[ \t]*(?=\n|$)/g;
const SHORTCODE = /^\{\{[<%][ \t]*(\/?)[ \t]*([\w./-]{1,60})/;
const LIQUID = /^\{%-?\s*(end)?([\w-]{1,60})/;
const VALUE = /^\{\{-?\s*([\w.-]{1,60})/;
const ATTRIBUTES = /\{:[^{}\n]{0,200}\}/y;
const ID = /\{#[^{}\n]{1,200}\}/y;
const LINE_END = /[ \t]*(?=\n|$)/y;
/** Where a tool would list the headings; of kramdown's list what stands in it is only its place. */
const CONTENTS =
  /[ \t]{0,3}(?:(?:\[\[_?toc_?\]\]|\[toc\]|<!--[ \t]{0,9}toc[ \t]{0,9}-->)|(?:[-*+]|1\.)[ \t]{1,9}[^\n]{0,200}\n[ \t]{0,9}\{:[ \t]{0,9}toc\b[^{}\n]{0,100}\})[ \t]*(?=\n|$)/iy;
const ARGUMENT = /["`]([^"`\n]{1,300})["`]|[ \t]([\w./#-]{1,300})[ \t]*[>%]\}\}/;

/**
 * Takes out what belongs to the tool that an article was written for, and is noise elsewhere: Hugo's shortcodes, Liquid's tags and
 * values, attribute lists of kramdown and Pandoc, comments of Nunjucks, the fences of containers (`:::note`), places of a table of
 * contents, Obsidian's comments and names of blocks. What stands between two of them stays, code becomes a fence of code, Hugo's
 * references become what they name, and admonitions callouts. Code and math are left as they are. Takes time by the length of the
 * text, whatever is in it.
 * @param format of MDX nothing in braces is taken out: they are its own
 * @param keepsIds whether the id of a heading is left as markId has it
 */
export function dropTemplates(source: string, format: 'markdown' | 'mdx', keepsIds = false): PlainMarkdown {
  const markdown = format === 'mdx' ? source : quoteAdmonitions(source);
  const ofBoth = [':::', '%%', ' ^'];
  const signs = format === 'mdx' ? ofBoth : [...ofBoth, '{'];
  const isPlain = !signs.some((sign) => markdown.includes(sign)) && !/\btoc\b|_toc_/i.test(markdown);
  if (isPlain) return { text: markdown, names: [] };
  return new TemplateScan(markdown, format === 'markdown', keepsIds).run();
}

class TemplateScan {
  readonly #markdown: string;
  readonly #hasBraces: boolean;
  readonly #keepsIds: boolean;
  readonly #indented = new IndentedCode();
  readonly #kept: string[] = [];
  readonly #names = new Set<string>();
  /** Where the next end of each kind is, looked for once for all that begin before it. */
  readonly #ends = new Map<string, number>();
  #copied = 0;
  #at = 0;

  constructor(markdown: string, hasBraces: boolean, keepsIds: boolean) {
    this.#markdown = markdown;
    this.#hasBraces = hasBraces;
    this.#keepsIds = keepsIds;
  }

  run(): PlainMarkdown {
    const { length } = this.#markdown;
    let isLineStart = true;
    while (this.#at < length) {
      if (isLineStart && (this.#skipFence() || this.#dropContainer() || this.#skipIndented())) continue;
      if (isLineStart) this.#dropMatch(CONTENTS, this.#at);
      SIGN.lastIndex = this.#at;
      const sign = SIGN.exec(this.#markdown);
      if (sign === null) break;
      isLineStart = sign[0] === '\n';
      this.#at = sign.index + sign[0].length;
      if (!isLineStart) this.#look(sign[0], sign.index);
    }
    this.#kept.push(this.#markdown.slice(this.#copied));
    return { text: this.#kept.join(''), names: [...this.#names] };
  }

  /** Deals with a sign: what it begins is passed by, or replaced. */
  #look(sign: string, start: number): void {
    if (sign.startsWith('`')) this.#at = findCodeEnd(this.#markdown, this.#at, sign) ?? this.#at;
    else if (sign.startsWith('$')) this.#skipMath(sign, start);
    else if (sign === '%%') this.#dropComment(start);
    else if (/^[ \t]\^/.test(sign)) this.#replace(start, this.#at, '');
    else if (!this.#hasBraces) return;
    else if (sign === '{%') this.#apply(this.#dropLiquid(start));
    else if (sign === '{{') this.#apply(this.#dropBraces(start));
    else if (sign === '{:') this.#dropMatch(ATTRIBUTES, start);
    else if (sign !== '{#' || !this.#dropNunjucks(start)) this.#dropAttributes(start);
  }

  /** What its author hid from readers. Behind a figure the signs are percents. */
  #dropComment(start: number): void {
    const end = this.#endOf('%%', this.#at);
    if (end - start <= MAX_COMMENT && !/\d/.test(this.#markdown[start - 1] ?? ''))
      this.#replace(start, end + 2, '');
  }

  /** A fence of code with all that is in it. */
  #skipFence(): boolean {
    const end = findFenceEnd(this.#markdown, this.#at);
    if (end === null) return false;
    this.#at = end;
    this.#indented.endBlock();
    return true;
  }

  #skipIndented(): boolean {
    if (!this.#indented.isCode(this.#markdown, this.#at)) return false;
    const end = this.#markdown.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#markdown.length : end + 1;
    return true;
  }

  /** The line that opens or closes a container; its title stays. */
  #dropContainer(): boolean {
    CONTAINER.lastIndex = this.#at;
    const line = CONTAINER.exec(this.#markdown);
    if (line === null) return false;
    const rest = (line[1] ?? '').trim().slice(0, 300);
    const title = /^\w{1,30}(?:\[([^\][]+)\]|[ \t]+([^{}\n]+))$/.exec(rest);
    const words = (title?.[1] ?? title?.[2] ?? '').trim();
    this.#indented.endBlock();
    this.#replace(this.#at, CONTAINER.lastIndex, words === '' ? '\n' : `\n**${words}**\n\n`);
    return true;
  }

  /** Math with braces of its own; what begins with a tag is a price that the tool would have filled in. */
  #skipMath(sign: string, start: number): void {
    if (sign === '$$') {
      const end = this.#endOf('$$', this.#at);
      if (end - this.#at <= MAX_MATH) this.#at = end + 2;
    } else if (
      this.#markdown[start - 1] !== '\\' &&
      !/^\{[{%]/.test(this.#markdown.slice(start + 1, start + 3))
    ) {
      MATH_HERE.lastIndex = start;
      if (MATH_HERE.test(this.#markdown)) this.#at = MATH_HERE.lastIndex;
    }
  }

  #dropMatch(pattern: RegExp, start: number): void {
    pattern.lastIndex = start;
    if (pattern.test(this.#markdown)) this.#replace(start, pattern.lastIndex, '');
  }

  /** A comment `{# … #}`, which an id in braces is not. */
  #dropNunjucks(start: number): boolean {
    ID.lastIndex = start;
    const id = ID.exec(this.#markdown)?.[0];
    if (id !== undefined && !id.endsWith('#}')) return false;
    const end = this.#endOf('#}', this.#at);
    if (end - start <= MAX_COMMENT) this.#replace(start, end + 2, '');
    return end - start <= MAX_COMMENT;
  }

  /** Attributes of a heading, of what they are attached to, or of the block that they stand below. */
  #dropAttributes(start: number): void {
    const list = readAttributes(this.#markdown, start);
    if (list === null) return;
    const before = this.#markdown[start - 1] ?? '\n';
    LINE_END.lastIndex = list.end;
    const isLast = LINE_END.test(this.#markdown);
    const end = isLast ? LINE_END.lastIndex : list.end;
    if (isLast && /[ \t]/.test(before) && isInHeading(this.#markdown, start)) {
      this.#replace(start - 1, end, list.id !== null && this.#keepsIds ? ` ${markId(list.id)}` : '');
    } else if (ATTACHED.test(before) || (isLast && before === '\n')) this.#replace(start, list.end, '');
  }

  #dropBraces(start: number): Edit[] {
    const sign = this.#markdown[start + 2];
    if (sign === '<') return this.#dropShortcode(start, '>}}');
    if (sign === '%') return this.#dropShortcode(start, '%}}');
    const end = this.#endOf('}}', this.#at);
    if (end - start > MAX_VALUE) return [];
    const name = VALUE.exec(this.#markdown.slice(start, start + 100))?.[1];
    this.#note(`{{ ${name ?? '…'} }}`);
    // What is left of `/{{ site.base }}/a`, the address of a page, must not name another host.
    const isBetweenSlashes = this.#markdown[start - 1] === '/' && this.#markdown[end + 2] === '/';
    return [[start, end + (isBetweenSlashes ? 3 : 2), '']];
  }

  #dropShortcode(start: number, closer: string): Edit[] {
    const end = this.#endOf(closer, this.#at);
    if (end - start > MAX_TAG) return [];
    const tag = this.#markdown.slice(start, end + 3);
    const shown = /^\{\{([<%])\/\*(.*)\*\/[>%]\}\}$/s.exec(tag);
    // How Hugo's own manual shows a shortcode.
    if (shown) return [[start, end + 3, `${tag.slice(0, 3)}${shown[2]}${closer}`]];
    const [, slash, name = ''] = SHORTCODE.exec(tag) ?? [];
    if (name === 'highlight' && slash === '') {
      const close = this.#tagOf(/\{\{[<%]\s*\/\s*highlight\s*[%>]\}\}/g, 'highlight', end);
      if (close) return [this.#fence(start, end + 3, close, tag.split(/\s+/, 3)[2])];
    }
    if (/^(?:rel)?ref$/.test(name)) {
      const [, quoted, bare] = ARGUMENT.exec(tag.slice(4 + name.length)) ?? [];
      return [[start, end + 3, quoted ?? bare ?? '']];
    }
    if (slash === '' && name !== '') this.#note(`{{${closer === '>}}' ? '<' : '%'} ${name} ${closer}`);
    return [[start, end + 3, '']];
  }

  #dropLiquid(start: number): Edit[] {
    const end = this.#endOf('%}', this.#at);
    if (end - start > MAX_TAG) return [];
    const tag = this.#markdown.slice(start, end + 2);
    const [, isEnd, name = ''] = LIQUID.exec(tag) ?? [];
    const close =
      isEnd === undefined && /^(?:highlight|code|codeblock|raw|verbatim|comment)$/.test(name)
        ? this.#tagOf(new RegExp(`\\{%-?\\s*end${name}\\s*-?%\\}`, 'g'), `end${name}`, end)
        : null;
    if (close && name === 'comment') return [[start, close.end, '']];
    if (close && (name === 'raw' || name === 'verbatim'))
      return [
        [start, end + 2, ''],
        [close.start, close.end, ''],
      ];
    const language = /\s(\w[\w+#-]*)/.exec(tag.slice(3 + name.length))?.[1];
    if (close) return [this.#fence(start, end + 2, close, language)];
    if (isEnd === undefined && name !== '') this.#note(`{% ${name} %}`);
    return [[start, end + 2, '']];
  }

  #fence(start: number, from: number, close: Range, language = ''): Edit {
    return [start, close.end, fenceOf(this.#markdown.slice(from, close.start), language)];
  }

  /** The next tag of a kind behind a place; null where there is none. */
  #tagOf(pattern: RegExp, kind: string, from: number): Range | null {
    if (this.#ends.get(kind) === Number.POSITIVE_INFINITY) return null;
    pattern.lastIndex = from;
    const found = pattern.exec(this.#markdown);
    if (found) return { start: found.index, end: pattern.lastIndex };
    this.#ends.set(kind, Number.POSITIVE_INFINITY);
    return null;
  }

  #endOf(closer: string, from: number): number {
    const known = this.#ends.get(closer);
    if (known !== undefined && known >= from) return known;
    const found = this.#markdown.indexOf(closer, from);
    const end = found === -1 ? Number.POSITIVE_INFINITY : found;
    this.#ends.set(closer, end);
    return end;
  }

  #note(name: string): void {
    if (this.#names.size < MAX_NAMES) this.#names.add(name);
  }

  #apply(edits: readonly Edit[]): void {
    for (const [start, end, text] of edits) this.#replace(start, end, text);
  }

  #replace(start: number, end: number, text: string): void {
    this.#kept.push(this.#markdown.slice(this.#copied, start), text);
    this.#copied = end;
    this.#at = end;
  }
}

/** From where to where, and what comes in its place. */
type Edit = [start: number, end: number, text: string];

interface Range {
  start: number;
  end: number;
}
