const MAX_MARKS = 100;
const MAX_COLUMNS = 200;

/**
 * True when a line of Markdown opens more than 100 quotes and lists, or stands in a list indented by more than 200 columns
 * (a tab counts as 4). Parsing such takes stack by the depth and time by its cube, and nobody writes it by hand.
 */
export function nestsTooDeep(markdown: string): boolean {
  for (let start = 0; start < markdown.length; ) {
    if (opensTooDeep(markdown, start)) return true;
    const end = markdown.indexOf('\n', start);
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
}

const MARK = /(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|$))/y;

function opensTooDeep(markdown: string, start: number): boolean {
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
    if (mark === undefined) return false;
    marks += 1;
    columns += mark.length;
    if (marks > MAX_MARKS || columns > MAX_COLUMNS) return true;
    at += mark.length;
  }
  return false;
}

const MAX_TAGS = 500;
const TAG = /<(\/?)([a-z][^\s/>]*)/gi;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** True when more than 500 tags of HTML are open at one place: a parser's stack is searched at each tag. */
export function opensTooManyTags(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = ''] of html.matchAll(TAG)) {
    if (slash === '') {
      if (!VOID.test(name) && open.push(name.toLowerCase()) > MAX_TAGS) return true;
    } else if (open.at(-1) === name.toLowerCase()) open.pop();
  }
  return false;
}
