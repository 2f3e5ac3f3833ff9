import { afterAll, beforeAll, expect, test } from 'vitest';
import { HIDDEN_REASONS } from '../../src/content/visibility/hidden-reason.ts';
import { openContent } from './features.ts';
import { files, textOfFile } from './hidden-files.ts';

const numbers = files.map((_, number) => number);
/** So many as an article may have links, of every kind. */
const linked = numbers.filter((number) => number % Math.ceil(files.length / 500) === 0);

/** What is in hidden files, and in no public answer. */
const SECRET = /Hidden title|hidden-|Secret \d|Secret section|secret-\d|whisper/u;

let world: Awaited<ReturnType<typeof openContent>>;
let ids: string[] = [];

beforeAll(async () => {
  world = await openContent();
  for (const [number, file] of files.entries()) {
    world.content.writeText(`${number}/${file.path}${file.extension}`, textOfFile(file, number));
  }
  const links = linked.map((number) => ({ title: 'Away', webUrl: `https://h.example/${number}` }));
  world.content.write('open.md', {
    ...{
      title: 'Open',
      webUrl: 'https://o.example/open',
      topics: ['Shared'],
      lang: 'en',
      translationKey: 'shared',
    },
    ...{ provider: { name: 'Shared', domain: 'shared.example' }, related: links },
  });
  await world.sync();
  for (let start = 0; start < numbers.length; start += 100) {
    ids = ids.concat(await findIds(numbers.slice(start, start + 100)));
  }
}, 120_000);
afterAll(() => world?.close());

async function findIds(some: readonly number[]): Promise<string[]> {
  const fields = some.map((number) => `a${number}: article(slug: "hidden-${number}") { id }`);
  const { data } = await world.ask(`{ ${fields.join(' ')} }`, { preview: true });
  return some.map((number) => data[`a${number}`]?.id);
}

const page = 'totalCount edges { node { id slug title } }';

/** Asks for something once for each number, and gives what was not null. */
async function findEach(field: (number: number) => string): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let start = 0; start < numbers.length; start += 100) {
    const fields = numbers.slice(start, start + 100).map((number) => `f${number}: ${field(number)}`);
    const { data, errors } = await world.ask(`{ ${fields.join(' ')} }`);
    expect(errors).toBe(undefined);
    found.push(...Object.values(data).filter((value) => value !== null));
  }
  return found;
}

test('there are over a thousand, and readers with the preview scope see each', async () => {
  expect(files.length).toBeGreaterThan(1000);
  expect(ids.filter((id) => typeof id === 'string')).toHaveLength(files.length);
  const { data } = await world.ask('{ articles { totalCount } }', { preview: true });
  expect(data.articles.totalCount).toBe(files.length + 1);
});

test('readers with the preview scope are told why, and find articles by it', async () => {
  const told: string[][] = [];
  for (let start = 0; start < numbers.length; start += 100) {
    const some = numbers.slice(start, start + 100);
    const fields = some.map((number) => `a${number}: article(id: "${ids[number]}") { hiddenBecause }`);
    const { data } = await world.ask(`{ ${fields.join(' ')} }`, { preview: true });
    told.push(...some.map((number) => data[`a${number}`].hiddenBecause));
  }
  expect(told).toEqual(files.map(({ reasons }) => reasons));
  for (const reason of ['DRAFT', 'STATUS', 'FOLDER', 'UNREADABLE', 'SCHEDULED', 'EXPIRED']) {
    const query = `{ articles(filter: {hiddenBecause: {has: ${reason}}}) { totalCount } }`;
    const expected = files.filter(({ reasons }) => reasons.includes(reason)).length;
    expect((await world.ask(query, { preview: true })).data.articles.totalCount).toBe(expected);
    expect((await world.ask(query)).data.articles.totalCount).toBe(0);
  }
  const shown =
    '{ articles(filter: {hiddenBecause: {isEmpty: true}}) { edges { node { slug hiddenBecause } } } }';
  for (const preview of [true, false]) {
    const { data } = await world.ask(shown, { preview });
    expect(data.articles.edges).toEqual([{ node: { slug: 'open', hiddenBecause: [] } }]);
  }
});

