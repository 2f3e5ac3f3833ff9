import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (const name of ['one', 'two', 'three']) {
      const head = `title: "${name}"\nprovider: Herald\ntopics: [News]\npublishedDateTime: 2024-01-01\nquality: 7`;
      writeFileSync(`${folder}/${name}.md`, `---\n${head}\n---\nText.\n`);
    }
  });
});
afterAll(() => engine?.close());

/** A cursor with these contents. */
function inBase64(contents: unknown): string {
  return Buffer.from(JSON.stringify(contents)).toString('base64url');
}

/** The same in the form of earlier versions. */
function cursor(contents: unknown): string {
  return `1${Buffer.from(JSON.stringify(contents)).toString('hex').toUpperCase()}`;
}

const DATE = '2024-01-01T00:00:00.000Z';

describe('a cursor that does not fit is INVALID_CURSOR, in a list of its own and in a nested one', () => {
  const wrong: [what: string, cursor: string][] = [
    ['empty', ''],
    ['words', 'not a cursor'],
    ['base64', 'YXJyYXljb25uZWN0aW9uOjA='],
    ['a version to come', cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x']).replace('1', '2')],
    ['lower case', cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x']).toLowerCase()],
    ['half a byte short', cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x']).slice(0, -1)],
    ['cut', cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x']).slice(0, -8)],
    ['longer', `${cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x'])}00`],
    ['with a blank', `${cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x'])} `],
    ['in base64url, with padding', `${inBase64(['Article,PUBLISHED_AT DESC', DATE, 'a_xx'])}=`],
    ['in base64url, with a blank', ` ${inBase64(['Article,PUBLISHED_AT DESC', DATE, 'a_x'])}`],
    ['in base64url, cut', inBase64(['Article,PUBLISHED_AT DESC', DATE, 'a_x']).slice(0, -5)],
    ['in base64url, of another order', inBase64(['Article,QUALITY DESC', 7, 'a_x'])],
    ['in base64url, null for a text', inBase64(['Article,PUBLISHED_AT DESC', null, 'a_x'])],
    ['in base64url, too few values', inBase64(['Article,PUBLISHED_AT DESC', DATE])],
    ['no JSON', `1${Buffer.from('[1,').toString('hex').toUpperCase()}`],
    ['no UTF-8', '1FFFE'],
    ['no array', cursor({ a: 1 })],
    ['null', cursor(null)],
    ['an empty array', cursor([])],
    ['too few values', cursor(['Article,PUBLISHED_AT DESC', DATE])],
    ['too many values', cursor(['Article,PUBLISHED_AT DESC', DATE, 'a_x', 'a_y'])],
    ['a number for a text', cursor(['Article,PUBLISHED_AT DESC', 7, 'a_x'])],
    ['a list for a text', cursor(['Article,PUBLISHED_AT DESC', [DATE], 'a_x'])],
    ['null for a text', cursor(['Article,PUBLISHED_AT DESC', null, 'a_x'])],
    ['another order', cursor(['Article,QUALITY DESC', 7, 'a_x'])],
    ['another direction', cursor(['Article,PUBLISHED_AT ASC', DATE, 'a_x'])],
    ['another type', cursor(['Topic,NAME ASC', 'news', 't_x'])],
    ['a NUL in it', cursor(['Article,PUBLISHED_AT DESC', 'a\0b', 'a_x'])],
    [
      'half a character',
      `1${Buffer.from('["Article,PUBLISHED_AT DESC","\\ud800","a_x"]').toString('hex').toUpperCase()}`,
    ],
  ];
  test.each(wrong)('%s', async (_, value) => {
    for (const argument of ['after', 'before']) {
      const query = `query Q($cursor: String) { articles(${argument}: $cursor) { totalCount edges { node { id } } } }`;
      const nested = `query Q($cursor: String) { topics { edges { node { articles(${argument}: $cursor) { edges { node { id } } } } } } }`;
      for (const text of [query, nested]) {
        const { code, data } = await engine.ask(text, { variables: { cursor: value } });
        expect([code, data ?? null]).toEqual(['INVALID_CURSOR', null]);
      }
    }
  });

  test.each([
    ['a text for a number', cursor(['Article,QUALITY ASC', '7', 'a_x'])],
    ['a fraction', cursor(['Article,QUALITY ASC', 7.5, 'a_x'])],
    ['a number beyond exactness', cursor(['Article,QUALITY ASC', 1e300, 'a_x'])],
    ['a number for an id', cursor(['Article,QUALITY ASC', 7, 1])],
  ])('%s', async (_, value) => {
    const { code } = await engine.ask(
      'query Q($cursor: String) { articles(after: $cursor, orderBy: {field: QUALITY}) { totalCount } }',
      {
        variables: { cursor: value },
      },
    );
    expect(code).toBe('INVALID_CURSOR');
  });

  test('a plan that another cursor made refuses it too', async () => {
    const query = 'query Q($cursor: String) { articles(after: $cursor) { edges { cursor } } }';
    const first = await engine.ask('{ articles(first: 1) { edges { cursor } } }');
    const good = first.data.articles.edges[0].cursor;
    expect((await engine.ask(query, { variables: { cursor: good } })).data.articles.edges).toHaveLength(2);
    expect(
      (await engine.ask(query, { variables: { cursor: cursor(['Article,TITLE ASC', 'one', 'a_x']) } })).code,
    ).toBe('INVALID_CURSOR');
  });

  test('a cursor of a row that is gone still finds its place', async () => {
    const { data } = await engine.ask(
      'query Q($cursor: String) { articles(after: $cursor) { edges { node { id } } } }',
      {
        variables: { cursor: cursor(['Article,PUBLISHED_AT DESC', '2024-01-02T00:00:00.000Z', 'a_gone']) },
      },
    );
    expect(data.articles.edges).toHaveLength(3);
  });
});

/** A filter of so many levels, the innermost a condition. */
function nested(levels: number, wrap: (inner: string) => string, inner = 'title: {eq: "one"}'): string {
  return levels === 1 ? `{${inner}}` : `{${wrap(nested(levels - 1, wrap, inner))}}`;
}

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `{title: {ne: "${index}"}}`).join(', ');

describe('arguments that cannot be served', () => {
  test.each([
    ['articles(first: -1)', 'BAD_USER_INPUT', 'articles(first)'],
    ['articles(last: -1)', 'BAD_USER_INPUT', 'articles(last)'],
    ['articles(first: 101)', 'BAD_USER_INPUT', 'articles(first)'],
    ['articles(last: 101)', 'BAD_USER_INPUT', 'articles(last)'],
    ['articles(first: 1, last: 1)', 'BAD_USER_INPUT', 'articles(last)'],
    ['articles(filter: {title: null})', 'BAD_USER_INPUT', 'articles(filter).title'],
    ['articles(filter: {title: {eq: null}})', 'BAD_USER_INPUT', 'articles(filter).title.eq'],
    ['articles(filter: {not: null})', 'BAD_USER_INPUT', 'articles(filter).not'],
    ['articles(filter: {provider: null})', 'BAD_USER_INPUT', 'articles(filter).provider'],
    ['articles(filter: {topics: {some: null}})', 'BAD_USER_INPUT', 'articles(filter).topics.some'],
    ['articles(filter: {topics: {count: null}})', 'BAD_USER_INPUT', 'articles(filter).topics.count'],
    ['articles(filter: {title: {isNull: null}})', 'BAD_USER_INPUT', 'articles(filter).title.isNull'],
    ['articles(filter: {or: null})', 'BAD_USER_INPUT', 'articles(filter).or'],
    // Each filter in the list and each operator counts, and so does the filter around them.
    [`articles(filter: {or: [${many(50)}]})`, 'BAD_USER_INPUT', 'articles(filter).or.49.title'],
    [`articles(filter: {or: [${'{}, '.repeat(1_000)}]})`, 'BAD_USER_INPUT', 'articles(filter).or.99'],
    [
      `articles(filter: {and: [${'{topics: {some: {}}}, '.repeat(300)}]})`,
      'BAD_USER_INPUT',
      'articles(filter).and.33',
    ],
    [`articles(filter: ${nested(6, (inner) => `not: ${inner}`)})`, 'FILTER_TOO_DEEP', 'articles(filter)'],
    [`articles(filter: ${nested(6, (inner) => `and: [${inner}]`)})`, 'FILTER_TOO_DEEP', 'articles(filter)'],
    [
      `articles(filter: ${nested(6, (inner) => `referencedBy: {some: {source: ${inner}}}`, 'title: {eq: "x"}')})`,
      'FILTER_TOO_DEEP',
      'articles(filter)',
    ],
    [
      'articles(orderBy: [{field: TITLE}, {field: TITLE, direction: DESC}])',
      'BAD_USER_INPUT',
      'articles(orderBy)',
    ],
  ])('%s', async (field, code, argument) => {
    const answer = await engine.ask(`{ ${field} { totalCount } }`);
    expect([answer.code, answer.errors[0]?.extensions.argument, answer.data ?? null]).toEqual([
      code,
      argument,
      null,
    ]);
    expect(answer.report.statements).toBe(0);
  });

  test.each([
    ['article { id }', 'article'],
    ['article(id: "a_1", slug: "one") { id }', 'article'],
    ['article(id: null) { id }', 'article'],
    ['provider { id }', 'provider'],
    ['topic(id: "t_1", name: "News", slug: "news") { id }', 'topic'],
  ])('%s', async (field, argument) => {
    const answer = await engine.ask(`{ ${field} }`);
    expect([answer.code, answer.errors[0]?.extensions.argument]).toEqual(['BAD_USER_INPUT', argument]);
  });

  test('a nested argument is named by its path in the response, alias and all', async () => {
    const answer = await engine.ask(
      '{ list: topics { edges { node { mine: articles(first: 101) { totalCount } } } } }',
    );
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(answer.errors[0]?.extensions.argument).toBe('list.edges.node.mine(first)');
  });

  test('a bad argument under @skip is no matter; of a plan with other variables it is', async () => {
    const query =
      'query Q($skip: Boolean!) { __typename articles(first: -1) @skip(if: $skip) { totalCount } }';
    expect((await engine.ask(query, { variables: { skip: true } })).data).toEqual({ __typename: 'Query' });
    expect((await engine.ask(query, { variables: { skip: false } })).code).toBe('BAD_USER_INPUT');
  });

  test('nodes takes 100 ids', async () => {
    const query = 'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = Array.from({ length: 101 }, () => 'a_1');
    expect((await engine.ask(query, { variables: { ids } })).code).toBe('BAD_USER_INPUT');
    expect((await engine.ask(query, { variables: { ids: ids.slice(1) } })).data.nodes).toEqual(
      Array(100).fill(null),
    );
  });

  test('variables that do not coerce', async () => {
    const answer = await engine.ask('query Q($first: Int) { articles(first: $first) { totalCount } }', {
      variables: { first: 'x' },
    });
    expect(answer.code).toBe('BAD_USER_INPUT');
  });

  test('a cost over the limit is told with figure, limit and dearest field, and nothing is read', async () => {
    const answer = await engine.ask(
      '{ articles(first: 100) { edges { node { provider { articles(first: 100) { edges { node { id } } } } } } } }',
      {
        maxCost: 1000,
      },
    );
    expect(answer.code).toBe('COST_LIMIT_EXCEEDED');
    expect(answer.errors[0]?.extensions).toMatchObject({
      limit: { name: 'MAX_COST', max: 1000, found: 10_200 },
      field: 'articles.edges.node.provider.articles',
    });
    expect(answer.report.statements).toBe(0);
  });
});

describe('what is not there', () => {
  test.each([
    'article(id: "a_0")',
    'article(slug: "none")',
    'article(url: "https://none.example/")',
    'provider(id: "p_0")',
  ])('%s is null', async (field) => {
    expect((await engine.ask(`{ found: ${field} { id } }`)).text).toBe('{"data":{"found":null}}');
  });

  test.each([
    'provider(domain: "none.example")',
    'topic(id: "t_0")',
    'topic(slug: "none")',
    'topic(name: "None")',
    'node(id: "a_0")',
    'node(id: "?")',
    'node(id: "")',
  ])('%s is null', async (field) => {
    expect((await engine.ask(`{ found: ${field} { id } }`)).text).toBe('{"data":{"found":null}}');
  });

  test('filter null and orderBy null are as left out', async () => {
    const { data } = await engine.ask(
      '{ articles(filter: null, orderBy: null, first: null, after: null) { totalCount } }',
    );
    expect(data.articles.totalCount).toBe(3);
  });

  test('an empty list: a count, no cursors, no pages', async () => {
    const none = '(filter: {title: {eq: "none"}})';
    const { data } = await engine.ask(
      `{ count: articles${none} { totalCount } name: articles${none} { __typename }
         page: articles${none} { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    );
    expect(data).toEqual({
      count: { totalCount: 0 },
      name: { __typename: 'ArticleConnection' },
      page: {
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
    });
  });
});
