import type { Parser, Token, TokenizerAndRendererExtension } from 'marked';
import { TooMuchToParse } from './bounded-parsing.ts';

/** Notes of one text. */
const MAX_NOTES = 2_000;
const AHEAD = 1_000;

const DEFINITION = /^ {0,3}\[\^([^\][\s]{1,100})\]:[ \t]*/;
const REFERENCE = /^\[\^([^\][\s]{1,100})\]/;

interface Note {
  tokens: Token[];
  /** In the order of the first reference; 0 while it has none. */
  number: number;
}

/** The footnotes of one text (GitHub's: `[^1]` and `[^1]: …`). */
export interface Footnotes {
  extensions: TokenizerAndRendererExtension[];
  /** The notes that were referred to so far, as a list; empty when none was. */
  render(parser: Parser): string;
}

/** @param mark begins each `id`, which nobody can know: as of makeSafe */
export function createFootnotes(mark: string): Footnotes {
  const notes = new Map<string, Note>();
  const used: Note[] = [];
  let isInNote = false;

  const definition: TokenizerAndRendererExtension = {
    name: 'footnote',
    level: 'block',
    tokenizer(text) {
      const head = isInNote ? null : DEFINITION.exec(text);
      if (!head) return undefined;
      const [opening, name = ''] = head;
      const { length, lines } = readLines(text.slice(opening.length));
      if (notes.size >= MAX_NOTES) throw new TooMuchToParse();
      isInNote = true;
      try {
        const tokens = this.lexer.blockTokens(lines.join('\n'), []);
        if (!notes.has(name)) notes.set(name, { tokens, number: 0 });
      } finally {
        isInNote = false;
      }
      return { type: 'footnote', raw: text.slice(0, opening.length + length) };
    },
    renderer: () => '',
  };

  const reference: TokenizerAndRendererExtension = {
    name: 'footnoteReference',
    level: 'inline',
    start: (text) => {
      const index = text.slice(0, AHEAD).indexOf('[^');
      return index === -1 ? undefined : index;
    },
    tokenizer(text) {
      const [raw, name = ''] = REFERENCE.exec(text) ?? [];
      return raw !== undefined && notes.has(name) ? { type: 'footnoteReference', raw, name } : undefined;
    },
    renderer({ name }) {
      const note = notes.get(name);
      if (!note) return '';
      const isFirst = note.number === 0;
      if (isFirst) note.number = used.push(note);
      const id = isFirst ? ` id="${mark}fnref:${note.number}"` : '';
      return `<sup${id}><a href="#fn:${note.number}">${note.number}</a></sup>`;
    },
  };

  return {
    extensions: [definition, reference],
    render(parser) {
      if (used.length === 0) return '';
      const items: string[] = [];
      // A note may be the first to refer to another.
      for (let at = 0; at < used.length; at += 1) {
        const note = used[at] as Note;
        const back = `<a href="#fnref:${note.number}">↩</a>`;
        const html = parser.parse(note.tokens).trimEnd();
        const text = html.endsWith('</p>') ? `${html.slice(0, -4)} ${back}</p>` : `${html}\n<p>${back}</p>`;
        items.push(`<li id="${mark}fn:${note.number}">\n${text}\n</li>\n`);
      }
      return `<hr>\n<ol>\n${items.join('')}</ol>\n`;
    },
  };
}

/** A note goes on until a blank line, and after it as long as lines are indented. */
function readLines(text: string): { length: number; lines: string[] } {
  const lines: string[] = [];
  let isAfterBlank = false;
  let start = 0;
  let length = 0;
  while (start < text.length) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next + 1;
    const line = text.slice(start, next === -1 ? end : next);
    const isBlank = line.trim() === '';
    const isIndented = /^(?: {2,4}|\t)/.test(line);
    if (lines.length > 0 && !isBlank && (isAfterBlank ? !isIndented : DEFINITION.test(line))) break;
    lines.push(line.replace(/^(?: {1,4}|\t)/, ''));
    if (!isBlank) length = end;
    isAfterBlank = isBlank;
    start = end;
  }
  return { length: length || text.length, lines };
}
