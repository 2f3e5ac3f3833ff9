import { createHash } from 'node:crypto';
import { articlePage, demoPage, nestedPage } from '../../scripts/bench/lib/operations.ts';

/** A request that is answered on both ways. */
export interface Asked {
  name: string;
  /** @param document what is asked, or the same with a comment behind it that no other request has */
  make(document: string): { method: string; url: string; headers: Record<string, string>; body?: string };
  document: string;
}

type Variables = Record<string, unknown>;

/** What is asked, in which each is right or wrong in another way, with values for its variables. */
const operations: [document: string, variables?: Variables, operationName?: string][] = [
  [nestedPage.query],
  [demoPage.query],
  ...['reading-a-glaze', 'salt-from-a-window-sill', 'absent', ''].map((slug): [string, Variables] => [
    articlePage(slug).query,
    { slug },
  ]),
  ...[{ slug: 7 }, {}, { slug: null }, { slug: ['a'] }, { slug: 'x', more: 1 }].map(
    (variables): [string, Variables] => [articlePage('').query, variables],
  ),
  ...[{ first: 3 }, { first: -1 }, { first: 101 }, { first: 1e12 }, { first: '3' }, { first: 0 }].map(
    (variables): [string, Variables] => [
      'query Page($first: Int) { articles(first: $first) { totalCount edges { cursor node { title } } pageInfo { hasNextPage } } }',
      variables,
    ],
  ),
  ...[{ after: 'nonsense' }, { after: null }, { after: '' }].map((variables): [string, Variables] => [
    'query After($after: String) { articles(first: 2, after: $after) { edges { node { slug } } } }',
    variables,
  ]),
  ...[
    { filter: { quality: { gte: 50 } } },
    { filter: { quality: { gte: 'much' } } },
    { filter: { unknown: 1, other: 2 } },
    { filter: { title: { contains: 'the' }, not: { heat: { lt: 10 } } } },
    { filter: null },
    { filter: { constructor: 1 } },
  ].map((variables): [string, Variables] => [
    'query Filtered($filter: ArticleFilter) { articles(filter: $filter, first: 5) { totalCount edges { node { title quality } } } }',
    variables,
  ]),
  ...[{ yes: true }, { yes: false }, { yes: 'true' }].map((variables): [string, Variables] => [
    'query Maybe($yes: Boolean!) { articles(first: 2) { edges { node { title excerpt @include(if: $yes) ...Rest @skip(if: $yes) } } } } fragment Rest on Article { slug html headings { text } }',
    variables,
  ]),
  ['query Rendered { articles(first: 4) { edges { node { html readingTimeMinutes headings { text } } } } }'],
  ['query Secured { articles(first: 30) { edges { node { slug securedBody } } } }'],
  [
    'query Dear { articles(first: 100) { edges { node { related { article { related { article { title } } } } } } } }',
  ],
  ['query Large { articles(first: 100) { edges { node { body html a: html b: html c: html d: html } } } }'],
  ['{ articles(first: 1) { edges { node { id __typename } } } __typename }'],
  [
    'query Schema { __schema { queryType { name } } __type(name: "Article") { name } articles(first: 1) { totalCount } }',
  ],
  [
    'query A { topics(first: 2) { edges { node { name } } } } query B { providers(first: 2) { edges { node { name } } } }',
    {},
    'A',
  ],
  [
    'query A { topics(first: 2) { edges { node { name } } } } query B { providers(first: 2) { edges { node { name } } } }',
    {},
    'C',
  ],
  [
    'query A { topics(first: 2) { edges { node { name } } } } query B { providers(first: 2) { edges { node { name } } } }',
  ],
  ['query Named { contentVersion { number digest } }', {}, ''],
  [
    'query Hidden { articles(first: 50, filter: { published: { eq: false } }) { edges { node { slug published } } } }',
  ],
  ['query Node($id: ID!) { node(id: $id) { id ... on Article { title } } }', { id: 'a_nonsense' }],
  ...[undefined, { n: null }, { n: 2.5 }, { n: [1] }, { constructor: 1 }].map(
    (variables): [string, Variables | undefined] => [
      'query Defaults($n: Int! = 2, $slug: String = "reading-a-glaze") { article(slug: $slug) { title } articles(first: $n) { edges { node { slug } } } }',
      variables,
    ],
  ),
  ...[5, 5.5, { a: 1 }].map((id): [string, Variables] => [
    'query Id($id: ID!) { node(id: $id) { id } }',
    { id },
  ]),
  [
    'query Found($s: String) { articles(first: 2, filter: { title: { contains: $s } }) { totalCount } }',
    { s: '\ud800 "\0' },
  ],
  [
    'query Typed($name: String!) { __type(name: $name) { name } contentVersion { number } }',
    { name: 'Article' },
  ],
  ['query Left($all: Boolean!) { __typename @skip(if: $all) }', { all: true }],
  ['\ufeffquery Marked {\r__typename\r\n}'],
  ['query A { __typename } subscription S { contentChanged { number } }', {}, 'A'],
  ['query A { __typename } subscription S { contentChanged { number } }', {}, 'a'],
  ['query Fails { __typename }'],
  ['query Overflows { __typename }'],
  ['query Refused { __typename }'],
  ['query Partly { __typename }'],
  // These go by Yoga both times.
  ['query Wrong { articles { nothing } }'],
  ['query Broken } { articles'],
  ['subscription Changes { contentChanged { number } }'],
  ['mutation None { a }'],
];

