import { mkdirSync, writeFileSync } from 'node:fs';
import { GraphQLError, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mappingOf } from '../../src/engine/mapping/mapping.ts';
import { schema } from '../support/built-in-schema.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;
/** Bodies with this word cannot be rendered. */
const BAD = 'unreadable';

const article = schema.getType('Article') as GraphQLObjectType;

/** Makes a computed field of the schema fail for bad bodies, as if its text could not be made. */
function breakField(name: string): void {
  const field = article.getFields()[name];
  const mapping = field && mappingOf(field);
  if (mapping?.kind !== 'computed') throw new Error(`${name} is not computed.`);
  const { compute } = mapping;
  mapping.compute = (row, args, context) => {
    if (String(row.body).includes(BAD)) throw new GraphQLError('It cannot be made.');
    return compute(row, args, context);
  };
}

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (const [name, body] of Object.entries({ good: 'Fine.', bad: BAD, worse: BAD })) {
      const other = name === 'good' ? 'bad' : 'good';
      const head = `title: ${name}\nwebUrl: https://x.example/${name}\nrelated: [{webUrl: "https://x.example/${other}"}]`;
      writeFileSync(`${folder}/${name}.md`, `---\n${head}\n---\n${body}\n`);
    }
  });
  breakField('html');
  breakField('wordCount');
});
afterAll(() => engine?.close());

let ids: Record<string, string>;
beforeEach(async () => {
  const { data } = await engine.ask('{ articles { edges { node { slug id } } } }');
  ids = Object.fromEntries(
    data.articles.edges.map(({ node }: { node: { slug: string; id: string } }) => [node.slug, node.id]),
  );
});

test('others have their turn between values that take long', async () => {
  const mapping = mappingOf(article.getFields().plainText as never);
  if (mapping?.kind !== 'computed') throw new Error('plainText is not computed.');
  const { compute } = mapping;
  let turns = 0;
  let slow = 0;
  mapping.compute = () => {
    slow += 1;
    for (const until = performance.now() + 15; performance.now() < until; );
    return `after ${turns}`;
  };
  const counting = setInterval(() => {
    turns += 1;
  }, 0);
  const { data } = await engine.ask(
    '{ articles { edges { node { a: plainText b: plainText c: plainText } } } }',
  );
  clearInterval(counting);
  mapping.compute = compute;
  expect(slow).toBe(9);
  const seen = data.articles.edges.flatMap(({ node }: { node: object }) => Object.values(node));
  expect(new Set(seen).size).toBeGreaterThan(5);
});

test('a field that may not be null makes the nearest value around it null', async () => {
  const { data, errors, text } = await engine.ask(
    '{ a: article(slug: "bad") { slug html } b: article(slug: "good") { html } }',
  );
  expect(data).toEqual({ a: null, b: { html: '<p>Fine.</p>' } });
  expect(errors.map(({ path, message }) => ({ path, message }))).toEqual([
    { path: ['a', 'html'], message: 'It cannot be made.' },
  ]);
  expect(JSON.parse(text).data).toEqual(data);
});

test('up to the whole answer where nothing around it may be null, and no further error is told', async () => {
  const { data, errors, text } = await engine.ask('{ articles { edges { node { html wordCount } } } }');
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  expect(JSON.parse(text)).toMatchObject({ data: null, errors: [{ message: 'It cannot be made.' }] });
});

test('an item of a list whose items may be null, and no further', async () => {
  const { data, errors } = await engine.ask(
    'query Q($ids: [ID!]!) { nodes(ids: $ids) { ... on Article { slug html wordCount } } }',
    { variables: { ids: [ids.good, ids.bad, ids.good, ids.worse] } },
  );
  const good = { slug: 'good', html: '<p>Fine.</p>', wordCount: 1 };
  expect(data).toEqual({ nodes: [good, null, good, null] });
  expect(errors.map(({ path }) => path)).toEqual([
    ['nodes', 1, 'html'],
    ['nodes', 3, 'html'],
  ]);
});

test('the object of a field that may be null, with one error for all that failed in it', async () => {
  const { data, errors } = await engine.ask(`{
    link: article(slug: "good") { slug related { article { title html wordCount } } }
    list: article(slug: "good") { slug referencedBy { edges { node { html } } } }
    last: article(slug: "good") { slug }
  }`);
  expect(data).toEqual({
    link: { slug: 'good', related: [{ article: null }] },
    list: null,
    last: { slug: 'good' },
  });
  expect(errors.map(({ path }) => path)).toEqual([
    ['link', 'related', 0, 'article', 'html'],
    ['list', 'referencedBy', 'edges', 0, 'node', 'html'],
  ]);
});
