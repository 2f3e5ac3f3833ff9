export interface GoldenRequest {
  name: string;
  method?: 'GET' | 'POST' | 'PUT';
  query?: string;
  variables?: Record<string, unknown>;
  headers?: Record<string, string>;
  reader?: 'preview';
}

const article = /* GraphQL */ `
  fragment Whole on Article {
    id slug title excerpt(length: 80) category type publishedAt updatedAt originalUrl webUrl path locale quality heat
    published hiddenBecause isSecured body html plainText headings { depth text anchor }
    provider { id name domain articles(first: 3) { totalCount edges { cursor node { id title } } } }
    topics { id slug name articles(first: 2, orderBy: [{ field: TITLE, direction: DESC }]) { totalCount edges { node { slug } } } }
    categories { id slug name articles(first: 2) { totalCount edges { node { slug } } } }
    images { id url width height isCached article { slug } }
    related {
      id title excerpt publishedAt webUrl type quality
      provider { name domain } images { url width height } article { id slug provider { name } } source { slug }
    }
    referencedBy(first: 5) { totalCount edges { node { slug topics(first: 2) { name } } } }
    translations { slug locale translations { slug locale } }
  }
`;

const page = /* GraphQL */ `
  query Page($first: Int, $after: String, $last: Int, $before: String, $filter: ArticleFilter, $orderBy: [ArticleOrderBy!]) {
    articles(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id slug title publishedAt quality provider { name } topics { name } } }
    }
  }
`;

const everything = `query Everything { articles(first: 60) { totalCount edges { cursor node { ...Whole } } } } ${article}`;

/** Ways into the content, and out of it with an error. What an answer depends on beside content and request is left out: times, random ids. */
export const goldenRequests: GoldenRequest[] = [
  { name: 'everything by GET', query: everything },
  { name: 'everything by POST', method: 'POST', query: everything },
  { name: 'everything for preview readers', query: everything, reader: 'preview' },
  {
    name: 'filtered and ordered',
    method: 'POST',
    query: page,
    variables: {
      first: 5,
      filter: {
        or: [
          { quality: { gte: 60 } },
          { title: { contains: 'THE' } },
          { topics: { some: { name: { startsWith: 'ma' } } } },
        ],
        not: { related: { count: { gt: 2 } } },
        images: { every: { width: { gt: 100 } } },
        provider: { articles: { count: { lt: 9 } } },
      },
      orderBy: [
        { field: 'QUALITY', direction: 'DESC' },
        { field: 'PUBLISHED_AT', direction: 'ASC' },
      ],
    },
  },
  {
    name: 'the last by title',
    query: page,
    variables: { last: 4, orderBy: [{ field: 'TITLE', direction: 'ASC' }] },
  },
  {
    name: 'lists of shared things',
    query: /* GraphQL */ `{
      providers(first: 50, orderBy: [{ field: ARTICLE_COUNT, direction: DESC }, { field: NAME, direction: ASC }]) {
        totalCount edges { cursor node { id name domain articles(first: 2, filter: { isSecured: { eq: false } }) { totalCount edges { node { title } } } } }
      }
      topics(first: 100) { totalCount edges { cursor node { id slug name articles { totalCount } } } }
      categories(filter: { articles: { some: { published: { eq: true } } } }) { totalCount edges { node { id slug name } } }
    }`,
  },
  {
    name: 'versions, changes and problems',
    reader: 'preview',
    query: /* GraphQL */ `{
      contentVersion { number digest historyFrom counts { articles providers topics images relatedLinks hidden { reason articles } } }
      changes(since: 0, first: 100) { isReset totalCount edges { cursor node { kind version slug articleId article { title } } } }
      problems(first: 100) { totalCount edges { cursor node { code severity path line column field value message expected fix } } }
    }`,
  },
  {
    name: 'the public version',
    query: '{ contentVersion { number digest historyFrom counts { articles } } }',
  },
  {
    name: 'introspection',
    query:
      '{ __schema { types { name kind fields { name args { name defaultValue } type { name kind ofType { name } } } } } }',
  },
  { name: 'what it cost', method: 'POST', query: everything, headers: { 'x-gateway-cost': '1' } },
  { name: 'another origin', query: '{ __typename }', headers: { origin: 'https://reader.example' } },
  { name: 'no such field', query: '{ articles { nothing } }' },
  { name: 'no document', query: '{ articles {' },
  { name: 'a forged cursor', query: '{ articles(after: "forged") { totalCount } }' },
  {
    name: 'too deep',
    query: `{ articles { edges { ${'node { topics { articles { edges { '.repeat(8)}__typename${' } } } }'.repeat(8)} } } }`,
  },
  { name: 'too much', query: page, variables: { first: 101 } },
  { name: 'no query' },
  { name: 'no such method', method: 'PUT', query: '{ __typename }' },
  { name: 'no such token', query: '{ __typename }', headers: { authorization: 'Bearer unknown' } },
  { name: 'an event stream of a query', query: '{ __typename }', headers: { accept: 'text/event-stream' } },
  { name: 'text of another kind', query: '{ __typename }', headers: { accept: 'image/png' } },
];
