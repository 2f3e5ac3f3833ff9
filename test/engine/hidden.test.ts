import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTwins, type Twins } from '../support/reference/twins.ts';
import type { World } from '../support/reference/world.ts';

function article(keys: Record<string, unknown>): string {
  return `---\n${Object.entries(keys)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('')}---\nA body.\n`;
}

function writeKnown(folder: string): void {
  mkdirSync(folder);
  const shared = { provider: { name: 'Herald', domain: 'herald.example' }, topics: ['Harbour', 'Clock'] };
  const files: Record<string, Record<string, unknown>> = {
    open: {
      ...shared,
      title: 'Open',
      webUrl: 'https://x.example/open',
      publishedDateTime: '2024-01-02',
      quality: 5,
      related: [
        { title: 'To the secret', webUrl: 'https://x.example/secret' },
        { title: 'To the other', webUrl: 'https://x.example/other' },
      ],
    },
    other: {
      ...shared,
      title: 'Other',
      webUrl: 'https://x.example/other',
      publishedDateTime: '2024-01-03',
      quality: 9,
    },
    secret: {
      title: 'Secret',
      webUrl: 'https://x.example/secret',
      originalUrl: 'https://x.example/first',
      published: false,
      quality: 7,
      publishedDateTime: '2024-01-04',
      images: [{ url: 'https://img.example/secret.jpg', width: 4242 }],
      topics: ['HARBOUR', 'Backstage'],
      provider: { name: 'HERALD', domain: 'herald.example' },
      related: [
        {
          title: 'From the secret',
          webUrl: 'https://x.example/open',
          provider: { name: 'Whisper', domain: 'whisper.example' },
          images: [{ url: 'https://img.example/inner.jpg' }],
        },
      ],
    },
    // Enough of them that their spelling would win, were they counted.
    secret2: {
      title: 'Secret',
      published: false,
      topics: ['HARBOUR'],
      provider: { name: 'HERALD', domain: 'herald.example' },
    },
    secret3: {
      title: 'Secret',
      published: false,
      topics: ['HARBOUR'],
      provider: { name: 'HERALD', domain: 'herald.example' },
    },
    draft: { title: 'Draft', draft: true, topics: ['Backstage'], provider: 'Nobody Else' },
  };
  for (const [name, keys] of Object.entries(files)) writeFileSync(`${folder}/${name}.md`, article(keys));
}

