import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parserDepth } from '../../src/engine/sql/nesting.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (const name of ['one', 'two']) {
      const related = `related: [{title: other, webUrl: "https://x.example/${name === 'one' ? 'two' : 'one'}", images: ["https://img.example/1.jpg"], provider: Herald}]`;
      const head = `title: ${name}\nwebUrl: https://x.example/${name}\nprovider: Herald\ntopics: [News]\nimages: ["https://img.example/2.jpg"]\n${related}`;
      writeFileSync(`${folder}/${name}.md`, `---\n${head}\n---\n`);
    }
  });
});
afterAll(() => engine?.close());

// A filter of all levels that are allowed, the most roundabout one of each kind.
const every =
  'topics: {every: {articles: {every: {topics: {none: {articles: {some: {title: {endsWith: "o"}}}}}}}}}';
const mixed =
  'or: [{not: {related: {none: {source: {publishedAt: {notIn: ["2024-01-01T00:00:00Z"]}, title: {endsWith: "e"}}}}}}, {quality: {gt: 3}}]';
const FILTERS = [
  '',
  `filter: {${every}}`,
  `filter: {${mixed}}`,
  'filter: {not: {not: {not: {not: {title: {notIn: ["one"]}}}}}}',
  'filter: {related: {every: {provider: {articles: {every: {provider: {name: {notIn: ["x"]}, domain: {isNull: true}}}}}}}}',
];

/** The steps that lead from an article to articles. */
const STEPS: Record<string, (args: string, inner: string) => string> = {
  'through the provider': (args, inner) =>
    `provider { articles(${args}) { totalCount edges { node { ${inner} } } } }`,
  'through topics': (args, inner) =>
    `topics { articles(${args}) { edges { cursor node { ${inner} } } pageInfo { hasNextPage endCursor } } }`,
  'through links': (_, inner) =>
    `related { images { relatedLink { source { ${inner} } } } article { slug } }`,
  'backwards through links': (args, inner) =>
    `referencedBy(${args.replace('first', 'last')}) { edges { node { ${inner} } } pageInfo { hasPreviousPage startCursor } }`,
};

describe('SQLite takes the statement of any depth', () => {
  const cases = Object.keys(STEPS).flatMap((step) =>
    [1, 3, 9].flatMap((depth) => FILTERS.map((filter) => ({ step, depth, filter }))),
  );

  test.each(cases)('$depth levels $step, $filter', async ({ step, depth, filter }) => {
    const args = `first: 1, ${filter}`;
    const innermost = 'title html';
    const deep = Array.from({ length: depth }).reduce<string>(
      (inner) => STEPS[step]?.(args, inner) ?? '',
      innermost,
    );
    for (const query of [
      `{ articles(first: 1, ${filter}) { totalCount edges { node { ${deep} } } pageInfo { hasNextPage } } }`,
      `{ articles(last: 1, before: null, ${filter}) { edges { node { slug ${deep} } } pageInfo { endCursor } } }`,
    ]) {
      const answer = await engine.ask(query);
      expect(answer.errors).toEqual([]);
      expect(answer.report.statements).toBe(1);
    }
    const { data } = await engine.ask(`{ articles(first: 1) { edges { node { id provider { id } } } } }`);
    const { id, provider } = data.articles.edges[0].node;
    const answer = await engine.ask(
      `query Q($ids: [ID!]!) { nodes(ids: $ids) { ... on Article { ${deep} } } }`,
      { variables: { ids: [id, provider.id] } },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data.nodes).toHaveLength(2);
  });

  test('more fields than a function takes arguments', async () => {
    const many = (count: number, field: string) =>
      Array.from({ length: count }, (_, index) => `f${index}: ${field}`).join(' ');
    const answer = await engine.ask(
      `{ ${many(200, 'article(slug: "one") { title }')} articles { edges { node { ${many(300, 'title')} ${many(60, '__typename').replaceAll('f', 't')} } } } }`,
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data.f199).toEqual({ title: 'one' });
    expect(Object.keys(answer.data.articles.edges[0].node)).toHaveLength(360);
    expect(answer.data.articles.edges[0].node.f299).toBe(answer.data.articles.edges[0].node.f0);
  });

  test('fifty conditions and a list of ten thousand values', async () => {
    const conditions = Array.from({ length: 49 }, (_, index) => ({ title: { ne: `x${index}` } }));
    const values = Array.from({ length: 10_000 }, (_, index) => `v${index}`);
    const filter = { and: conditions, slug: { in: [...values, 'one'] } };
    const answer = await engine.ask(
      'query Q($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }',
      { variables: { filter } },
    );
    expect(answer.data).toEqual({ articles: { totalCount: 1 } });
  });
});

describe('parserDepth is no less than what the parser needs', () => {
  const wraps: Record<string, (inner: string) => string> = {
    'a call': (inner) => `json_object('a', ${inner})`,
    'a condition': (inner) => `(1 = 1 OR 1 = 1 AND NOT (${inner}))`,
    EXISTS: (inner) => `NOT EXISTS (SELECT 1 FROM (SELECT 1 AS a) AS t WHERE t.a = 1 AND NOT (${inner}))`,
    IN: (inner) => `1 IN (SELECT ${inner})`,
    'a derived table': (inner) => `(SELECT json_object('a', 1) FROM (SELECT ${inner} AS a) AS t)`,
    'a sub-select': (inner) => `(SELECT json_object('a', ${inner}) FROM (SELECT 1) AS t)`,
    FILTER: (inner) => `(SELECT json_group_array(1) FILTER (WHERE ${inner}))`,
    CASE: (inner) => `CASE WHEN 1 THEN 2 WHEN 2 THEN ${inner} END`,
    'a compound': (inner) => `(SELECT 1 UNION ALL SELECT ${inner} AS a ORDER BY a)`,
    'an opaque condition': (inner) => `(iif(1 = 1 AND (${inner}), 1, 0))`,
    'an order': (inner) => `(SELECT 1 FROM (SELECT 1) ORDER BY ${inner})`,
  };

  test.each(Object.entries(wraps))('%s', async (_, wrap) => {
    for (let sql = '1'; ; sql = wrap(sql)) {
      const statement = `SELECT ${sql} AS data`;
      const refused = await (await engine.reader.prisma()).$queryRawUnsafe(statement).then(
        () => false,
        (error) => /parser stack overflow/.test(String(error)),
      );
      if (!refused) continue;
      expect(parserDepth(statement)).toBeGreaterThan(97);
      return;
    }
  });
});
