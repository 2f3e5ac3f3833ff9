import { findCodeEnd, findFenceEnd } from '../syntax/skip-code.ts';
import { findBraceEnd, findTagEnd } from './look-at-mdx.ts';

/** Characters that are parsed as MDX at once. In lists within lists the parser takes time by the square: 3 s for so many. */
export const MAX_MDX = 32 * 1024;
/** Characters of a text that is parsed in parts. */
const MAX_WHOLE = 4 * MAX_MDX;
/** Characters from which on a part ends at the next place where it can. */
const PART = 8 * 1024;
/** Braces and tags without an end that are looked for: the part that has them is no MDX. */
const MAX_OPEN = 20;

const SIGN = /\n[ \t]*(?=\n)|\n|`+|\\[^\n]|\{|<(?=\S)/g;

/**
 * The parts of MDX without imports and exports that can be parsed one by one: a long text is cut at blank lines outside of code,
 * expressions and tags. What stands between two tags may be cut, since tags are looked at alone.
 * @returns null when the text or a part is too long
 */
export function splitMdx(mdx: string): string[] | null {
  if (mdx.length <= MAX_MDX) return [mdx];
  if (mdx.length > MAX_WHOLE) return null;
  const parts: string[] = [];
  let start = 0;
  let open = 0;
  let isLineStart = true;
  for (let at = 0; at < mdx.length; ) {
    const fenceEnd = isLineStart ? findFenceEnd(mdx, at) : null;
    if (fenceEnd !== null) {
      at = fenceEnd;
      continue;
    }
    SIGN.lastIndex = at;
    const found = SIGN.exec(mdx);
    if (found === null) break;
    const { 0: sign, index } = found;
    at = index + sign.length;
    isLineStart = sign === '\n';
    if (sign.startsWith('`')) at = findCodeEnd(mdx, at, sign) ?? at;
    else if ((sign === '{' || sign === '<') && open < MAX_OPEN) {
      const end = sign === '{' ? findBraceEnd(mdx, at) : findTagEnd(mdx, index, new Set());
      if (end === null) open += 1;
      at = end ?? at;
    } else if (sign.startsWith('\n') && mdx[at] === '\n') {
      at += 1;
      isLineStart = true;
      if (at - start < PART) continue;
      parts.push(mdx.slice(start, at));
      start = at;
    }
  }
  parts.push(mdx.slice(start));
  return parts.every(({ length }) => length <= MAX_MDX) ? parts : null;
}
