import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type GraphQLNamedType,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../support/built-in-schema.ts';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';

const NEWER = 'application/graphql-response+json';
const folder = mkdtempSync(join(tmpdir(), 'errors-'));
let content: ContentGateway;

beforeAll(async () => {
  for (const slug of ['Harbour', 'quay'])
    writeFileSync(join(folder, `${slug}.md`), `---\ntitle: ${slug}\n---\n`);
  content = await createContentGateway(folder);
});
afterAll(async () => {
  await content.close();
  rmSync(folder, { recursive: true });
});

interface Refusal {
  status: number;
  errors: { message: string; locations?: object[]; path?: unknown[]; extensions: Record<string, unknown> }[];
}

async function ask(body: object, accept = NEWER): Promise<Refusal> {
  const response = await post(content.gateway, body, { accept });
  return { status: response.status, ...((await response.json()) as Omit<Refusal, 'status'>) };
}

describe('a literal that does not fit', () => {
  it.each([
    ['{ article(url: "example.com/x") { id } }', 'article(url)', 16],
    ['{ article(url: "ftp://example.com/x") { id } }', 'article(url)', 16],
    ['{ article(url: "javascript:alert(1)") { id } }', 'article(url)', 16],
    ['{ article(url: "https://") { id } }', 'article(url)', 16],
    [`{ article(url: "https://example.com/${'x'.repeat(3000)}") { id } }`, 'article(url)', 16],
    ['{ article(url: 5) { id } }', 'article(url)', 16],
    ['{ article(url: [{ a: $b }]) { id } }', 'article(url)', 16],
    [
      '{ articles(filter: { publishedAt: { gte: "soon" } }) { totalCount } }',
      'articles(filter).publishedAt.gte',
      42,
    ],
    [
      '{ articles(filter: { publishedAt: { gte: 5 } }) { totalCount } }',
      'articles(filter).publishedAt.gte',
      42,
    ],
    [
      '{ articles(filter: { publishedAt: { gte: ENUM } }) { totalCount } }',
      'articles(filter).publishedAt.gte',
      42,
    ],
    [
      '{ list: articles(filter: { or: [{ quality: { gte: "x" } }] }) { totalCount } }',
      'list(filter).or.0.quality.gte',
      51,
    ],
    ['{ articles(first: "x") { totalCount } }', 'articles(first)', 19],
    ['{ articles(nope: 1) { totalCount } }', 'articles(nope)', 12],
  ])('is 400 with its argument and place: %s', async (query, argument, column) => {
    const { status, errors } = await ask({ query });
    expect(status).toBe(400);
    expect(errors[0]).toMatchObject({
      locations: [{ line: 1, column }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', argument },
    });
  });

  it.each(['example.com/x', 'ftp://example.com', 5, [], { a: 1 }, 'x'.repeat(100_000)])(
    'is refused as a variable, too: %j',
    async (url) => {
      const { status, errors } = await ask({
        query: 'query Q($url: URL!) { article(url: $url) { id } }',
        variables: { url },
      });
      expect([status, errors[0]?.extensions]).toMatchObject([
        400,
        { code: 'BAD_USER_INPUT', variable: '$url' },
      ]);
    },
  );
});

describe('an operation that cannot be found', () => {
  it.each<[query: string, operationName: string | undefined, message: string]>([
    [
      'query A { __typename } query B { __typename }',
      undefined,
      'The document has 2 operations. Name one as operationName: "A", "B".',
    ],
    ['query A { __typename }', 'C', 'The document has no operation named "C". It has "A".'],
    ['{ __typename }', 'C', 'The document has no operation named "C". Its operation has no name.'],
    ['fragment F on Query { __typename }', undefined, 'The document has fragments only, and no operation.'],
  ])('has its own words: %s', async (query, operationName, message) => {
    const { status, errors } = await ask({ query, operationName });
    expect([status, errors.length]).toEqual([400, 1]);
    expect(errors[0]).toMatchObject({ message, extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
    expect((await ask({ query, operationName }, 'application/json')).status).toBe(200);
  });
});

it('limits of cost and document are 200 for application/json and 400 for the newer media type', async () => {
  const dear =
    '{ articles(first: 100) { edges { node { related { article { referencedBy(first: 100) { edges { node { title } } } } } } } } }';
  const aliases = `{ ${Array.from({ length: 40 }, (_, at) => `a${at}: __typename`).join(' ')} }`;
  const deep = `{ articles { edges { node ${'{ provider { articles { edges { node '.repeat(5)} { id } ${'} } } }'.repeat(5)} } } }`;
  const long = `{ ${'articles { totalCount } '.repeat(2000)} }`;
  for (const [query, code] of [
    [dear, 'COST_LIMIT_EXCEEDED'],
    [aliases, 'ALIAS_LIMIT'],
    [deep, 'DEPTH_LIMIT'],
    [long, 'TOKEN_LIMIT'],
  ]) {
    const [newer, older] = [await ask({ query }), await ask({ query }, 'application/json')];
    expect([newer.status, older.status, newer.errors[0]?.extensions.code]).toEqual([400, 200, code]);
    expect(older.errors).toEqual(newer.errors);
  }
});

it('an error of a field has the place of the field beside its path', async () => {
  const { errors } = await ask({ query: '{\n  articles(first: 1) { edges { node { securedBody } } }\n}' });
  expect(errors[0]).toMatchObject({
    locations: [{ line: 2, column: 39 }],
    path: ['articles', 'edges', 0, 'node', 'securedBody'],
  });
});

it('a BOM before the body is passed over', async () => {
  const body = Buffer.from('\ufeff{"query":"{ articles { totalCount } }"}');
  const headers = { 'content-type': 'application/json' };
  const response = await content.gateway.fetch(
    new Request('http://test/graphql', { method: 'POST', headers, body }),
  );
  expect(await response.json()).toEqual({ data: { articles: { totalCount: 2 } } });
});

it('a slug is read letter by letter, in the finder and in the filter', async () => {
  const query = `query Q($slug: String!) {
    article(slug: $slug) { slug }
    articles(filter: { slug: { eq: $slug } }) { totalCount }
    part: articles(filter: { slug: { startsWith: $slug } }) { totalCount }
  }`;
  const find = async (slug: string) => (await post(content.gateway, { query, variables: { slug } })).json();
  expect(await find('Harbour')).toEqual({
    data: { article: { slug: 'Harbour' }, articles: { totalCount: 1 }, part: { totalCount: 1 } },
  });
  expect(await find('harbour')).toEqual({
    data: { article: null, articles: { totalCount: 0 }, part: { totalCount: 0 } },
  });
});

it('the schema has no input type that no argument leads to', () => {
  const reached = new Set<string>();
  const reach = (type: GraphQLNamedType) => {
    if (reached.has(type.name)) return;
    reached.add(type.name);
    if (isInputObjectType(type))
      for (const { type: of } of Object.values(type.getFields())) reach(getNamedType(of));
  };
  const types = Object.values(schema.getTypeMap());
  for (const type of types) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { args } of Object.values(type.getFields()))
      for (const arg of args) reach(getNamedType(arg.type));
  }
  expect(types.filter((type) => isInputObjectType(type) && !reached.has(type.name))).toEqual([]);
});

describe('a document of very many lines', () => {
  it('is refused before an error could be placed in it', async () => {
    const { status, errors } = await ask({ query: `{ articles { totalCount } }${'\n'.repeat(5_000)}` });
    expect([status, errors[0]?.message, errors[0]?.extensions]).toMatchObject([
      400,
      'The document has more than 5000 lines.',
      { code: 'TOKEN_LIMIT', limit: { name: 'lines', max: 5_000, found: 5_001 } },
    ]);
  });

  it('is answered up to that', async () => {
    expect((await ask({ query: `{ articles { totalCount } }${'\n'.repeat(4_000)}` })).status).toBe(200);
  });

  it('has five places at most for one error', async () => {
    const query = `query Q(${'$a: Int '.repeat(400)}) { articles(first: $a) { totalCount } }`;
    const { errors } = await ask({ query });
    expect(errors[0]?.locations).toHaveLength(5);
  });
});