/** The ways in which each of them is sent. */
const forms: {
  name: string;
  post: boolean;
  headers: Record<string, string>;
  persisted?: 'trusted' | 'automatic';
}[] = [
  { name: 'POST', post: true, headers: {} },
  { name: 'GET', post: false, headers: {} },
  { name: 'POST for the newer type', post: true, headers: { accept: 'application/graphql-response+json' } },
  {
    name: 'GET for any type, compressed',
    post: false,
    headers: { accept: '*/*', 'accept-encoding': 'gzip, br' },
  },
  { name: 'GET by preview', post: false, headers: { authorization: 'Bearer preview-token-of-the-test' } },
  {
    name: 'POST of another origin, for JSON or a stream',
    post: true,
    headers: { origin: 'https://a.example', accept: 'text/event-stream;q=0.5, application/json' },
  },
  { name: 'POST with its cost', post: true, headers: { 'x-gateway-cost': 'on', accept: 'application/json' } },
  {
    name: 'POST for all, by secured',
    post: true,
    headers: {
      authorization: 'Bearer secured-token-of-the-test',
      accept: 'application/graphql-response+json, application/json;q=0.9',
    },
  },
  { name: 'GET by the id of a trusted document', post: false, headers: {}, persisted: 'trusted' },
  { name: 'POST of an automatic document', post: true, headers: {}, persisted: 'automatic' },
  { name: 'GET for a stream alone', post: false, headers: { accept: 'text/event-stream' } },
];

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** All of them in all forms. */
export const requests: Asked[] = operations.flatMap(([document, variables, operationName]) =>
  forms.map(({ name, post, headers, persisted }) => ({
    name: `${document.slice(0, 60)} ${JSON.stringify(variables ?? {})} ${name}`,
    document,
    make(text) {
      const params: Record<string, unknown> = {
        ...(persisted === 'trusted' ? { documentId: `sha256:${hashOf(text)}` } : { query: text }),
        ...(variables && { variables }),
        ...(operationName !== undefined && { operationName }),
        ...(persisted === 'automatic' && {
          extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } },
        }),
      };
      const all = { ...headers, 'x-request-id': 'the-same' };
      if (post) {
        return {
          method: 'POST',
          url: 'http://test/graphql',
          headers: { ...all, 'content-type': 'application/json' },
          body: JSON.stringify(params),
        };
      }
      const search = new URLSearchParams();
      for (const [key, value] of Object.entries(params)) {
        search.set(key, typeof value === 'string' ? value : JSON.stringify(value));
      }
      return { method: 'GET', url: `http://test/graphql?${search}`, headers: all };
    },
  })),
);
