import { type MarkedExtension, Tokenizer } from 'marked';

/** Runs of `*`, `_` and `~` in one inline text (a paragraph, a cell, a heading), from which on they are characters. */
const MAX_DELIMITERS = 800;
// Characters that are looked ahead for the end of a word, an address or a heading.
const AHEAD = 1_000;

const usual = Tokenizer.prototype;

/**
 * Options of marked that bound what it looks at for each character of a text: for emphasis, addresses and headings
 * that never end it would look to the end of the text from each place where one may begin.
 */
export const boundedParsing: MarkedExtension = {
  hooks: { emStrongMask: (text) => (hasManyDelimiters(text) ? text.replaceAll(/[*_~]/g, '+') : text) },
  tokenizer: {
    lheading(text) {
      return usual.lheading.call(this, cutBefore(text, '\n'));
    },
    url(text) {
      return isLongWord(text) ? undefined : usual.url.call(this, text);
    },
    inlineText(text) {
      return usual.inlineText.call(this, cutBefore(text, ' '));
    },
  },
};

function hasManyDelimiters(text: string): boolean {
  if (text.length <= MAX_DELIMITERS) return false;
  let count = 0;
  for (const _ of text.matchAll(/[*_~]+/g)) {
    count += 1;
    if (count > MAX_DELIMITERS) return true;
  }
  return false;
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
