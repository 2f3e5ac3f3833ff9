import { parseArticle } from '../../../src/content/parse-article.ts';

/**
 * As parseArticle, but for texts that tell it to do what a bug in a parser may: to take for ever, to take all memory, to end the
 * thread, or to throw.
 */
export const parseHarmfully: typeof parseArticle = (path, text, reading) => {
  if (text.includes('HANG')) for (;;);
  if (text.includes('FILL')) fill();
  if (text.includes('EXIT')) process.exit(3);
  if (text.includes('THROW')) throw new TypeError('The parser is broken.');
  return parseArticle(path, text, reading);
};

function fill(): never {
  const kept: number[][] = [];
  for (;;) kept.push(new Array<number>(50_000).fill(0.5));
}
