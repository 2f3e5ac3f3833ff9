import { afterEach, beforeEach, expect, test } from 'vitest';
import { openContent } from './features.ts';

let world: Awaited<ReturnType<typeof openContent>>;

beforeEach(async () => {
  world = await openContent();
  world.content.write('a.md', { title: 'A' });
  world.content.write('b.md', { title: 'B' });
  world.content.write('hidden.md', { title: 'Hidden', published: false });
  await world.sync();
});
afterEach(() => world.close());

const changesSince = async (since: number, preview = false) => {
  const { data } = await world.ask(
    `{ changes(since: ${since}) { totalCount edges { node { kind version slug articleId article { title } } } } }`,
    { preview },
  );
  return data.changes.edges
    .map(({ node }: { node: { kind: string; slug: string; article: { title: string } | null } }) =>
      [node.kind, node.slug, node.article?.title ?? null].join(' '),
    )
    .sort();
};

test('from nothing, every article that the reader may see is created', async () => {
  expect(await changesSince(0)).toEqual(['CREATED a A', 'CREATED b B']);
  expect(await changesSince(0, true)).toEqual(['CREATED a A', 'CREATED b B', 'CREATED hidden Hidden']);
  expect(await changesSince(1)).toEqual([]);
});

test('updates, removals, hiding and showing are told, each reader its own', async () => {
  world.content.write('a.md', { title: 'A2' });
  world.content.write('b.md', { title: 'B', published: false });
  world.content.write('c.md', { title: 'C' });
  await world.sync();
  expect(await changesSince(1)).toEqual(['CREATED c C', 'REMOVED b ', 'UPDATED a A2']);
  expect(await changesSince(1, true)).toEqual(['CREATED c C', 'HIDDEN b B', 'UPDATED a A2']);

  world.content.remove('c.md');
  world.content.write('hidden.md', { title: 'Hidden', published: true });
  await world.sync();
  expect(await changesSince(2)).toEqual(['CREATED hidden Hidden', 'REMOVED c ']);
});

test('a hidden article that goes away was never there for everybody', async () => {
  world.content.remove('hidden.md');
  await world.sync();
  expect(await changesSince(1)).toEqual([]);
  expect(await changesSince(1, true)).toEqual(['REMOVED hidden ']);
});

test('the feed is walked by cursor', async () => {
  const first = await world.ask(
    '{ changes(first: 1) { edges { node { slug } } pageInfo { hasNextPage endCursor } } }',
  );
  expect(first.data.changes.pageInfo.hasNextPage).toBe(true);
  const { endCursor } = first.data.changes.pageInfo;
  const second = await world.ask(
    `{ changes(first: 1, after: "${endCursor}") { edges { node { slug } } pageInfo { hasNextPage } } }`,
  );
  expect(second.data.changes.pageInfo.hasNextPage).toBe(false);
  const slugs = [first, second].map(({ data }) => data.changes.edges[0].node.slug);
  expect(slugs.sort()).toEqual(['a', 'b']);
});

test('a client learns how far back the history goes', async () => {
  expect((await world.ask('{ contentVersion { historyFrom } }')).data.contentVersion).toEqual({
    historyFrom: 0,
  });
});

test('counts are of what the reader may see', async () => {
  const query = '{ contentVersion { number counts { articles } } }';
  expect((await world.ask(query)).data.contentVersion).toEqual({ number: 1, counts: { articles: 2 } });
  expect((await world.ask(query, { preview: true })).data.contentVersion).toEqual({
    number: 1,
    counts: { articles: 3 },
  });
});

test('problems are for preview readers, in the order of the files', async () => {
  world.content.write('bad.md', { title: 'Bad', quality: 300, zzz: 1 });
  await world.sync();
  const query =
    '{ problems(first: 10) { totalCount edges { cursor node { path code severity field value fix } } } }';
  const { data } = await world.ask(query, { preview: true });
  expect(data.problems.edges.map(({ node }: { node: object }) => node)).toEqual([
    expect.objectContaining({ path: 'bad.md', severity: 'warning', field: 'quality', value: '300' }),
    expect.objectContaining({ path: 'bad.md', severity: 'notice', field: 'zzz' }),
  ]);
  const next = await world.ask(
    `{ problems(first: 1, after: "${data.problems.edges[0].cursor}") { edges { node { field } } } }`,
    { preview: true },
  );
  expect(next.data.problems.edges).toEqual([{ node: { field: 'zzz' } }]);
  const refused = await world.ask(query);
  expect(refused.errors[0].extensions.code).toBe('FORBIDDEN');
  expect(refused.data).toBeUndefined();
});

const subscription = (since: string) =>
  `subscription { changed: contentChanged${since} { version changes { kind slug article { title } } } }`;

test('a subscriber hears of each new version', async () => {
  const events = await world.subscribe(subscription(''));
  const next = events.next();
  world.content.write('a.md', { title: 'A2' });
  await world.sync();
  expect((await next).value.data).toEqual({
    changed: { version: 2, changes: [{ kind: 'UPDATED', slug: 'a', article: { title: 'A2' } }] },
  });
  const later = events.next();
  world.content.remove('a.md');
  await world.sync();
  expect((await later).value.data.changed).toEqual({
    version: 3,
    changes: [{ kind: 'REMOVED', slug: 'a', article: null }],
  });
  await events.return?.(undefined);
});

