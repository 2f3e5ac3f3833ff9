import { afterEach, beforeEach, expect, test } from 'vitest';
import { planChanges } from '../../src/store/sqlite/write/record-version.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryJson } from './dump-content.ts';

const state = (published: boolean, digest = 'd') => ({ digest, slug: 's', published });

test.each([
  [null, state(true), ['preview appear', 'public appear']],
  [null, state(false), ['preview appear']],
  [state(true), state(true, 'e'), ['preview change', 'public change']],
  [state(true, 'd~0a'), state(true, 'd~0b'), ['preview change']],
  [state(true, 'd'), state(true, 'd~0b+EXPIRED'), ['preview change', 'public change']],
  [state(true), state(false), ['preview hide', 'public vanish']],
  [state(false), state(true), ['preview change', 'public appear']],
  [state(false), state(false), ['preview change']],
  [state(true), null, ['preview vanish', 'public vanish']],
  [state(false), null, ['preview vanish']],
])('from %j to %j is %j', (before, after, expected) => {
  const rows = planChanges([{ id: 'i', slug: 's', before, after }]);
  expect(rows.map(([audience, , , event]) => `${audience} ${event}`)).toEqual(expected);
});

let database: TestDatabase;
let folder: ContentFolder;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
});

afterEach(() => {
  database.remove();
  folder.delete();
});

/** As the schema says that the feed is read, in pages of two. */
async function readFeed(audience: 'public' | 'preview', since: number): Promise<string[]> {
  const lines: string[] = [];
  let after: [number, string] = [0, ''];
  for (;;) {
    const page = await queryJson<[string, string, number, string][]>(
      database.url,
      `SELECT json_group_array(json_array(kind, slug, version, articleId)) FROM (
         SELECT slug, version, articleId, CASE WHEN isRemoved THEN 'REMOVED' WHEN firstVersion > ${since} THEN 'CREATED'
           WHEN hiddenVersion > ${since} THEN 'HIDDEN' ELSE 'UPDATED' END AS kind
         FROM Change WHERE audience = '${audience}' AND version > ${since}
           AND (version, articleId) > (${after[0]}, '${after[1]}')
         ORDER BY version, articleId LIMIT 2)`,
    );
    for (const [kind, slug, version, id] of page) {
      lines.push(`${kind} ${slug}`);
      after = [version, id];
    }
    if (page.length < 2) return lines.sort();
  }
}

async function sync(files: Record<string, object | null>): Promise<void> {
  for (const [name, front] of Object.entries(files)) {
    if (front) folder.write(`${name}.md`, { title: name, ...front });
    else folder.remove(`${name}.md`);
  }
  await syncContent({ folder: folder.path, databaseUrl: database.url });
}

const hidden = { published: false };

test('the feed tells each audience what it could have seen', async () => {
  await sync({ a: {}, b: {}, c: hidden, d: {}, e: {} });
  await sync({ a: { quality: 1 }, b: hidden, c: { ...hidden, quality: 1 }, d: null, f: hidden });
  await sync({ c: {}, f: null, g: {} });

  expect(await readFeed('public', 0)).toEqual([
    'CREATED a',
    'CREATED c',
    'CREATED e',
    'CREATED g',
    'REMOVED b',
    'REMOVED d',
  ]);
  expect(await readFeed('public', 1)).toEqual([
    'CREATED c',
    'CREATED g',
    'REMOVED b',
    'REMOVED d',
    'UPDATED a',
  ]);
  expect(await readFeed('public', 2)).toEqual(['CREATED c', 'CREATED g']);
  expect(await readFeed('public', 3)).toEqual([]);
  expect(await readFeed('preview', 1)).toEqual([
    'CREATED g',
    'HIDDEN b',
    'REMOVED d',
    'REMOVED f',
    'UPDATED a',
    'UPDATED c',
  ]);
});

test('what comes back is created again, and what is shown again is no longer hidden', async () => {
  await sync({ a: {}, b: {}, c: {} });
  await sync({ a: null, b: hidden });
  await sync({ a: {}, b: {} });
  expect(await readFeed('public', 2)).toEqual(['CREATED a', 'CREATED b']);
  expect(await readFeed('preview', 2)).toEqual(['CREATED a', 'UPDATED b']);
  expect(await readFeed('preview', 1)).toEqual(['CREATED a', 'UPDATED b']);
});

test('what only preview readers see makes no version for the public', async () => {
  const versions = (column: string) =>
    queryJson<unknown>(
      database.url,
      `SELECT json_array(number, publicNumber, ${column}) FROM ContentVersion ORDER BY number DESC LIMIT 1`,
    );
  const row = 'publicDigest, publicSyncedAt, publicArticles, publicProviders, publicTopics';
  await sync({ a: {}, h: hidden });
  const first = await versions(row);
  await sync({ h: { ...hidden, topics: ['t'], provider: 'P' } });
  await sync({ h: null, i: hidden });
  expect(await versions(row)).toEqual([3, ...(first as unknown[]).slice(1)]);
  expect(await readFeed('public', 1)).toEqual([]);
  expect(await readFeed('preview', 1)).toEqual(['CREATED i', 'REMOVED h']);
  await sync({ a: { quality: 1 } });
  expect(await versions('0')).toEqual([4, 2, 0]);
  expect(await readFeed('public', 1)).toEqual(['UPDATED a']);
  expect(await readFeed('public', 2)).toEqual([]);
});

test('a copy that follows the feed equals the content', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const copy = new Set<string>();
  let since = 0;
  for (let round = 0; round < 12; round++) {
    const changes: Record<string, object | null> = {};
    const present = await queryJson<string[]>(database.url, 'SELECT json_group_array(slug) FROM Article');
    for (const [index, name] of names.entries()) {
      const turn = (round * 7 + index * 5) % 4;
      if (turn === 0) changes[name] = { quality: round };
      if (turn === 1) changes[name] = { ...hidden, quality: round };
      if (turn === 2 && index % 3 === 0 && present.includes(name)) changes[name] = null;
    }
    await sync(changes);
    for (const line of await readFeed('public', since)) {
      const [kind, slug = ''] = line.split(' ');
      if (kind === 'REMOVED') copy.delete(slug);
      else copy.add(slug);
    }
    const content = `SELECT json_group_array(slug) FROM (SELECT slug FROM Article WHERE published ORDER BY slug)`;
    expect([...copy].sort(), `round ${round}`).toEqual(await queryJson(database.url, content));
    since = await queryJson<number>(database.url, 'SELECT max(publicNumber) FROM ContentVersion');
  }
});
