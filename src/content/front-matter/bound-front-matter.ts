import type { FrontMatterLanguage } from './split-front-matter.ts';

/** Characters of a block. */
export const MAX_BLOCK_LENGTH = 2 * 1024 * 1024;
const MAX_BLANK_RUN = 2000;
/**
 * Of characters at which a value may begin or end; a block of prose has some in each line. The readers of TOML and JSON keep
 * hundreds of bytes for each.
 */
const MAX_MARKS = { yaml: 200_000, toml: 60_000, json: 60_000, header: 200_000 };
/** Brackets that are open at one place. Far more than may nest, since text has brackets too. */
const MAX_OPEN = 1_000;

// What an ASCII character is to the count, looked up in a table: it is asked of each character.
// In TOML `a.b.c = 1` is four values.
const [TEXT, MARK, OPEN, CLOSE] = [0, 1, 2, 3];
const CLASSES = {
  yaml: classify('\n,:'),
  toml: classify('\n,:.='),
  json: classify('\n,:'),
  header: classify('\n,'),
};

/**
 * Whether a block of front matter is more than a parser is given: it is measured without one, in time and memory that a
 * parser would need for what it refuses. `large`: too long, or with thousands of blank characters in a row, for which
 * gray-matter's search for comments takes time by the square. `complex`: more values or levels than can be meant.
 */
export function findExcess(block: string, language: FrontMatterLanguage): 'large' | 'complex' | null {
  if (block.length > MAX_BLOCK_LENGTH) return 'large';
  if (block.length <= MAX_OPEN) return null;
  if (hasBlankRun(block)) return 'large';
  // Most blocks have fewer characters than they may have marks, and are not looked at one by one.
  if (block.length <= MAX_MARKS[language] && countOpeners(block) <= MAX_OPEN) return null;
  const classes = CLASSES[language];
  let marks = 0;
  let open = 0;
  for (let index = 0; index < block.length; index += 1) {
    const kind = classes[block.charCodeAt(index)] ?? TEXT;
    if (kind === TEXT) continue;
    if (kind === OPEN) open += 1;
    else if (kind === CLOSE) open = Math.max(0, open - 1);
    marks += 1;
    if (marks > MAX_MARKS[language] || open > MAX_OPEN) return 'complex';
  }
  return null;
}

function classify(marks: string): Uint8Array {
  const classes = new Uint8Array(128);
  for (const [characters, kind] of [
    [marks, MARK],
    ['[{', OPEN],
    [']}', CLOSE],
  ] as const) {
    for (const character of characters) classes[character.charCodeAt(0)] = kind;
  }
  return classes;
}

/** Such a run covers one of the places that are its length apart, so that only those are looked at. */
function hasBlankRun(block: string): boolean {
  for (let place = MAX_BLANK_RUN; place < block.length; place += MAX_BLANK_RUN + 1) {
    let start = place;
    while (start >= 0 && isBlank(block, start)) start -= 1;
    if (start === place) continue;
    let end = place;
    while (end < block.length && isBlank(block, end)) end += 1;
    if (end - start - 1 > MAX_BLANK_RUN) return true;
  }
  return false;
}

/** Up to one more than may be open. */
function countOpeners(block: string): number {
  let count = 0;
  for (const opener of '[{') {
    let at = block.indexOf(opener);
    while (at !== -1 && count <= MAX_OPEN) {
      count += 1;
      at = block.indexOf(opener, at + 1);
    }
  }
  return count;
}

function isBlank(block: string, index: number): boolean {
  const code = block.charCodeAt(index);
  return code <= 32 || code === 0xa0 || (code >= 0x1680 && /\s/u.test(block.charAt(index)));
}

const MAX_LOCATED_LENGTH = 256 * 1024;
/** Of characters that mean something to YAML. For each, `yaml` may keep a kilobyte. */
const MAX_LOCATED_MARKS = 8_000;
/** It compares each key with all before it. */
const MAX_COMPARED_MARKS = 2_000;

/** How far `yaml` may look for places in a block, so that it takes some tenths of a second and 20 MB at most. */
export function boundLocating(block: string): { isAllowed: boolean; mayCompareKeys: boolean } {
  const marks = block.length > MAX_LOCATED_LENGTH ? Infinity : countMarks(block);
  return { isAllowed: marks <= MAX_LOCATED_MARKS, mayCompareKeys: marks <= MAX_COMPARED_MARKS };
}

function countMarks(block: string): number {
  let marks = 0;
  for (const _ of block.matchAll(/[^\p{L}\p{N} /+=;._]/gu)) {
    marks += 1;
    if (marks > MAX_LOCATED_MARKS) break;
  }
  return marks;
}
