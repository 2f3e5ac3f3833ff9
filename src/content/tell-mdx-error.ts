import type { ParsedArticle } from './parse-article.ts';
import { createProblem } from './problems/problem-catalogue.ts';

/**
 * What is told of a file, with what makes its text no valid MDX, if anything does. The parser is read for a text that looks like it
 * alone, as it takes longer to start than many files take to load.
 */
export async function tellMdxError(
  path: string,
  { suspectMdx, ...parsed }: ParsedArticle,
): Promise<Omit<ParsedArticle, 'suspectMdx'>> {
  if (suspectMdx === undefined) return parsed;
  const { findMdxError } = await import('../text/mdx/find-mdx-error.ts');
  const error = findMdxError(suspectMdx.text);
  if (error === null) return parsed;
  const { reason, column } = error;
  const line = suspectMdx.line + error.line - 1;
  return {
    ...parsed,
    problems: [...parsed.problems, createProblem('MDX_INVALID', path, { line, column, words: { reason } })],
  };
}
