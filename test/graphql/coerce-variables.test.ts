import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    writeFileSync(`${folder}/one.md`, '---\ntitle: one\n---\nText.\n');
  });
});
afterAll(() => engine?.close());

const LIST = '{ totalCount }';

test.each<[query: string, variables: Record<string, unknown>, argument: string, variable: string]>([
  [`query Q($first: Int) { articles(first: $first) ${LIST} }`, { first: 'x' }, 'articles(first)', '$first'],
  [
    `query Q($filter: ArticleFilter) { list: articles(filter: $filter) ${LIST} }`,
    { filter: { quality: { gte: 'much' } } },
    'list(filter).quality.gte',
    '$filter.quality.gte',
  ],
  [
    `query Q($filter: ArticleFilter) { articles(filter: $filter) ${LIST} }`,
    { filter: { or: [{ quality: { gte: 1 } }, { colour: 1 }] } },
    'articles(filter).or.1',
    '$filter.or.1',
  ],
  [
    `query Q($min: Int) { articles(filter: {or: [{title: {eq: "a"}}, {quality: {gte: $min}}]}) ${LIST} }`,
    { min: 1.5 },
    'articles(filter).or.1.quality.gte',
    '$min',
  ],
  [
    `query Q($by: [ArticleOrderBy!]) { topics { edges { node { articles(orderBy: $by) ${LIST} } } } }`,
    { by: [{ field: 'TITLE' }, { field: 'COLOUR' }] },
    'topics.edges.node.articles(orderBy).1.field',
    '$by.1.field',
  ],
  [`query Q($id: ID!) { node(id: $id) { id } }`, {}, 'node(id)', '$id'],
  [`query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: null }, 'nodes(ids)', '$ids'],
  // For two arguments, for a directive, in a fragment: the variable is what can be named.
  [
    `query Q($n: Int) { a: articles(first: $n) ${LIST} b: articles(last: $n) ${LIST} }`,
    { n: 'x' },
    '$n',
    '$n',
  ],
  [`query Q($if: Boolean!) { articles @include(if: $if) ${LIST} }`, { if: 1 }, '$if', '$if'],
  [
    `query Q($n: Int) { ...F } fragment F on Query { articles(first: $n) ${LIST} }`,
    { n: [1, 2] },
    '$n',
    '$n',
  ],
])('%s with %j: %s', async (query, variables, argument, variable) => {
  const { data, errors } = await engine.ask(query, { variables });
  expect(data).toBeUndefined();
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'BAD_USER_INPUT', argument, variable },
  ]);
});

test('each of several mistakes has its own place', async () => {
  const { errors } = await engine.ask(
    `query Q($f: ArticleFilter, $n: Int) { articles(filter: $f, first: $n) ${LIST} }`,
    { variables: { f: { quality: { in: [1, 'x', 3, 'y'] }, heat: { lt: {} } }, n: true } },
  );
  const variables = errors.map(({ extensions }) => extensions.variable);
  expect(variables.toSorted()).toEqual(['$f.heat.lt', '$f.quality.in.1', '$f.quality.in.3', '$n']);
  for (const { message, extensions } of errors) {
    const [, at = 'n'] = /at "([^"]+)";/.exec(message) ?? [];
    expect(`$${at.replaceAll(/\[(\d+)\]/g, '.$1')}`).toBe(extensions.variable);
  }
});

test('a null where a default was meant to be', async () => {
  const field =
    'query Q($way: OrderDirection = DESC) { articles(orderBy: [{field: TITLE, direction: $way}]) { totalCount } }';
  for (const variables of [{}, { way: 'ASC' }])
    expect((await engine.ask(field, { variables })).code).toBeUndefined();
  const { errors } = await engine.ask(field, { variables: { way: null } });
  expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'articles(orderBy)' });

  const condition =
    'query Q($if: Boolean = true) { articles @skip(if: $if) { totalCount } topics { totalCount } }';
  const refused = await engine.ask(condition, { variables: { if: null } });
  expect(refused.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: '@skip(if)' });
});
