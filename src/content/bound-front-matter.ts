import type { FrontMatterLanguage } from './split-front-matter.ts';

/** Characters of a block. */
export const MAX_BLOCK_LENGTH = 2 * 1024 * 1024;
const MAX_BLANK_RUN = 2000;
/**
 * Of characters at which a value may begin or end; a block of prose has some in each line. The readers of TOML and JSON keep
 * hundreds of bytes for each.
 */
const MAX_MARKS = { yaml: 200_000, toml: 60_000, json: 60_000 };
/** Brackets that are open at one place. Far more than may nest, since text has brackets too. */
const MAX_OPEN = 1_000;

// What an ASCII character is to the count, looked up in a table: this loop sees each character of each file.
// In TOML `a.b.c = 1` is four values.
const [TEXT, MARK, OPEN, CLOSE] = [0, 1, 2, 3];
const CLASSES = { yaml: classify('\n,:'), toml: classify('\n,:.='), json: classify('\n,:') };

/**
 * Whether a block of front matter is more than a parser is given: it is measured without one, in time and memory that a
 * parser would need for what it refuses. `large`: too long, or with thousands of blank characters in a row, for which
 * gray-matter's search for comments takes time by the square. `complex`: more values or levels than can be meant.
 */
export function findExcess(block: string, language: FrontMatterLanguage): 'large' | 'complex' | null {
  if (block.length > MAX_BLOCK_LENGTH) return 'large';
  if (block.length <= MAX_OPEN) return null;
  const classes = CLASSES[language];
  let blanks = 0;
  let marks = 0;
  let open = 0;
  for (let index = 0; index < block.length; index += 1) {
    const code = block.charCodeAt(index);
    blanks = isBlank(code, block, index) ? blanks + 1 : 0;
    if (blanks > MAX_BLANK_RUN) return 'large';
    const kind = classes[code] ?? TEXT;
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

function isBlank(code: number, block: string, index: number): boolean {
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
