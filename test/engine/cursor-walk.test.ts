import { mkdirSync, writeFileSync } from 'node:fs';
import { type GraphQLEnumType, isEnumType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../support/built-in-schema.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

const ARTICLES = 1000;
const PAGE = 64;

let engine: Engine;

/** 1,000 articles in which most values occur many times or are missing. */
function writeArticles(folder: string): void {
  mkdirSync(folder);
  for (let index = 0; index < ARTICLES; index += 1) {
    const keys = {
      title: ['Straße', 'STRASSE', 'Σίσυφος', 'a', 'ｚ', '😀', 'İstanbul', `Title ${index % 50}`][index % 8],
      publishedDateTime: index % 5 === 0 ? undefined : `2024-01-${String((index % 7) + 1).padStart(2, '0')}`,
      quality: index % 3 === 0 ? undefined : index % 4,
      heat: index % 4 === 0 ? -1 : index % 2,
      // One name in many domains, so that names are equal; one provider with a third of all.
      provider:
        index % 3 === 0 ? { domain: 'large.example' } : { name: 'Same', domain: `d${index % 150}.example` },
      topics: ['Everything', `Topic ${index % 120}`],
      related: [{ webUrl: 'https://own.example/target' }],
      webUrl: index === 0 ? 'https://own.example/target' : undefined,
    };
    const head = Object.entries(keys).filter(([, value]) => value !== undefined);
    const lines = head.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
    writeFileSync(`${folder}/${index}.md`, `---\n${lines}---\n`);
  }
}

beforeAll(async () => {
  engine = await openEngine(writeArticles);
});
afterAll(() => engine?.close());

interface Connection {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
}

/** `field` has `ARGS` where its arguments go and `{…}` where its selection goes. */
async function askPage(field: string, args: string): Promise<Connection> {
  const selection =
    '{ totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
  const answer = await engine.ask(`{ ${field.replace('ARGS', args).replace('{…}', selection)} }`);
  if (answer.errors[0]) throw answer.errors[0];
  const find = (value: Record<string, unknown>): Connection =>
    'edges' in value
      ? (value as unknown as Connection)
      : find(Object.values(value)[0] as Record<string, unknown>);
  return find(answer.data);
}

/** The ids of all pages, as somebody who follows pageInfo sees them. */
async function walk(field: string, orderBy: string, way: 'forward' | 'backward'): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let more = true; more; ) {
    const size = way === 'forward' ? `first: ${PAGE}` : `last: ${PAGE}`;
    const from = cursor === null ? '' : `, ${way === 'forward' ? 'after' : 'before'}: "${cursor}"`;
    const page = await askPage(field, `(${size}${from}, orderBy: ${orderBy})`);
    const ids = page.edges.map(({ node }) => node.id);
    if (way === 'forward') seen.push(...ids);
    else seen.unshift(...ids);
    const { pageInfo } = page;
    expect(pageInfo.startCursor).toBe(page.edges[0]?.cursor);
    expect(pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
    // Whoever comes from one side can go back to it.
    expect(way === 'forward' ? pageInfo.hasPreviousPage : pageInfo.hasNextPage).toBe(cursor !== null);
    if (pageInfo.startCursor !== null) expect(pageInfo.startCursor).toMatch(/^W[\w-]+$/);
    more = way === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    cursor = way === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
    if (seen.length > ARTICLES) throw new Error('The walk does not end.');
  }
  return seen;
}

/** Each field in both directions, and a few orders of several fields that end either way. */
function ordersOf(enumName: string): string[] {
  const type = schema.getType(enumName);
  const fields = isEnumType(type) ? (type as GraphQLEnumType).getValues().map(({ name }) => name) : [];
  const term = (field: string | undefined, direction: string) => `{field: ${field}, direction: ${direction}}`;
  const single = fields.flatMap((field) => ['ASC', 'DESC'].map((direction) => `[${term(field, direction)}]`));
  const [first, second] = fields;
  return [
    ...single,
    `[${term(second, 'ASC')}, ${term(first, 'DESC')}]`,
    `[${term(second, 'DESC')}, ${term(first, 'ASC')}]`,
    // As many as are allowed.
    `[${fields
      .slice(-4)
      .map((field) => term(field, 'DESC'))
      .join(', ')}]`,
  ];
}

async function checkWalks(field: string, order: string, expected: number): Promise<void> {
  const forwards = await walk(field, order, 'forward');
  expect(forwards).toHaveLength(expected);
  expect(new Set(forwards).size).toBe(expected);
  expect(await walk(field, order, 'backward')).toEqual(forwards);
}

test.each(ordersOf('ArticleOrderField'))('1,000 articles by %s, none skipped or repeated', async (order) => {
  await checkWalks('articlesARGS {…}', order, ARTICLES);
});

test.each(ordersOf('ProviderOrderField'))('providers by %s', async (order) => {
  await checkWalks('providersARGS {…}', order, 101);
});

test.each(ordersOf('TopicOrderField'))('topics by %s', async (order) => {
  await checkWalks('topicsARGS {…}', order, 121);
});

test.each([
  ['a provider', 'provider(domain: "large.example") { articlesARGS {…} }', 334],
  ['a topic', 'topic(name: "everything") { articlesARGS {…} }', ARTICLES],
  ['an article that many link to', 'article(slug: "0") { referencedByARGS {…} }', ARTICLES - 1],
])('the articles of %s', async (_, field, expected) => {
  await checkWalks(field, '[{field: PUBLISHED_AT, direction: DESC}]', expected);
  await checkWalks(field, '[{field: QUALITY}, {field: TITLE, direction: DESC}]', expected);
});

test('missing values come last either way', async () => {
  for (const direction of ['ASC', 'DESC']) {
    const { data } = await engine.ask(
      `{ articles(last: 1, orderBy: {field: HEAT, direction: ${direction}}) { edges { node { heat } } } }`,
    );
    expect(data.articles.edges).toEqual([{ node: { heat: null } }]);
  }
});