describe('a public reader cannot tell a hidden article from one that is not there', () => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await openTwins(writeKnown);
  });
  afterAll(async () => {
    await twins?.withHidden.close();
    await twins?.without.close();
  });

  const everyList =
    'totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const paths: [path: string, query: string][] = [
    ['list', `{ articles { ${everyList} } }`],
    ['list from the end', `{ articles(last: 1) { ${everyList} } }`],
    ['page of one', `{ articles(first: 1) { ${everyList} } }`],
    ['slug', '{ a: article(slug: "secret") { id title } b: article(slug: "draft") { id } }'],
    [
      'url',
      '{ a: article(url: "https://x.example/secret") { id } b: article(url: "http://www.x.example/first/") { id } }',
    ],
    ['id', '{ article(id: "$secret") { id } }'],
    [
      'node',
      '{ a: node(id: "$secret") { id } b: node(id: "$link") { id } c: node(id: "$image") { id } d: node(id: "$topic") { id } e: node(id: "$provider") { id } }',
    ],
    [
      'nodes',
      '{ nodes(ids: ["$secret", "$open", "$link", "$image", "$topic", "$provider"]) { __typename id } }',
    ],
    [
      'provider',
      '{ a: provider(id: "$provider") { id } b: provider(domain: "whisper.example") { id } c: provider(domain: "herald.example") { name } }',
    ],
    [
      'topic',
      '{ a: topic(name: "Backstage") { id } b: topic(slug: "backstage") { id } c: topic(id: "$topic") { id } d: topic(name: "HARBOUR") { name } }',
    ],
    ['providers', `{ providers { ${everyList} edges { node { name articles { ${everyList} } } } } }`],
    ['topics', `{ topics { ${everyList} edges { node { name articles { ${everyList} } } } } }`],
    [
      'order by count',
      `{ topics(orderBy: {field: ARTICLE_COUNT, direction: DESC}) { ${everyList} } providers(orderBy: {field: ARTICLE_COUNT}) { ${everyList} } }`,
    ],
    [
      'related and back',
      `{ article(slug: "open") { related { title article { id } } referencedBy { ${everyList} } } }`,
    ],
    ['filter by title', `{ articles(filter: {title: {eq: "Secret"}}) { ${everyList} } }`],
    ['filter by visibility', `{ articles(filter: {published: {eq: false}}) { ${everyList} } }`],
    ['filter by number', `{ articles(filter: {quality: {gt: 5, lt: 9}}) { ${everyList} } }`],
    [
      'filter through a link to it',
      `{ articles(filter: {related: {some: {article: {title: {eq: "Secret"}}}}}) { ${everyList} } }`,
    ],
    [
      'filter through its links',
      `{ articles(filter: {referencedBy: {some: {title: {contains: "secret"}}}}) { ${everyList} } }`,
    ],
    [
      'filter through its links, each',
      `{ articles(filter: {referencedBy: {every: {quality: {isNull: false}}}}) { ${everyList} } }`,
    ],
    ['filter by count of links', `{ articles(filter: {referencedBy: {count: {gte: 1}}}) { ${everyList} } }`],
    [
      'filter through its images',
      `{ articles(filter: {images: {some: {width: {eq: 4242}}}}) { ${everyList} } }`,
    ],
    [
      'filter providers through it',
      `{ providers(filter: {articles: {some: {title: {eq: "Secret"}}}}) { ${everyList} } }`,
    ],
    ['filter providers by count', `{ providers(filter: {articles: {count: {gt: 2}}}) { ${everyList} } }`],
    [
      'filter topics through it, none',
      `{ topics(filter: {articles: {none: {quality: {eq: 7}}}}) { ${everyList} } }`,
    ],
    ['filter topics by count', `{ topics(filter: {articles: {count: {eq: 2}}}) { ${everyList} } }`],
    [
      'filter by a name of hidden use only',
      `{ topics(filter: {name: {startsWith: "back"}}) { ${everyList} } }`,
    ],
    [
      'filter by a topic of hidden use only',
      `{ articles(filter: {topics: {some: {name: {eq: "Backstage"}}}}) { ${everyList} } }`,
    ],
    [
      'a cursor past it',
      '{ articles(after: "$cursor") { edges { node { id } } pageInfo { hasPreviousPage } } }',
    ],
    [
      'a cursor before it',
      '{ articles(last: 5, before: "$cursor", orderBy: {field: PUBLISHED_AT, direction: DESC}) { totalCount pageInfo { hasNextPage } } }',
    ],
    ['problems', '{ problems { totalCount } }'],
    ['digest of the content', '{ contentVersion { number digest } }'],
  ];

  test.each(paths)('%s', async (_, query) => {
    const id = (find: (world: World) => string | undefined) => find(twins.world) ?? '';
    const secretId = id(({ articles }) => articles.find(({ record }) => record.slug === 'secret')?.id);
    const ids: Record<string, string> = {
      secret: secretId,
      open: id(({ articles }) => articles.find(({ record }) => record.slug === 'open')?.id),
      link: id(({ articles }) => articles.find(({ record }) => record.slug === 'secret')?.related[0]?.id),
      image: id(({ articles }) => articles.find(({ record }) => record.slug === 'secret')?.images[0]?.id),
      topic: id(({ topics }) => topics.find(({ name }) => name === 'Backstage')?.id),
      provider: id(({ providers }) => providers.find(({ domain }) => domain === 'whisper.example')?.id),
      cursor: Buffer.from(
        JSON.stringify(['Article,PUBLISHED_AT DESC', '2024-01-04T00:00:00.000Z', secretId]),
      ).toString('base64url'),
    };
    const text = query.replaceAll(/\$(\w+)/g, (_, name) => ids[name] ?? '');
    const seen = await twins.withHidden.ask(text);
    expect(seen.text).toBe((await twins.without.ask(text)).text);
    // Those who may see it are answered otherwise: else the request would be about nothing.
    expect((await twins.withHidden.ask(text, { preview: true })).text).not.toBe(seen.text);
  });

  test('a mistake in the request tells nothing either', async () => {
    for (const slug of ['secret', 'none']) {
      const { text } = await twins.withHidden.ask(
        `{ article(slug: "${slug}") { referencedBy(first: 101) { totalCount } } }`,
      );
      expect(text).toMatch(/BAD_USER_INPUT/);
      expect(text).not.toContain(slug);
    }
  });

  test('the words of hidden articles are in no answer', async () => {
    const { text } = await twins.withHidden.ask(
      `{ articles { edges { node { title related { title provider { name } images { url } article { slug } } } } }
         topics { edges { node { name slug } } } providers { edges { node { name domain } } } }`,
    );
    expect(text).not.toMatch(/"Secret|secret\.jpg|Backstage|Whisper|Nobody|HERALD|HARBOUR|draft/);
    expect(text).toMatch(/Herald.*|Harbour/);
  });

  test('who may see them sees them', async () => {
    const { data } = await twins.withHidden.ask(
      '{ articles { totalCount } topic(name: "backstage") { articles { totalCount } } }',
      { preview: true },
    );
    expect(data).toEqual({ articles: { totalCount: 6 }, topic: { articles: { totalCount: 2 } } });
  });
});