test('readers with the preview scope are told how many each reason hides', async () => {
  const query = '{ contentVersion { counts { hidden { reason articles } } } }';
  const { data } = await world.ask(query, { preview: true });
  const expected = HIDDEN_REASONS.map((reason) => ({
    reason,
    articles: files.filter(({ reasons }) => reasons.includes(reason)).length,
  }));
  expect(data.contentVersion.counts.hidden).toEqual(expected.filter(({ articles }) => articles > 0));
});

test.each<[string, (number: number) => string]>([
  ['slug', (number) => `article(slug: "hidden-${number}") { id }`],
  ['url', (number) => `article(url: "https://h.example/${number}") { id }`],
  ['id', (number) => `article(id: "${ids[number]}") { id }`],
  ['node', (number) => `node(id: "${ids[number]}") { id }`],
  ['path', (number) => `article(path: "/hidden-place/${number}") { id }`],
  ['alias', (number) => `article(path: "/hidden-once/${number}") { id }`],
  ['slug and language', (number) => `article(slug: "hidden-${number}", locale: "fr") { id }`],
  ['its section', (number) => `category(name: "Secret section ${number}") { id }`],
  ['its topic', (number) => `topic(name: "Secret ${number}") { id }`],
  ['its link’s provider', (number) => `provider(domain: "w${number}.whisper.example") { id }`],
])('none is found by %s', async (_, field) => {
  expect(await findEach(field)).toEqual([]);
});

test.each<[string, string]>([
  ['all', `{ articles(first: 100) { ${page} } }`],
  ['a provider', `{ provider(domain: "shared.example") { articles(first: 100) { ${page} } } }`],
  ['a topic', `{ topic(name: "Shared") { articles(first: 100) { ${page} } } }`],
  [
    'those whose flag says so',
    `{ articles(filter: {or: [{published: {eq: true}}, {published: {eq: false}}]}) { ${page} } }`,
  ],
])('the list of %s has the open one alone', async (_, query) => {
  const { data } = await world.ask(query);
  const text = JSON.stringify(data);
  expect(text).toContain('"totalCount":1,"edges":[{"node":');
  expect(text).not.toMatch(SECRET);
});

test.each([
  ...['title: {contains: "idden tit"}', 'title: {startsWith: "Hidden"}', 'slug: {startsWith: "hidden-"}'],
  ...['slug: {in: ["hidden-0", "hidden-7", "hidden-77"]}', 'excerpt: {eq: "A body."}', 'locale: {eq: "fr"}'],
  ...['category: {startsWith: "Secret"}', 'categories: {some: {name: {contains: "section 1"}}}'],
  ...['topics: {some: {slug: {startsWith: "secret-"}}}', 'images: {some: {url: {endsWith: "whisper.png"}}}'],
  ...['related: {some: {provider: {domain: {endsWith: ".whisper.example"}}}}', 'published: {eq: false}'],
  ...['related: {some: {article: {slug: {eq: "open"}}}}', 'referencedBy: {some: {title: {eq: "Away"}}}'],
  ...[
    'publishedAt: {gt: "2998-01-01T00:00:00Z"}',
    'not: {slug: {eq: "open"}}',
    'not: {published: {eq: true}}',
  ],
])('a search for %s has those that are hidden for readers with the preview scope alone', async (filter) => {
  const query = `{ articles(filter: {${filter}}) { ${page} } }`;
  expect((await world.ask(query, { preview: true })).data.articles.totalCount).toBeGreaterThan(0);
  expect((await world.ask(query)).data).toEqual({ articles: { totalCount: 0, edges: [] } });
});

