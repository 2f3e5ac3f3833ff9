import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../support/built-in-schema.ts';
import { createCorpusFolder } from '../support/corpus.ts';
import { openStepCounter } from '../support/count-steps.ts';
import { explain as explainPlan } from '../support/explain.ts';
import { compileText } from '../support/reference/compile-text.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;

beforeAll(async () => {
  const corpus = await createCorpusFolder({ articles: 300, seed: 5 });
  engine = await openEngine((folder) => cpSync(corpus.folder, folder, { recursive: true }));
  corpus.remove();
});
afterAll(() => engine?.close());

// A page is put into its array by a sort of its own, of as many rows as it has.
const SORTS = /TEMP B-TREE FOR (?!json_group_array)/;

const explain = (query: string, seesHidden: boolean) => explainPlan(engine, schema, query, seesHidden);

async function firstCursor(field: string, args: string, seesHidden: boolean): Promise<string> {
  const { data } = await engine.ask(`{ ${field} { articles(first: 1, ${args}) { edges { cursor } } } }`, {
    preview: seesHidden,
  });
  return (
    Object.values<{ articles: { edges: { cursor: string }[] } }>(data)[0]?.articles.edges[0]?.cursor ?? ''
  );
}

// What is sorted is read whole: with these orders a page would cost what its parent has.
describe.each(['PUBLISHED_AT', 'QUALITY', 'HEAT', 'TITLE'])(
  'a page by %s is a range of an index',
  (field) => {
    const cases = ['provider', 'topic'].flatMap((parent) =>
      ['ASC', 'DESC'].flatMap((direction) =>
        [false, true].map((preview) => ({ parent, direction, preview })),
      ),
    );

    test.each(cases)(
      'under a $parent, $direction, preview: $preview',
      async ({ parent, direction, preview }) => {
        const list = `${parent}s(first: 1, orderBy: {field: ARTICLE_COUNT, direction: DESC})`;
        const { data } = await engine.ask(`{ list: ${list} { edges { node { id } } } }`, { preview });
        const root = `${parent}(id: "${data.list.edges[0].node.id}")`;
        const orderBy = `orderBy: {field: ${field}, direction: ${direction}}`;
        const cursor = await firstCursor(root, orderBy, preview);
        expect(cursor).not.toBe('');
        for (const page of [
          'first: 3',
          'last: 3',
          `first: 3, after: "${cursor}"`,
          `last: 3, before: "${cursor}"`,
        ]) {
          const steps = await explain(
            `{ ${root} { articles(${page}, ${orderBy}) { edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage } } } }`,
            preview,
          );
          expect(
            steps.filter((step) => SORTS.test(step)),
            steps.join('\n'),
          ).toEqual([]);
        }
      },
    );

    test.each(['ASC', 'DESC'])('of all articles, %s', async (direction) => {
      for (const preview of [false, true]) {
        const steps = await explain(
          `{ articles(orderBy: {field: ${field}, direction: ${direction}}) { edges { node { title } } } }`,
          preview,
        );
        expect(
          steps.filter((step) => SORTS.test(step)),
          steps.join('\n'),
        ).toEqual([]);
      }
    });
  },
);

// Among equal values the rest of the order is sorted; it cannot be had without an index for each two fields.
describe('an order of two fields walks the index of the first', () => {
  const orders = [
    ['QUALITY', 'DESC', 'TITLE', 'ASC'],
    ['QUALITY', 'DESC', 'TITLE', 'DESC'],
    ['HEAT', 'ASC', 'QUALITY', 'DESC'],
    ['TITLE', 'ASC', 'PUBLISHED_AT', 'DESC'],
    ['PUBLISHED_AT', 'ASC', 'HEAT', 'ASC'],
  ];
  const lists = ['QUERY', 'provider(domain: "x") { QUERY }', 'topic(slug: "x") { QUERY }'];

  test.each(lists.flatMap((list) => orders.map((order) => [list, ...order])))(
    '%s by %s %s, %s %s',
    async (list, first, direction, second, other) => {
      const orderBy = `[{field: ${first}, direction: ${direction}}, {field: ${second}, direction: ${other}}]`;
      for (const preview of [false, true]) {
        const query = `articles(orderBy: ${orderBy}) { edges { node { title } } }`;
        const steps = await explain(`{ ${list?.replace('QUERY', query)} }`, preview);
        const sorts = steps.filter((step) => SORTS.test(step));
        // Of the published and of the others, where both are seen.
        const ranges = preview ? 2 : 1;
        expect(sorts, steps.join('\n')).toEqual(
          Array.from({ length: ranges }, () => expect.stringMatching(/LAST|RIGHT PART/)),
        );
      }
    },
  );
});

describe('a page reads what it holds, of published and hidden articles merged too', () => {
  const orders = ['PUBLISHED_AT', 'QUALITY', 'HEAT', 'TITLE'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction) => `{field: ${field}, direction: ${direction}}`),
  );
  const counts = ['NAME', 'ARTICLE_COUNT'].flatMap((field) =>
    ['ASC', 'DESC'].map((direction) => `{field: ${field}, direction: ${direction}}`),
  );
  const lists = [
    ...orders.map((order) => ['articles', order]),
    ...counts.flatMap((order) => [
      ['providers', order],
      ['topics', order],
    ]),
  ];

  test.each(lists)('%s by %s', async (list, order) => {
    const counter = openStepCounter(engine.url.slice('file:'.length));
    for (const preview of [false, true]) {
      const { data } = await engine.ask(
        `{ ${list}(first: 100, orderBy: ${order}) { totalCount edges { cursor node { id } } } }`,
        { preview },
      );
      const { edges, totalCount } = data[list as string];
      expect(totalCount).toBeGreaterThan(list === 'articles' ? 250 : 30);
      const cursor = edges[30].cursor;
      const steps = [
        'first: 3',
        'last: 3',
        `first: 3, after: "${cursor}"`,
        `last: 3, before: "${cursor}"`,
      ].map((page) => {
        const statement = compileText(
          `{ ${list}(${page}, orderBy: ${order}) { edges { node { id } } pageInfo { hasNextPage hasPreviousPage } } }`,
          { preview },
        );
        return statement ? counter.count(statement) : 0;
      });
      // Each row that is visited takes several.
      expect(Math.min(...steps)).toBeGreaterThan(20);
      expect(Math.max(...steps)).toBeLessThan(Math.min(totalCount, 100) * 5);
    }
    counter.close();
  });
});
