import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scanFolder } from '../../src/content/read/scan-folder.ts';
import { defaultReading } from '../../src/content/reading.ts';
import { type EncodedFile, orderLoad } from '../../src/store/load/load-files.ts';
import { loadFolder } from '../../src/store/load/load-folder.ts';
import { loadInThreads } from '../../src/store/load/load-in-threads.ts';
import { type SyncThread, startSyncThread } from '../../src/store/watch/sync-thread.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryJson } from './dump-content.ts';

// Threads start slowly on a busy machine, and one that hangs is waited for.
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let folder: ContentFolder;
let thread: SyncThread | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
});

afterEach(async () => {
  await thread?.close();
  thread = undefined;
  database.remove();
  folder.delete();
});

/** Threads whose parser does harm when a text tells it to. A busy machine takes long to fill memory. */
const harmful = {
  threadsFrom: new URL('./hostile-threads/sync-worker.ts', import.meta.url).href,
  maxFileMs: 60_000,
};
const impatient = { ...harmful, maxFileMs: 3_000 };
const order = () => ({ folder: folder.path, databaseUrl: database.url });

const published = () =>
  queryJson<string[]>(
    database.url,
    'SELECT json_group_array(slug) FROM (SELECT slug FROM Article WHERE published ORDER BY slug)',
  );
const states = () =>
  queryJson<string[][]>(
    database.url,
    'SELECT json_group_array(json_array(path, state)) FROM (SELECT path, state FROM SourceFile ORDER BY path)',
  );

const setAside = (path: string, harm: string) => ({
  code: 'FILE_SET_ASIDE',
  path,
  severity: 'error',
  message: `Reading it ${harm}, so it was set aside.`,
});

test.each([
  ['HANG', 'takes too long', impatient],
  ['FILL', 'takes too much memory', harmful],
  ['EXIT', 'ends the thread that reads it', harmful],
  ['THROW', 'fails (TypeError)', harmful],
])('a file that does %s is set aside, and others are followed', async (text, harm, options) => {
  folder.write('a.md', { title: 'A' });
  folder.write('b.md', { title: 'B' });
  folder.write('c.md', { title: 'C' });
  thread = startSyncThread(options);
  expect(await thread.sync(order())).toMatchObject({ created: 3, problems: [] });

  folder.write('a.md', { title: 'A', published: false });
  folder.write('b.md', { title: 'B' }, text);
  expect(await thread.sync(order())).toMatchObject({
    updated: 1,
    stale: 1,
    problems: [setAside('b.md', harm)],
  });
  // Its last good version is served, and the other one is hidden.
  expect(await published()).toEqual(['b', 'c']);

  folder.write('c.md', { title: 'C', published: false });
  expect(await thread.sync(order())).toMatchObject({ updated: 1, problems: [setAside('b.md', harm)] });
  expect(await published()).toEqual(['b']);

  // What hides an article is heeded in a file that is set aside, too.
  folder.write('b.md', { title: 'B', published: false }, text);
  expect(await thread.sync(order())).toMatchObject({
    removed: 1,
    problems: [setAside('b.md', harm), { code: 'FRONT_MATTER_HIDES', path: 'b.md' }],
  });
  expect(await published()).toEqual([]);

  folder.write('b.md', { title: 'B' }, 'Mended.');
  expect(await thread.sync(order())).toMatchObject({ created: 1, problems: [] });
  expect(await published()).toEqual(['b']);
});

test('of many files, those that do harm are set aside, and each other one is loaded', async () => {
  const harms = { 100: 'EXIT', 101: 'FILL', 700: 'EXIT', 900: 'THROW', 1599: 'FILL' } as Record<
    number,
    string
  >;
  for (let index = 0; index < 1_600; index++) {
    folder.write(
      `${String(index).padStart(4, '0')}.md`,
      { title: `T${index}` },
      harms[index] ?? 'Words. '.repeat(100),
    );
  }
  thread = startSyncThread(harmful);
  const report = await thread.sync(order());
  expect(report).toMatchObject({ created: 1_595, rejected: 5 });
  expect(report.problems).toMatchObject([
    setAside('0100.md', 'ends the thread that reads it'),
    setAside('0101.md', 'takes too much memory'),
    setAside('0700.md', 'ends the thread that reads it'),
    setAside('0900.md', 'fails (TypeError)'),
    setAside('1599.md', 'takes too much memory'),
  ]);
  expect(await thread.sync(order())).toMatchObject({ changed: false, problems: report.problems });
});

test('a watched folder is followed beyond a file that ends the thread', async () => {
  folder.write('a.md', { title: 'A' });
  const failures: unknown[] = [];
  const restarts: number[] = [];
  const versions: number[] = [];
  thread = startSyncThread(harmful);
  const watched = thread;
  await new Promise<void>((resolve) => {
    watched.watch(
      order(),
      {},
      {
        onReady: () => resolve(),
        onFailure: (error) => failures.push(error),
        onRestart: () => restarts.push(Date.now()),
        onReport: ({ version }) => versions.push(version?.number ?? 0),
      },
    );
  });
  await vi.waitFor(async () => expect(await published()).toEqual(['a']), 60_000);
  folder.write('b.md', { title: 'B' }, 'EXIT');
  await vi.waitFor(() => expect(restarts).toHaveLength(1), 60_000);
  expect(failures).toMatchObject([{ code: 'SYNC_INTERRUPTED', message: expect.stringContaining('b.md') }]);
  folder.write('a.md', { title: 'A', published: false });
  await vi.waitFor(async () => expect(await published()).toEqual([]), 60_000);
  await vi.waitFor(
    async () =>
      expect(await states()).toEqual([
        ['a.md', 'loaded'],
        ['b.md', 'rejected'],
      ]),
    60_000,
  );
  expect(failures).toHaveLength(1);
});

test('a thread that ends before its work, whatever there is to read, is given up after some tries', async () => {
  folder.write('a.md', { title: 'A' });
  thread = startSyncThread({ threadsFrom: new URL('./ending-threads/sync-worker.ts', import.meta.url).href });
  await expect(thread.sync(order())).rejects.toMatchObject({ code: 'SYNC_INTERRUPTED' });
});

test('reading threads that end with no file to blame are given up after some tries', async () => {
  folder.write('a.md', { title: 'A' });
  const { files } = await scanFolder(folder.path);
  const threadsFrom = new URL('./ending-threads/load-worker.ts', import.meta.url).href;
  const read: EncodedFile[][] = [];
  const load = async () => {
    const loading = loadInThreads(
      orderLoad(folder.path, defaultReading, files, () => null, null),
      { isCareful: true, threadsFrom },
    );
    for await (const batch of loading) read.push(batch);
  };
  await expect(load()).rejects.toThrow('has ended');
  expect(read).toEqual([]);
});

test('a folder is checked whole, whatever its files do', async () => {
  const harms = ['HANG', 'EXIT', 'HANG', 'THROW'];
  for (let index = 0; index < 20; index++)
    folder.write(`${index + 10}.md`, { title: `T${index}` }, harms[index - 5] ?? 'Text.');
  const { batches } = await loadFolder(folder.path, impatient);
  const read = [];
  for await (const batch of batches) read.push(...batch);
  expect(read.map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, index) => `${index + 10}.md`));
  expect(read.flatMap(({ problems }) => problems)).toMatchObject([
    setAside('15.md', 'takes too long'),
    setAside('16.md', 'ends the thread that reads it'),
    setAside('17.md', 'takes too long'),
    setAside('18.md', 'fails (TypeError)'),
  ]);
});
