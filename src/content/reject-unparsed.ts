import { splitFrontMatter } from './front-matter/split-front-matter.ts';
import type { ParsedArticle } from './parse-article.ts';
import type { Problem } from './problems/problem.ts';
import { createProblem } from './problems/problem-catalogue.ts';
import { findHidingLine } from './visibility/find-visibility.ts';

/**
 * What becomes of a file that is not parsed, since that does harm: it is rejected, and a readable line that hides the article
 * counts. @param harm in words that follow "Reading it"
 * @param text null: not even that line is looked for
 */
export function rejectUnparsed(path: string, text: string | null, harm: string): ParsedArticle {
  return rejectFile(createProblem('FILE_SET_ASIDE', path, { words: { harm } }), text);
}

/** What becomes of a file that cannot be read. @param legible as of rejectUnparsed's text */
export function rejectFile(problem: Problem, legible: string | null): ParsedArticle {
  const key = legible === null ? null : findHidingKey(legible);
  if (key === null) return { article: null, problems: [problem] };
  const hides = createProblem('FRONT_MATTER_HIDES', problem.path, { line: 1, column: 1, words: { key } });
  return { article: null, problems: [problem, hides], isTakenDown: true };
}

function findHidingKey(text: string): string | null {
  const split = splitFrontMatter(text);
  return findHidingLine(split.kind === 'block' ? split.block : text);
}
