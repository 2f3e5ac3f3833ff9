import type { Token, TokenizerAndRendererExtension, Tokens } from 'marked';
import { MATH_HERE } from '../syntax/math-span.ts';
import { WIKILINK, wikilinkText } from '../syntax/wikilink.ts';
import { escapeHtml } from './html-text.ts';

// Where an extension begins is looked for so far ahead: further on it is asked again.
const AHEAD = 1_000;
/** Characters of math. */
const MAX_MATH = 2_000;

const startAt = (sign: string) => (text: string) => {
  const index = text.slice(0, AHEAD).indexOf(sign);
  return index === -1 ? undefined : index;
};

/** Obsidian's links, as their text. */
export const wikilinks: TokenizerAndRendererExtension = {
  name: 'wikilink',
  level: 'inline',
  start: (text) => {
    const index = text.slice(0, AHEAD).indexOf('[[');
    if (index === -1) return undefined;
    return text[index - 1] === '!' ? index - 1 : index;
  },
  tokenizer(text) {
    const [raw, target, alias] = WIKILINK.exec(text) ?? [];
    if (raw === undefined || target === undefined) return undefined;
    return { type: 'wikilink', raw, text: wikilinkText(raw.startsWith('!'), target, alias) };
  },
  renderer: ({ text }) => escapeHtml(text),
};

/** What Obsidian's and Typora's authors mark: `==text==`. */
export const highlights: TokenizerAndRendererExtension = {
  name: 'highlight',
  level: 'inline',
  start: startAt('=='),
  tokenizer(text) {
    const [raw, inner] = /^==(?=[^\s=])([^\n=]{0,500}[^\s=])==(?!=)/.exec(text) ?? [];
    if (raw === undefined || inner === undefined) return undefined;
    return { type: 'highlight', raw, tokens: this.lexer.inlineTokens(inner) };
  },
  renderer({ tokens }) {
    return `<mark>${this.parser.parseInline(tokens ?? [])}</mark>`;
  },
};

/** Math within a line, as its author wrote it. */
export const math: TokenizerAndRendererExtension = {
  name: 'math',
  level: 'inline',
  start: startAt('$'),
  tokenizer(text) {
    if (text.startsWith('$$')) {
      const end = text.slice(0, MAX_MATH).indexOf('$$', 2);
      if (end <= 2) return undefined;
      return { type: 'math', raw: text.slice(0, end + 2), text: text.slice(2, end).trim() };
    }
    MATH_HERE.lastIndex = 0;
    const [raw, inner = ''] = MATH_HERE.exec(text) ?? [];
    return raw === undefined ? undefined : { type: 'math', raw, text: inner };
  },
  renderer: ({ text }) => `<code class="math">${escapeHtml(text)}</code>`,
};

/** Math in lines of its own. */
export const mathBlock: TokenizerAndRendererExtension = {
  name: 'mathBlock',
  level: 'block',
  tokenizer(text) {
    if (!/^ {0,3}\$\$/.test(text)) return undefined;
    const begin = text.indexOf('$$') + 2;
    const end = text.slice(0, 5 * MAX_MATH).indexOf('$$', begin);
    const rest = end === -1 ? null : /^\$\$[ \t]*(?:\n+|$)/.exec(text.slice(end, end + 200));
    if (!rest) return undefined;
    return {
      type: 'mathBlock',
      raw: text.slice(0, end + rest[0].length),
      text: text.slice(begin, end).trim(),
    };
  },
  renderer: ({ text }) => `<p><code class="math">${escapeHtml(text)}</code></p>\n`,
};

const CALLOUT = /^\[!([A-Za-z][\w-]{0,29})\][+-]?[ \t]*/;

/** A quote that is one of Obsidian's callouts or GitHub's alerts: its kind, its title and what is below that. Null when it is none. */
export function readCallout(
  quote: Tokens.Blockquote,
): { kind: string; title: Token[]; body: Token[] } | null {
  const [first, ...others] = quote.tokens;
  if (first?.type !== 'paragraph') return null;
  const [head, ...inline] = (first as Tokens.Paragraph).tokens;
  const mark = head?.type === 'text' ? CALLOUT.exec(head.raw) : null;
  if (!mark || !head) return null;
  const line: Token[] = [textToken(head.raw.slice(mark[0].length)), ...inline];
  const end = line.findIndex(({ type, raw }) => type === 'br' || (type === 'text' && raw.includes('\n')));
  const last = line[end];
  const cut = last?.type === 'text' ? last.raw.indexOf('\n') : 0;
  const title =
    end === -1
      ? line
      : [...line.slice(0, end), ...(last?.type === 'text' ? [textToken(last.raw.slice(0, cut))] : [])];
  const rest =
    end === -1
      ? []
      : [...(last?.type === 'text' ? [textToken(last.raw.slice(cut + 1))] : []), ...line.slice(end + 1)];
  const kind = (mark[1] ?? '').toLowerCase();
  const isNamed = title.some(({ raw }) => raw.trim() !== '');
  return {
    kind,
    title: isNamed ? title : [textToken(kind.charAt(0).toUpperCase() + kind.slice(1))],
    body: rest.length > 0 ? [{ ...first, tokens: rest } as Token, ...others] : others,
  };
}

function textToken(raw: string): Tokens.Text {
  return { type: 'text', raw, text: escapeHtml(raw), escaped: true };
}