test('a subscriber that was away hears first what it missed', async () => {
  world.content.write('a.md', { title: 'A2' });
  await world.sync();
  const events = await world.subscribe(subscription('(since: 1)'));
  expect((await events.next()).value.data.changed).toEqual({
    version: 2,
    changes: [{ kind: 'UPDATED', slug: 'a', article: { title: 'A2' } }],
  });
  await events.return?.(undefined);
});

/** Of one version, in the order of their ids. */
const createdBoth = [
  { kind: 'CREATED', slug: 'b' },
  { kind: 'CREATED', slug: 'a' },
];
const everything = 'version isReset hasMore changes { kind slug }';

test('a subscriber whose version the index has never had is told at once to start over', async () => {
  const events = await world.subscribe(`subscription { contentChanged(since: 99999) { ${everything} } }`);
  expect((await events.next()).value.data.contentChanged).toEqual({
    version: 1,
    isReset: true,
    hasMore: false,
    changes: createdBoth,
  });
  const next = events.next();
  world.content.write('a.md', { title: 'A2' });
  await world.sync();
  expect((await next).value.data.contentChanged).toEqual({
    version: 2,
    isReset: false,
    hasMore: false,
    changes: [{ kind: 'UPDATED', slug: 'a' }],
  });
  await events.return?.(undefined);
});

test.each([
  ['counts from 1 again', 1],
  ['has come as far, with other content', 2],
])('a subscriber is told to start over when the index is made anew under it and %s', async (_, number) => {
  world.content.write('a.md', { title: 'A2' });
  await world.sync();
  const events = await world.subscribe(`subscription { contentChanged { ${everything} } }`);
  const next = events.next();
  await world.makeIndexAnew();
  if (number === 2) await world.load();
  world.content.write('a.md', { title: 'A3' });
  await world.sync();
  expect((await next).value.data.contentChanged).toEqual({
    version: number,
    isReset: true,
    hasMore: false,
    changes: createdBoth,
  });
  await events.return?.(undefined);
});

test('an event says when more has changed than it tells', async () => {
  for (let index = 0; index < 98; index += 1) world.content.write(`more-${index}.md`, { title: `${index}` });
  await world.sync();
  const first = async () => {
    const events = await world.subscribe(`subscription { contentChanged(since: 0) { ${everything} } }`);
    const { contentChanged } = (await events.next()).value.data;
    await events.return?.(undefined);
    return [contentChanged.changes.length, contentChanged.hasMore];
  };
  expect(await first()).toEqual([100, false]);
  // Hidden ones count for those alone who see them.
  world.content.write('hidden-2.md', { title: 'Hidden', published: false });
  await world.sync();
  expect(await first()).toEqual([100, false]);
  world.content.write('last.md', { title: 'Last' });
  await world.sync();
  expect(await first()).toEqual([100, true]);
});

const feed = (since: number, more = '') =>
  `{ changes(since: ${since}${more}) { isReset totalCount edges { node { kind slug } } pageInfo { hasNextPage endCursor } } }`;

test('the feed since a version that the index has never had begins anew and says so', async () => {
  expect((await world.ask(feed(1))).data.changes).toMatchObject({ isReset: false, totalCount: 0 });
  expect((await world.ask(feed(0))).data.changes).toMatchObject({ isReset: false, totalCount: 2 });
  const { isReset, edges, totalCount } = (await world.ask(feed(2))).data.changes;
  expect({ isReset, totalCount, slugs: edges.map(({ node }: { node: object }) => node) }).toEqual({
    isReset: true,
    totalCount: 2,
    slugs: createdBoth,
  });
  expect((await world.ask(feed(2_147_483_647))).data.changes).toMatchObject({ isReset: true, totalCount: 2 });
  expect((await world.ask(feed(2), { preview: true })).data.changes).toMatchObject({
    isReset: true,
    totalCount: 3,
  });
});

test('pages of a feed that begins anew go on where they ended', async () => {
  const { pageInfo } = (await world.ask(feed(99, ', first: 1'))).data.changes;
  const next = (await world.ask(feed(99, `, first: 1, after: "${pageInfo.endCursor}"`))).data.changes;
  expect(next).toMatchObject({
    isReset: true,
    edges: [{ node: { slug: 'a' } }],
    pageInfo: { hasNextPage: false },
  });
});

test('a version from before the known history is one to start over from, each audience by its own', async () => {
  world.content.write('hidden.md', { title: 'Hidden 2', published: false });
  await world.sync();
  await world.run('UPDATE ContentVersion SET number = number + 10, historyFrom = 11, publicHistoryFrom = 1');
  expect((await world.ask(feed(1))).data.changes).toMatchObject({ isReset: false, totalCount: 0 });
  expect((await world.ask(feed(10), { preview: true })).data.changes).toMatchObject({ isReset: true });
  expect((await world.ask(feed(11), { preview: true })).data.changes).toMatchObject({ isReset: false });
  const events = await world.subscribe('subscription { contentChanged(since: 3) { version isReset } }', {
    preview: true,
  });
  expect((await events.next()).value.data.contentChanged).toEqual({ version: 12, isReset: true });
  await events.return?.(undefined);
});

test('a subscriber may leave while nothing happens', async () => {
  const events = await world.subscribe(subscription(''));
  const next = events.next();
  expect(await events.return?.(undefined)).toEqual({ done: true, value: undefined });
  expect(await next).toEqual({ done: true, value: undefined });
});
