const LIST = /\{:?[ \t]{0,9}([^{}\n]{1,200})\}/y;
const QUOTED = /"[^"\n]{0,200}"|'[^'\n]{0,200}'/g;
const ENTRY =
  /^(?:[.#][\p{L}\p{N}_:.-]{1,100}|(?:width|height|style|class|id|target|rel|title|loading|decoding|align|alt|lang|dir|start|type|download|data-[\w-]{1,40})=[^\s"'`<>=]{0,200})$/u;

/** A list of attributes as Pandoc, kramdown and markdown-it write them: `{.class #id width=50%}`. */
export interface AttributeList {
  end: number;
  /** Null when it names none. */
  id: string | null;
}

/** The list of attributes at `start`; null when what stands there is none. */
export function readAttributes(markdown: string, start: number): AttributeList | null {
  LIST.lastIndex = start;
  const inner = LIST.exec(markdown)?.[1];
  if (inner === undefined) return null;
  const entries = inner
    .replace(QUOTED, 'x')
    .trim()
    .split(/[ \t]+/);
  if (!entries.every((entry) => ENTRY.test(entry))) return null;
  const id = entries.find((entry) => entry.startsWith('#'))?.slice(1) ?? null;
  return { end: LIST.lastIndex, id };
}

/** Signs of Markdown that a list may follow without a blank: it is of the link, the code or the emphasis before it. */
export const ATTACHED = /[)\]*_~`=]/;

/** Characters of a line that is looked at as a heading. */
const MAX_LINE = 2_000;

/** Whether what stands at `start` is in a heading. */
export function isInHeading(markdown: string, start: number): boolean {
  // A line is never looked through whole: each of its signs would do so again.
  const before = markdown.slice(Math.max(start - MAX_LINE, 0), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (line.length === MAX_LINE) return false;
  if (/^ {0,3}#{1,6}[ \t]/.test(line)) return true;
  const rest = markdown.slice(start, start + MAX_LINE);
  const next = rest.indexOf('\n');
  return next !== -1 && /^\n {0,3}(?:=+|-+)[ \t]*(?:\n|$)/.test(rest.slice(next, next + 200));
}

const OPEN = '\ufdd2';
const CLOSE = '\ufdd3';

/** Stands for the id of a heading until it is rendered: noncharacters of Unicode around hexadecimal digits, which no mark of Markdown breaks. */
export function markId(id: string): string {
  return `${OPEN}${Buffer.from(id).toString('hex')}${CLOSE}`;
}

const MARK = new RegExp(`[ \\t]?${OPEN}([0-9a-f]{0,800})${CLOSE}`, 'g');

/** Takes the marks of ids out of a text, and gives the last one's digits. */
export function takeMarks(text: string): { text: string; digits: string | null } {
  if (!text.includes(OPEN)) return { text, digits: null };
  let digits: string | null = null;
  const rest = text.replace(MARK, (_, found: string) => {
    digits = found;
    return '';
  });
  return { text: rest, digits };
}

/** The id that digits stand for; null when it is none that a list can have. */
export function idOf(digits: string | undefined): string | null {
  if (digits === undefined) return null;
  const id = Buffer.from(digits, 'hex').toString();
  return /^[\p{L}\p{N}_:.-]{1,100}$/u.test(id) ? id : null;
}