test.each([
  ['topics', 'name: {startsWith: "Secret"}'],
  ['topics', 'articles: {some: {title: {startsWith: "Hidden"}}}'],
  ['categories', 'slug: {startsWith: "secret-section"}'],
  ['categories', 'articles: {count: {gt: 0}}'],
  ['providers', 'domain: {endsWith: ".whisper.example"}'],
  ['providers', 'articles: {some: {locale: {eq: "fr"}}}'],
])('nor does a search in %s for %s', async (field, filter) => {
  const query = `{ ${field}(filter: {${filter}}) { totalCount edges { node { id name articles { totalCount } } } } }`;
  expect((await world.ask(query, { preview: true })).data[field].totalCount).toBeGreaterThan(0);
  expect((await world.ask(query)).data).toEqual({ [field]: { totalCount: 0, edges: [] } });
});

test('their links, pictures and names are no nodes', async () => {
  const parts = 'related { id provider { id } } images { id } topics { id name } categories { id }';
  const { data } = await world.ask(
    `{ articles(last: 100, filter: {locale: {eq: "fr"}}) { edges { node { id ${parts} } } } }`,
    {
      preview: true,
    },
  );
  const found: string[] = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/gu)].flatMap(([, id = '']) => id);
  const shared = await world.ask('{ topic(name: "Shared") { id } }');
  const own = [...new Set(found)].filter((id) => id !== shared.data.topic.id);
  expect(own.length).toBeGreaterThan(100 * 5);
  const nodes = async (preview: boolean) => {
    const answers: unknown[] = [];
    for (let start = 0; start < own.length; start += 100) {
      const some = JSON.stringify(own.slice(start, start + 100));
      answers.push(...(await world.ask(`{ nodes(ids: ${some}) { id } }`, { preview })).data.nodes);
    }
    return answers;
  };
  expect(await nodes(true)).toEqual(own.map((id) => ({ id })));
  expect(await nodes(false)).toEqual(own.map(() => null));
});

test('none is a translation, and no list of sections or languages has one', async () => {
  const { data } = await world.ask(
    `{ article(slug: "open") { translations { slug } } categories { totalCount } articles(filter: {locale: {eq: "fr"}}) { totalCount } }`,
  );
  expect(data).toEqual({
    article: { translations: [] },
    categories: { totalCount: 0 },
    articles: { totalCount: 0 },
  });
  const preview = await world.ask('{ article(slug: "open") { translations { slug } } }', { preview: true });
  expect(preview.data.article.translations).toHaveLength(100);
});

test('no link leads to one, and none leads back', async () => {
  const { data } = await world.ask(
    `{ article(slug: "open") { referencedBy { ${page} } related { title article { id } } } }`,
  );
  expect(data.article.referencedBy).toEqual({ totalCount: 0, edges: [] });
  expect(linked.length).toBeGreaterThan(300);
  expect(data.article.related).toHaveLength(linked.length);
  expect(data.article.related.filter(({ article }: { article: unknown }) => article !== null)).toEqual([]);
});

test('counts, changes and subscriptions know of the open one alone', async () => {
  const counts = 'counts { articles providers topics images relatedLinks hidden { reason articles } }';
  const change = 'kind slug articleId article { slug }';
  const { data } = await world.ask(
    `{ contentVersion { ${counts} } changes(since: 0) { totalCount edges { node { ${change} } } } }`,
  );
  expect(data.contentVersion.counts).toEqual({
    ...{ articles: 1, providers: 1, topics: 1, images: 0 },
    relatedLinks: linked.length,
    hidden: [],
  });
  expect(data.changes.totalCount).toBe(1);
  const events = await world.subscribe(`subscription { contentChanged(since: 0) { changes { ${change} } } }`);
  const iterator = events[Symbol.asyncIterator]();
  const first = await iterator.next();
  await iterator.return?.(undefined);
  expect(JSON.stringify(first.value)).toContain('"slug":"open"');
  expect(JSON.stringify([data, first.value])).not.toMatch(SECRET);
});
