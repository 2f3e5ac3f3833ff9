import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCorpusFolder } from '../support/corpus.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

// Each of these took minutes, or gigabytes, when filters were walked row by row and fragments written out without end.
// No figure is asserted: that they are answered at all, within the test's own time limit, is the point.
let engine: Engine;

beforeAll(async () => {
  const corpus = await createCorpusFolder({ articles: 1_500, seed: 11 });
  engine = await openEngine((folder) => cpSync(corpus.folder, folder, { recursive: true }));
  corpus.remove();
});
afterAll(() => engine?.close());

const steps = (count: number, inner: string): string =>
  count === 0 ? inner : `topics: {some: {articles: {some: {${steps(count - 1, inner)}}}}}`;

describe('filters through many relations', () => {
  test.each([
    `{provider: {articles: {some: {title: {contains: "zzz"}}}}}`,
    `{not: {topics: {every: {articles: {none: {excerpt: {contains: "q"}}}}}}}`,
    `{${steps(2, 'title: {contains: "zzz"}')}}`,
    `{provider: {articles: {count: {gte: 2}}}, referencedBy: {count: {eq: 0}}}`,
    `{provider: {articles: {every: {referencedBy: {none: {source: {title: {contains: "zz"}}}}}}}}`,
  ])(
    '%s',
    async (filter) => {
      const { errors, data } = await engine.ask(
        `{ articles(filter: ${filter}) { totalCount edges { node { id } } } }`,
      );
      expect(errors).toEqual([]);
      expect(data.articles.edges).toHaveLength(Math.min(20, data.articles.totalCount));
    },
    20_000,
  );
});

test('a short document that spells a long operation is refused', async () => {
  const fragments = [0, 1, 2, 3, 4, 5].map(
    (i) =>
      `fragment F${i} on Article { related(first: 0) { source { ...F${i + 1} } article { ...F${i + 1} } } images(first: 0) { article { ...F${i + 1} } } }`,
  );
  const { code, errors } = await engine.ask(
    `{ article(slug: "x") { ...F0 } } ${fragments.join(' ')} fragment F6 on Article { id }`,
  );
  expect(code).toBe('COST_LIMIT_EXCEEDED');
  expect(errors[0]?.extensions?.limit).toEqual({ name: 'fields', max: 1_000, found: null });
});

test('lists of none are charged all the same', async () => {
  const { report } = await engine.ask(
    '{ articles(first: 0) { edges { node { related(first: 0) { images { id } } } } } }',
  );
  expect(report.cost).toBeGreaterThan(1);
});
