import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
import { articleTable } from '../../src/model/tables/article-tables.ts';
import { articleTables } from '../../src/model/tables/content-tables.ts';
import { encodeArticle } from '../../src/store/rows/encode-article.ts';

const text = readFileSync(new URL('../fixtures/articles/harbour-clock.txt', import.meta.url), 'utf8');

function encode(path: string, source: string) {
  const { article } = parseArticle(path, source);
  if (!article) throw new Error('The fixture was rejected.');
  return encodeArticle(article);
}

it('gives the same digest for the same file and another for any change', () => {
  const { digest } = encode('a.txt', text);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(encode('a.txt', text).digest).toBe(digest);
  const changes: [string, string][] = [
    ['isCached: false', 'isCached: true'],
    ['published: false', 'published: true'],
    ['tidepost.example/culture', 'tidepost.example/news'],
  ];
  for (const [from, to] of changes) {
    expect(text, 'the fixture holds what is changed').toContain(from);
    expect(encode('a.txt', text.replace(from, to)).digest).not.toBe(digest);
  }
  expect(encode('b.txt', text).digest).not.toBe(digest);
});

it('makes rows with a cell for each column', () => {
  const { article, text: cells, aliases, uses, links, images } = encode('a.txt', text);
  const rows = [article, JSON.stringify(cells), aliases, ...uses, links, images];
  expect(rows).toHaveLength(articleTables.length);
  const used = new Set(['Article', 'ArticleText', 'ArticleTopic', 'ArticleCategory', 'RelatedLink', 'Image']);
  for (const [index, { name, row: columns }] of articleTables.entries()) {
    const parsed: unknown[][] = JSON.parse(`[${rows[index]}]`);
    if (used.has(name)) expect(parsed.length, name).toBeGreaterThan(0);
    for (const row of parsed) expect(row, name).toHaveLength(columns.length);
  }
});

it('keeps the folded form of an excerpt only where lower case alone is not it', () => {
  const columns = articleTable.row;
  const foldedOf = (excerpt: string) => {
    const source = `---\ntitle: A\nexcerpt: ${JSON.stringify(excerpt)}\n---\n`;
    const [row]: unknown[][] = JSON.parse(`[${encode('a.md', source).article}]`);
    return [row?.[columns.indexOf('excerpt')], row?.[columns.indexOf('excerptFolded')]];
  };
  expect(foldedOf('Plain ASCII, Two words.')).toEqual(['Plain ASCII, Two words.', null]);
  expect(foldedOf('Zur Straße')).toEqual(['Zur Straße', 'zur strasse']);
});
