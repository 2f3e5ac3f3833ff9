const MAX_LINE = 400;
/** Characters within backticks. */
const MAX_SPAN = 5_000;
/** Runs of backticks that are looked at for one that closes another. */
const MAX_RUNS = 50;

// What may stand before a fence: the signs of the quotes and lists that it is in.
const FENCE =
  /((?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t]){0,200})(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})[^\n]*(?:\n|$)/y;
const RUN = /`+|\n[ \t]{0,200}\n/g;

/**
 * Where a fence of code that begins in the line at `start` ends, with all that is in it; null when none does. One that its author
 * left open ends with the quote or item that it is in.
 */
export function findFenceEnd(markdown: string, start: number): number | null {
  FENCE.lastIndex = start;
  const [, prefix = '', mark] = FENCE.exec(markdown) ?? [];
  if (mark === undefined) return null;
  const isQuoted = prefix.includes('>');
  const indent = /[^ \t>]/.test(prefix) ? widthOf(prefix) : widthOf(prefix) >= 4 ? 1 : 0;
  for (let at = FENCE.lastIndex; at < markdown.length; ) {
    const next = markdown.indexOf('\n', at);
    const end = next === -1 ? markdown.length : next + 1;
    const line = markdown.slice(at, Math.min(end, at + MAX_LINE));
    const bare = line.trimStart();
    const isInside = isQuoted
      ? bare.startsWith('>')
      : bare === '' || widthOf(line.slice(0, line.length - bare.length)) >= indent;
    if (!isInside) return at;
    const rest = (isQuoted ? bare.replace(/^[ \t>]*/, '') : bare).trimEnd();
    at = end;
    if (rest.startsWith(mark) && rest === (mark[0] ?? '').repeat(rest.length)) return end;
  }
  return markdown.length;
}

/** Where code between backticks ends; null when nothing closes it within its paragraph. @param start behind the opening `mark` */
export function findCodeEnd(markdown: string, start: number, mark: string): number | null {
  RUN.lastIndex = start;
  for (let runs = 0; runs < MAX_RUNS; runs += 1) {
    const run = RUN.exec(markdown);
    if (run === null || run[0].startsWith('\n') || run.index > start + MAX_SPAN) return null;
    if (run[0] === mark) return RUN.lastIndex;
  }
  return null;
}

/** Columns, a tab as 4. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += sign === '\t' ? 4 : 1;
  return width;
}

/** Code as a fence around it. */
export function fenceOf(source: string, language: string): string {
  const code = source.replace(/^\n/, '').trimEnd();
  let longest = 2;
  for (const [run] of code.matchAll(/~+/g)) longest = Math.max(longest, run.length);
  const mark = '~'.repeat(longest + 1);
  const word = language.replace(/[^\w+#-]/g, '').slice(0, 30);
  return `\n${mark}${word}\n${code}\n${mark}\n`;
}
