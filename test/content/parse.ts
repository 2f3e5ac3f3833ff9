import { expect } from 'vitest';
import type { ArticleRecord } from '../../src/content/article/article.ts';
import { parseArticle } from '../../src/content/parse-article.ts';
import type { Problem } from '../../src/content/problems/problem.ts';

/** A file of front matter and, if given, a body. */
export function fileOf(frontMatter: string, body = ''): string {
  return `---\n${frontMatter}\n---\n${body}`;
}

/** The article of a text that must be loaded, with its problems. */
export function parseLoaded(
  text: string,
  path = 'folder/a-file.md',
): { article: ArticleRecord; problems: Problem[] } {
  const { article, problems } = parseArticle(path, text);
  expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  if (article === null) throw new Error('the article was rejected without an error');
  return { article, problems };
}

/** The article of a text that must be loaded without any problem. */
export function parseClean(text: string, path?: string): ArticleRecord {
  const { article, problems } = parseLoaded(text, path);
  expect(problems).toEqual([]);
  return article;
}

/** The codes of a text's problems, in order. */
export function codesOf(text: string, path = 'a.md'): string[] {
  return parseArticle(path, text).problems.map((problem) => problem.code);
}
