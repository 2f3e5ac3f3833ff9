import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DatabaseReader, openReader } from '../../src/store/sqlite/read/clients.ts';
import { readContentVersion } from '../../src/store/sqlite/read/read-content-version.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { rebuildIndex } from '../../src/store/sync/rebuild-index.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { OpenVersionSource } from '../../src/store/version-source.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';

let database: TestDatabase;
let folder: ContentFolder;
let reader: DatabaseReader;
let versions: OpenVersionSource;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
  reader = openReader(database.url);
  versions = createVersionSource(reader, database.url);
});

afterEach(async () => {
  versions.close();
  await reader.close();
  database.remove();
  folder.delete();
});

const sync = () => syncContent({ folder: folder.path, databaseUrl: database.url });

test('nothing is current before the first refresh, and there is nothing to read before the first sync', async () => {
  expect(versions.isCurrent()).toBe(false);
  expect(versions.current).toBeNull();
  expect(readContentVersion(reader)).toBeNull();
  await expect(versions.refresh()).rejects.toThrow('No content');
  expect(versions.isCurrent()).toBe(false);
});

test('it is current until somebody commits, and after the next refresh again', async () => {
  folder.write('a.md', { title: 'A', topics: ['t'] });
  folder.write('b.md', { title: 'B', published: false });
  await sync();
  const numbers: number[] = [];
  versions.onChange(({ number }) => numbers.push(number));
  const first = await versions.refresh();
  expect(first).toMatchObject({
    number: 1,
    articles: 2,
    publicArticles: 1,
    topics: 1,
    categories: 0,
    publicTopics: 1,
    publicCategories: 0,
    historyFrom: 0,
  });
  expect(first.syncedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(versions.isCurrent()).toBe(true);
  await sync();
  expect(versions.isCurrent()).toBe(true);
  folder.write('a.md', { title: 'A2' });
  await sync();
  expect(versions.isCurrent()).toBe(false);
  expect(versions.current?.number).toBe(1);
  const [second, same] = await Promise.all([versions.refresh(), versions.refresh()]);
  expect([second.number, same.number]).toEqual([2, 2]);
  expect(versions.isCurrent()).toBe(true);
  expect(numbers).toEqual([1, 2]);
});

test('however many ask at once, it is read once more for those who came too late for the reading under way', async () => {
  await sync();
  let reads = 0;
  const counting = new Proxy(reader, {
    get(target, name) {
      if (name === 'readRow') reads += 1;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const counted = createVersionSource(counting, database.url);
  await counted.refresh();
  reads = 0;
  const first = counted.refresh();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 100 }, () => counted.refresh())]);
  expect(reads).toBe(2);
  counted.close();
});

test('another file in its place is noticed at the very next look', async () => {
  folder.write('a.md', { title: 'A' });
  await sync();
  const other = await createTestDatabase();
  folder.write('b.md', { title: 'B' });
  await syncContent({ folder: folder.path, databaseUrl: other.url });
  try {
    await versions.refresh();
    expect(versions.isCurrent()).toBe(true);
    renameSync(other.file, database.file);
    expect(versions.isCurrent()).toBe(false);
  } finally {
    other.remove();
  }
});

test('no answer is old once a rebuild has said that it is done', async () => {
  folder.write('a.md', { title: 'A' });
  await sync();
  await versions.refresh();
  let rebuilt = false;
  // Looked at all the time, so that no interval runs out unnoticed while the rebuild is at work.
  const looking = (async () => {
    while (!rebuilt) {
      versions.isCurrent();
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  folder.write('a.md', { title: 'A2' });
  const { version } = await rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  expect(versions.isCurrent()).toBe(false);
  rebuilt = true;
  await looking;
  expect(await versions.refresh()).toMatchObject({ number: version?.number, digest: version?.digest });
  expect(versions.isCurrent()).toBe(true);
});

test('it is not current where it cannot be told which file stands at the path, and is again when it can', async () => {
  folder.write('a.md', { title: 'A' });
  await sync();
  await versions.refresh();
  const { file } = database;
  renameSync(file, `${file}.aside`);
  // The system refuses to follow it, as it may refuse a folder or a share of another machine.
  symlinkSync(file, file);
  expect(versions.isCurrent()).toBe(false);
  await expect(versions.refresh()).rejects.toThrow('ELOOP');
  expect(versions.isCurrent()).toBe(false);

  rmSync(file);
  renameSync(`${file}.aside`, file);
  await versions.refresh();
  expect(versions.isCurrent()).toBe(true);
});
