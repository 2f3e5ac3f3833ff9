import { readFileSync } from 'node:fs';

/** A page of the documentation, by its path from the root of the repository. */
export function readPage(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** A fenced block and its language, in the order of the page. */
export interface Block {
  language: string;
  text: string;
}

/** The fenced code blocks of a page. */
export function codeBlocks(page: string): Block[] {
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gmu)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The section under a heading, up to the next one of its level or above. */
export function section(page: string, heading: string): string {
  const lines = page.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`There is no heading "${heading}".`);
  const level = heading.indexOf(' ');
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => /^#+ /u.test(line) && line.indexOf(' ') <= level);
  return (end === -1 ? after : after.slice(0, end)).join('\n');
}

/** The cells of the tables' rows whose first cell is code, with its back-ticks taken off. */
export function codeRows(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [first = '', ...others] = line.slice(1, -1).split(/(?<!\\)\|/u);
      return [first.trim().replaceAll('`', ''), ...others.map((cell) => cell.trim())];
    });
}
