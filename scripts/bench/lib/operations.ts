/** One GraphQL request of a bench. */
export interface Operation {
  query: string;
  variables?: Record<string, unknown>;
}

const card = `slug title excerpt publishedAt
  provider { name domain }
  topics { name }
  images { url width height }
  related { title webUrl provider { name domain } images { url width height } }`;

/** One page of 20 with provider, topics, images and related links, and the provider and images of each of those. */
export const nestedPage: Operation = {
  query: `query NestedPage { articles(first: 20) { edges { node { ${card} } } } }`,
};

/** The query of the README: both ways along the relations, four levels deep. */
export const demoPage: Operation = {
  query: `query DemoPage { articles { edges { node { title
    provider { name articles(first: 3) { edges { node { title } } } }
    topics { name }
    images { url width height }
    related { title provider { name } images { url } article { slug } } } } } }`,
};

/** One article with everything that is stored of it. */
export function articlePage(slug: string): Operation {
  return {
    query: `query ArticlePage($slug: String!) { article(slug: $slug) {
      slug title excerpt body category type publishedAt originalUrl webUrl quality heat published
      provider { name domain }
      topics { name slug }
      images { url width height isCached }
      related { title excerpt webUrl type publishedAt quality provider { name domain } images { url width height isCached }
        article { slug title } }
      referencedBy(first: 10) { edges { node { slug title publishedAt } } } } }`,
    variables: { slug },
  };
}

/** A nested page of 20 under one provider. */
export function providerPage(domain: string): Operation {
  return {
    query: `query ProviderPage($domain: String!) { provider(domain: $domain) { name articles(first: 20) { edges { node { ${card} } } } } }`,
    variables: { domain },
  };
}

/** A page of 20 after a cursor; the first one when there is none. */
export function pageAfter(after: string | null): Operation {
  return {
    query: `query PageAfter($after: String) { articles(first: 20, after: $after) { edges { cursor node { ${card} } } } }`,
    variables: { after },
  };
}

/** The cursor of the article that stands before the last 20. */
export const lastPageCursor: Operation = {
  query: 'query LastPageCursor { articles(last: 21) { edges { cursor } } }',
};

/** How many articles a filter lets through. `handwritten-server.ts` counts by the same conditions. */
export const filteredCount: Operation = {
  query: `query FilteredCount {
    articles(filter: { quality: { gte: 50 }, title: { contains: "Harbour" } }) { totalCount } }`,
};
