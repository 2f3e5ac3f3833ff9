import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AskOptions, type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;

/** 120 articles, three each of the months of 2023 and on, in four sections, of five providers, on eight topics. */
function writeArticles(folder: string): void {
  mkdirSync(folder);
  for (let index = 0; index < 120; index += 1) {
    const keys = {
      title: `Piece ${index} about the ${index % 2 ? 'Harbour' : 'HARBOUR'}`,
      excerpt: `What piece ${index} says.`,
      category: ['news', 'culture', 'science', 'sport'][index % 4],
      publishedDateTime: `202${3 + Math.floor(index / 60)}-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
      quality: index % 101,
      heat: index % 7 === 0 ? -1 : index,
      webUrl: `https://press.example/${index}`,
      provider: { name: `Provider ${index % 5}`, domain: `provider${index % 5}.example` },
      topics: [`Topic ${index % 8}`, `Topic ${(index + 3) % 8}`],
      images: [1, 2].map((at) => ({
        url: `https://img.example/${index}-${at}.jpg`,
        width: 1200,
        height: 800,
      })),
      related: [1, 5, 9].map((step) => ({
        title: `See ${index + step}`,
        webUrl: `https://press.example/${(index + step) % 120}`,
        provider: { name: 'Elsewhere', domain: 'elsewhere.example' },
        images: [{ url: `https://img.example/link-${index}.jpg` }],
      })),
      published: index % 20 !== 19,
    };
    const head = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
    writeFileSync(
      `${folder}/piece-${index}.md`,
      `---\n${head.join('')}---\n# Piece ${index}\n\nThe text of it.\n`,
    );
  }
}

beforeAll(async () => {
  engine = await openEngine(writeArticles);
});
afterAll(() => engine?.close());

const CARD =
  'fragment Card on Article { slug title excerpt publishedAt provider { name domain } images(first: 1) { url width height } }';

interface Query {
  name: string;
  query: string;
  options?: AskOptions;
  /** Rows of tables in the answer. */
  rows: number;
  /** Rows that the operation may read, counted before it ran. */
  cost: number;
  /** Some of the answer, to see that it is one. */
  shows: RegExp;
}

