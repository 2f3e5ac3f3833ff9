import { mkdirSync, writeFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { explain as explainPlan } from '../support/explain.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

const model = `fields:
  authors: { kind: terms, of: Author }
  motto:   { kind: text, index: true }
  weight:  { kind: int, order: true }
  rating:  { kind: float, order: true }
  name:    { kind: text, order: true }
  level:   { kind: enum, values: [a, b, c], index: true }
  guide:   { kind: article }
`;

let engine: Engine;
let schema: GraphQLSchema;

beforeAll(async () => {
  const parsed = parseModel(model);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  schema = buildSchema(parsed.model);
  engine = await openEngine(
    (folder) => {
      mkdirSync(folder);
      for (let i = 0; i < 400; i += 1) {
        const keys = [
          `title: T${i}`,
          `date: 2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
          ...(i % 4 === 0 ? ['draft: true'] : []),
          ...(i % 3 === 0 ? [] : [`weight: ${i % 50}`, `rating: ${i / 8}`, `name: name ${i}`]),
          `authors: [P${i % 20}, P${i % 7}]`,
          `motto: m${i % 30}`,
          `level: ${'abc'[i % 3]}`,
          `guide: n${(i * 7) % 400}`,
        ];
        writeFileSync(`${folder}/n${i}.md`, `---\n${keys.join('\n')}\n---\n`);
      }
    },
    undefined,
    parsed.model,
  );
});
afterAll(() => engine?.close());

// A page is put into its array by a sort of its own, of as many rows as it has.
const SORTS = /TEMP B-TREE FOR (?!json_group_array)/;

const explain = async (query: string, seesHidden: boolean) =>
  (await explainPlan(engine, schema, query, seesHidden)).join('\n');

describe.each(['WEIGHT', 'RATING', 'NAME'])('a page by the own key %s walks its index', (field) => {
  test.each(['ASC', 'DESC'].flatMap((direction) => [false, true].map((preview) => ({ direction, preview }))))(
    '$direction, preview: $preview',
    async ({ direction, preview }) => {
      const orderBy = `orderBy: {field: ${field}, direction: ${direction}}`;
      const { data } = await engine.ask(`{ articles(first: 5, ${orderBy}) { edges { cursor } } }`, {
        preview,
      });
      const cursor = data.articles.edges[4].cursor;
      for (const page of [
        'first: 3',
        'last: 3',
        `first: 3, after: "${cursor}"`,
        `last: 3, before: "${cursor}"`,
      ]) {
        const steps = await explain(
          `{ articles(${page}, ${orderBy}) { edges { node { title } } } }`,
          preview,
        );
        expect(steps).not.toMatch(SORTS);
        expect(steps).toMatch(
          new RegExp(`USING INDEX own Article: published, own\\.${field.toLowerCase()}\\.`),
        );
      }
    },
  );
});

describe('a filter by an own key finds its articles in an index', () => {
  test.each([
    ['motto: { eq: "m3" }', /SEARCH .* USING INDEX own Article: own\.motto\.folded/],
    ['motto: { in: ["m3", "m4"] }', /SEARCH .* USING INDEX own Article: own\.motto\.folded/],
    ['level: { eq: b }', /SEARCH .* USING INDEX own Article: own\.level, published/],
    ['weight: { eq: 7 }', /SEARCH .* USING INDEX own Article: own\.weight, published/],
    ['authors: { some: { name: { eq: "p3" } } }', /SEARCH .* INDEX own own\.authors: termId, isPublic/],
    ['guide: { slug: { eq: "n7" } }', /SEARCH .* INDEX .*own\.guide/],
  ])('%s', async (filter, index) => {
    expect(await explain(`{ articles(filter: { ${filter} }) { edges { node { title } } } }`, false)).toMatch(
      index,
    );
  });

  test('with an order by another key, too', async () => {
    const steps = await explain(
      '{ articles(first: 5, filter: { level: { eq: b } }, orderBy: {field: WEIGHT}) { edges { node { title } } } }',
      false,
    );
    expect(steps).toMatch(/USING INDEX own Article: (?:own\.level|published, own\.weight)/);
  });
});

test.each([false, true])('what leads back is a range of an index (preview: %s)', async (preview) => {
  const page = (root: string, field: string) =>
    explain(`{ ${root} { ${field}(first: 3) { totalCount edges { node { title } } } } }`, preview);
  const articles = await page('author(slug: "p3")', 'articles');
  expect(articles).not.toMatch(SORTS);
  expect(articles).toMatch(/INDEX own own\.authors: termId, isPublic, publishedAtDesc, articleId/);
  const guides = await page('article(slug: "n7")', 'guideOf');
  expect(guides).toMatch(/INDEX own own\.guide: (?:targetId, isPublic|.*publicTargetId)/);
});
