import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openContent } from './features.ts';

describe('categories', () => {
  let content: Awaited<ReturnType<typeof openContent>>;

  beforeAll(async () => {
    content = await openContent();
    content.content.writeText('a.md', '---\ntitle: A\ncategories: [News, Sea]\ndate: 2024-02-21\n---\n');
    content.content.writeText('b.md', '---\ntitle: B\nsection: news\ntags: news\n---\n');
    content.content.writeText('c.md', '---\ntitle: C\ncategory: Backstage\npublished: false\n---\n');
    await content.sync();
  });
  afterAll(() => content.close());

  it('lead from an article to its sections and back', async () => {
    const query =
      '{ article(slug: "a") { category categories { slug name articles { nodes: edges { node { slug } } } } } }';
    const { data } = await content.ask(query);
    expect(data.article).toEqual({
      category: 'News',
      categories: [
        {
          slug: 'news',
          name: 'News',
          articles: { nodes: [{ node: { slug: 'a' } }, { node: { slug: 'b' } }] },
        },
        { slug: 'sea', name: 'Sea', articles: { nodes: [{ node: { slug: 'a' } }] } },
      ],
    });
  });

  it('are listed, counted, sorted, filtered and found', async () => {
    const { data } = await content.ask(`{
      categories(orderBy: {field: ARTICLE_COUNT, direction: DESC}) { totalCount edges { node { slug } } }
      sea: category(slug: "sea") { id name }
      named: category(name: "NEWS") { articles { totalCount } }
      none: category(slug: "backstage") { name }
      articles(filter: {categories: {some: {slug: {eq: "sea"}}}}) { edges { node { slug } } }
    }`);
    expect(data.categories).toEqual({
      totalCount: 2,
      edges: [{ node: { slug: 'news' } }, { node: { slug: 'sea' } }],
    });
    expect(data.named.articles.totalCount).toBe(2);
    expect(data.none).toBe(null);
    expect(data.articles.edges).toEqual([{ node: { slug: 'a' } }]);
    const { data: found } = await content.ask(`{ node(id: "${data.sea.id}") { __typename id } }`);
    expect(found.node).toEqual({ __typename: 'Category', id: data.sea.id });
  });

  it('are counted in the version', async () => {
    const query = '{ contentVersion { counts { categories } } }';
    expect((await content.ask(query)).data.contentVersion.counts).toEqual({ categories: 2 });
    const { data } = await content.ask(query, { preview: true });
    expect(data.contentVersion.counts).toEqual({ categories: 3 });
  });

  it('of hidden articles only are seen by preview readers', async () => {
    const query = '{ categories { edges { node { slug articles { totalCount } } } } }';
    const { data } = await content.ask(query, { preview: true });
    expect(data.categories.edges.map(({ node }: { node: { slug: string } }) => node.slug)).toEqual([
      'backstage',
      'news',
      'sea',
    ]);
  });

  it('go with their last article', async () => {
    content.content.writeText('a.md', '---\ntitle: A\n---\n');
    await content.sync();
    const { data } = await content.ask('{ categories { edges { node { slug } } } }');
    expect(data.categories.edges).toEqual([{ node: { slug: 'news' } }]);
  });
});