const queries: Query[] = [
  {
    name: 'the nested query of the README',
    query: `{ articles { edges { node { title provider { name articles(first: 3) { edges { node { title } } } } topics { name }
      images { url width height } related { title provider { name } images { url } article { slug } } } } } }`,
    rows: 417,
    cost: 800,
    shows: /"article":\{"slug":"piece-/,
  },
  {
    name: 'home page',
    query: `query Home($lead: ArticleFilter) {
      lead: articles(first: 1, filter: $lead, orderBy: {field: HEAT, direction: DESC}) { edges { node { ...Card } } }
      newest: articles(first: 10) { edges { node { ...Card } } }
      culture: articles(first: 4, filter: {category: {eq: "Culture"}}) { edges { node { ...Card } } }
      topics(first: 5, orderBy: {field: ARTICLE_COUNT, direction: DESC}) { edges { node { name slug articles { totalCount } } } }
      contentVersion { number }
    } ${CARD}`,
    options: { variables: { lead: { images: { count: { gte: 1 } }, quality: { gte: 50 } } } },
    rows: 51,
    cost: 687,
    shows: /"newest":\{"edges":\[\{"node":\{"slug":/,
  },
  {
    name: 'section page',
    query: `query Section($section: String!, $after: String) {
      articles(first: 12, after: $after, filter: {category: {eq: $section}}) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ...Card quality } } } } ${CARD}`,
    options: { variables: { section: 'SCIENCE' } },
    rows: 36,
    cost: 560,
    shows: /"totalCount":30,"pageInfo":\{"hasNextPage":true/,
  },
  {
    name: 'article page',
    query: `query Article($slug: String!) { article(slug: $slug) {
      ...Card body html headings { text anchor } wordCount readingTimeMinutes originalUrl webUrl topics { name slug }
      related { title webUrl provider { name } images { url } article { slug title } }
      referencedBy(first: 5) { totalCount edges { node { slug title } } } } } ${CARD}`,
    options: { variables: { slug: 'piece-30' } },
    rows: 19,
    cost: 192,
    shows: /"html":"<h1 id=\\"piece-30\\">.*"referencedBy":\{"totalCount":3/,
  },
  {
    name: 'provider page',
    query: `{ provider(domain: "www.provider2.example") { name domain articles(first: 10) { totalCount pageInfo { hasNextPage endCursor }
      edges { node { ...Card topics(first: 3) { name } } } } } } ${CARD}`,
    rows: 51,
    cost: 161,
    shows: /"totalCount":24/,
  },
  {
    name: 'topic page',
    query: `{ topic(name: "topic  3") { name slug articles(first: 10, orderBy: [{field: QUALITY, direction: DESC}]) {
      totalCount edges { node { ...Card quality } } } } } ${CARD}`,
    rows: 31,
    cost: 131,
    shows: /"name":"Topic 3".*"quality":9/,
  },
  {
    name: 'archive by month',
    query: `query Month($from: DateTime!, $to: DateTime!) {
      articles(first: 50, filter: {publishedAt: {gte: $from, lt: $to}}, orderBy: {field: PUBLISHED_AT}) {
        totalCount edges { node { slug title publishedAt } } } }`,
    options: { variables: { from: '2024-02-01T00:00:00Z', to: '2024-03-01T00:00:00Z' } },
    rows: 5,
    cost: 574,
    shows: /"totalCount":5.*2024-02-/,
  },
  {
    name: 'more like this',
    query: `query Like($slug: String!) { article(slug: $slug) { slug topics(first: 2) { name articles(first: 4, filter: {not: {slug: {eq: $slug}}},
      orderBy: [{field: QUALITY, direction: DESC}, {field: PUBLISHED_AT, direction: DESC}]) { edges { node { slug title provider { name } } } } } } }`,
    options: { variables: { slug: 'piece-7' } },
    rows: 19,
    cost: 25,
    shows: /"slug":"piece-7"/,
  },
  {
    name: 'search of titles',
    query: `query Search($words: String!) { articles(first: 10, filter: {or: [{title: {contains: $words}}, {excerpt: {contains: $words}}]}) {
      totalCount edges { node { slug title excerpt(length: 20) } } } }`,
    options: { variables: { words: 'PIECE 11' } },
    rows: 10,
    cost: 535,
    shows: /"totalCount":10/,
  },
  {
    name: 'RSS',
    query:
      '{ articles(first: 50) { edges { node { id title excerpt html publishedAt webUrl provider { name } topics { name } images(first: 1) { url } } } } }',
    rows: 250,
    cost: 2950,
    shows: /"html":"<h1/,
  },
  {
    name: 'sitemap',
    query:
      '{ articles(first: 100, orderBy: {field: TITLE}) { pageInfo { hasNextPage endCursor } edges { node { slug publishedAt webUrl } } } }',
    rows: 100,
    cost: 100,
    shows: /"hasNextPage":true/,
  },
  {
    name: 'admin list',
    query: `{ articles(first: 25, filter: {or: [{published: {eq: false}}, {quality: {lt: 10}}, {provider: {articles: {count: {lt: 2}}}}]}) {
      totalCount edges { node { id slug title published isSecured quality heat topics { name } related { article { published } } } } } }`,
    options: { preview: true },
    rows: 225,
    cost: 972,
    shows: /"published":false/,
  },
  {
    name: 'mixed nodes',
    query: `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Article { title provider { name } } ... on Provider { name articles(first: 2) { totalCount } }
      ... on Topic { name } ... on Image { url article { slug } } ... on RelatedLink { linkTitle: title source { slug } } } }`,
    rows: 8,
    cost: 636,
    shows:
      /^\{"data":\{"nodes":\[\{"__typename":"Article".*null.*"__typename":"Provider".*"__typename":"Topic".*"__typename":"Image".*"__typename":"RelatedLink"/,
  },
];

async function someIds(): Promise<string[]> {
  const { data } = await engine.ask(
    '{ articles(first: 1) { edges { node { id provider { id } topics { id } images { id } related { id } } } } }',
  );
  const { id, provider, topics, images, related } = data.articles.edges[0].node;
  return [id, 'a_none', provider.id, topics[0].id, images[0].id, related[0].id];
}

test.each(queries)('one statement: $name', async ({ query, options, rows, cost, shows }) => {
  const variables = options?.variables ?? { ids: await someIds() };
  const answer = await engine.ask(query, { ...options, variables, showsCost: true });
  expect(answer.errors).toEqual([]);
  expect(answer.text).toMatch(shows);
  expect(answer.report.statements).toBe(1);
  expect({ rows: answer.report.rows, cost: answer.report.cost }).toEqual({ rows, cost });
});
