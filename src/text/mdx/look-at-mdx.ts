import { findCodeEnd, findFenceEnd } from '../syntax/skip-code.ts';

/** What MDX shows without being parsed. */
export interface MdxLook {
  /** Without its expressions and tags, as far as they are well written. */
  text: string;
  /** The components in it that no tool of ours knows, as `<Chart>`. */
  components: string[];
  /** Whether something in it may be no valid MDX. */
  isSuspect: boolean;
}

const MAX_COMPONENTS = 20;

const SIGN = /\n|`+|\\[^\n]|\{|<(?=\S)/g;
const BRACE = /[{}]/g;
const NAME = /<\/?[ \t\n]{0,100}([A-Za-z_$][\w$.:-]*)?/y;
const WITHIN_TAG = /["'{<>]/g;
// Strings and expressions are a quotation mark here.
const ODD = /[^\w$:.\-=\s/"]|=(?!\s{0,100}")|\/(?=\s{0,100}[^\s])/;

/**
 * Looks at MDX without imports and exports: in time by its length, and far quicker than a parser. It is for what is made of files
 * while they are loaded; what readers get is made by mdxToMarkdown.
 */
export function lookAtMdx(mdx: string): MdxLook {
  if (!/[<{]/.test(mdx)) return { text: mdx, components: [], isSuspect: false };
  const kept: string[] = [];
  const components = new Set<string>();
  let isSuspect = false;
  let copied = 0;
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
    if (sign !== '{' && sign !== '<') continue;
    const end = sign === '{' ? findBraceEnd(mdx, at) : findTagEnd(mdx, index, components);
    // The rest is as its author wrote it: so it is where a parser gives up.
    isSuspect ||= end === null || (sign === '{' && isCutByBlankLine(mdx, index, end));
    if (end === null) break;
    kept.push(mdx.slice(copied, index));
    copied = end;
    at = end;
  }
  kept.push(mdx.slice(copied));
  return { text: kept.join(''), components: [...components], isSuspect };
}

/** Behind the brace that closes the one before `from`; null where none does. */
export function findBraceEnd(mdx: string, from: number): number | null {
  let depth = 1;
  BRACE.lastIndex = from;
  for (let brace = BRACE.exec(mdx); brace !== null; brace = BRACE.exec(mdx)) {
    depth += brace[0] === '{' ? 1 : -1;
    if (depth === 0) return BRACE.lastIndex;
  }
  return null;
}

/** An expression within a paragraph ends with it; one that begins a line may go on. */
function isCutByBlankLine(mdx: string, start: number, end: number): boolean {
  const before = mdx.slice(Math.max(start - 200, 0), start);
  return /[^\s]/.test(before.slice(before.lastIndexOf('\n') + 1)) && /\n[ \t]*\n/.test(mdx.slice(start, end));
}

/** Behind the tag that begins at `start`. Null where there is no end, or what stands before it is no tag of MDX. */
export function findTagEnd(mdx: string, start: number, components: Set<string>): number | null {
  NAME.lastIndex = start;
  const [opening = '', name] = NAME.exec(mdx) ?? [];
  let at = start + opening.length;
  if (name === undefined) return mdx[at] === '>' ? at + 1 : null;
  const rest: string[] = [];
  for (;;) {
    WITHIN_TAG.lastIndex = at;
    const found = WITHIN_TAG.exec(mdx);
    if (found === null || found[0] === '<') return null;
    rest.push(mdx.slice(at, found.index));
    at = found.index + 1;
    if (found[0] === '>') break;
    const end = found[0] === '{' ? findBraceEnd(mdx, at) : mdx.indexOf(found[0], at) + 1 || null;
    if (end === null) return null;
    at = end;
    rest.push('"');
  }
  if (ODD.test(rest.join(''))) return null;
  const isComponent = /^[A-Z]|\./.test(name) && opening[1] !== '/';
  if (isComponent && components.size < MAX_COMPONENTS) components.add(`<${name.slice(0, 60)}>`);
  return at;
}
