const MAX_MARKS = 100;
const MAX_COLUMNS = 200;
// Of all lines together: each is an item or a quote.
const MAX_ALL_MARKS = 200_000;

/**
 * True when a line of Markdown opens more than 100 quotes and lists, or stands in a list indented by more than 200 columns
 * (a tab counts as 4), or all lines together open more than 200,000. Parsing such takes stack by the depth, time by its
 * cube and memory by the number, and nobody writes it by hand.
 */
export function nestsTooDeep(markdown: string): boolean {
  let all = 0;
  for (let start = 0; start < markdown.length; ) {
    const marks = countMarks(markdown, start);
    if (marks === null) return true;
    all += marks;
    if (all > MAX_ALL_MARKS) return true;
    const end = markdown.indexOf('\n', start);
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
}

const MARK = /(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|$))/y;

/** How many quotes and lists a line opens; null when they nest too deep. */
function countMarks(markdown: string, start: number): number | null {
  let marks = 0;
  let columns = 0;
  for (let at = start; at < markdown.length; ) {
    const sign = markdown[at];
    if (sign === ' ' || sign === '\t') {
      columns += sign === ' ' ? 1 : 4;
      at += 1;
      continue;
    }
    MARK.lastIndex = at;
    const mark = MARK.exec(markdown)?.[0];
    if (mark === undefined) break;
    marks += 1;
    columns += mark.length;
    if (marks > MAX_MARKS || columns > MAX_COLUMNS) return null;
    at += mark.length;
  }
  return marks;
}

const MAX_OPEN_TAGS = 500;
const MAX_TAGS = 400_000;
const TAG = /<(\/?)([a-z][^\s/>]*)/gi;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/**
 * True when HTML has more than 400,000 tags, or more than 500 of them open at one place: a parser's stack is searched at
 * each tag.
 */
export function hasTooManyTags(html: string): boolean {
  const open: string[] = [];
  let tags = 0;
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    tags += 1;
    if (tags > MAX_TAGS) return true;
    if (slash === '') {
      if (!VOID.test(name) && open.push(name.toLowerCase()) > MAX_OPEN_TAGS) return true;
    } else if (open.at(-1) === name.toLowerCase()) open.pop();
  }
  return false;
}
