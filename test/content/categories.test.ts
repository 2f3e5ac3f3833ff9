import { expect, it } from 'vitest';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

it.each([
  ['category: news', ['news']],
  ['section: news', ['news']],
  ['categories: news', ['news']],
  ['categories: news, sea', ['news', 'sea']],
  ['category: Arts, Culture', ['Arts, Culture']],
  ['categories: [news, "Arts, Culture"]', ['news', 'Arts, Culture']],
  ['categories: [[news, sea], [News, sky]]', ['news', 'sea', 'sky']],
  ['categories: [null, news]', ['news']],
  ['category: no', ['no']],
  ['categories: []', []],
  ['categories: [sea, News]\ncategory: news', ['news', 'sea']],
  ['Categories: sky\nsection: sea\ncategory: news', ['news', 'sea', 'sky']],
  ['category: []\ncategories: [sea]', ['sea']],
])('sections are read from %s', (lines, names) => {
  const article = parseClean(fileOf(`title: T\n${lines}`));
  expect(article.categories.map(({ name }) => name)).toEqual(names);
  expect(article.category).toBe(names[0] ?? null);
});

it('a section is one in any spelling, and no topic', () => {
  const { categories } = parseClean(fileOf('title: T\ncategory: News  desk'));
  const other = parseClean(fileOf('title: T\nsection: NEWS desk\ntags: news desk'));
  expect(categories).toMatchObject([{ slug: 'news-desk', id: other.categories[0]?.id }]);
  expect(other.topics[0]?.id).not.toBe(other.categories[0]?.id);
});

it('a hundred sections are read of one file, and more are told of', () => {
  const { article, problems } = parseLoaded(
    fileOf(`title: T\ncategories: [${Array.from({ length: 101 }, (_, index) => `c${index}`).join(', ')}]`),
  );
  expect(article.categories).toHaveLength(100);
  expect(problems.map(({ code }) => code)).toEqual(['LIST_TOO_LONG']);
});
