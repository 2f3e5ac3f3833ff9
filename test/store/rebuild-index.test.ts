import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { SyncBusyError } from '../../src/store/store-error.ts';
import { rebuildIndex } from '../../src/store/sync/rebuild-index.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions } from '../../src/store/sync-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';

let database: TestDatabase;
let folder: ContentFolder;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
  for (const name of ['a', 'b', 'c', 'd', 'e']) folder.write(`${name}.md`, { title: name, topics: ['t'] });
});

afterEach(() => {
  database.remove();
  folder.delete();
});

const sync = (options: Partial<SyncOptions> = {}) =>
  syncContent({ folder: folder.path, databaseUrl: database.url, ...options });

const countArticles = () => queryText(database.url, 'SELECT count(*) FROM Article');

function damage(file: string, position: number, length: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(length, 0xa5), 0, length, position);
  closeSync(descriptor);
}

test('a damaged database is refused with a remedy, and rebuilt by it', async () => {
  const { version } = await sync();
  damage(database.file, 4096, statSync(database.file).size - 4096);
  folder.write('f.md', { title: 'f' });
  await expect(sync()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED', file: database.file });
  await expect(sync()).rejects.toMatchObject({ fix: expect.stringContaining('--rebuild') });
  const report = await rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  expect(report).toMatchObject({ changed: true, created: 6 });
  expect(report.version?.number).toBeGreaterThan(version?.number ?? 0);
  expect(await queryText(database.url, 'PRAGMA integrity_check')).toBe('ok');
  const known = 'SELECT json_array(historyFrom, publicHistoryFrom) FROM ContentVersion';
  expect(JSON.parse((await queryText(database.url, known)) ?? '')).toEqual([
    report.version?.number,
    report.public.version?.number,
  ]);
  expect(await sync()).toMatchObject({ changed: false, version: report.version });
});

test('a rebuild is a new version to the public only where something differs for it', async () => {
  folder.write('hidden.md', { title: 'Hidden', published: false });
  const first = await sync();
  folder.write('hidden.md', { title: 'Hidden still', published: false });
  const rebuild = () => rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  const second = await rebuild();
  expect(second.version?.number).toBe(2);
  expect(second.public).toEqual({
    version: first.public.version,
    changed: false,
    changedKeys: { articles: [], providers: [], topics: [], categories: [], isCut: false },
  });
  folder.write('a.md', { title: 'A' });
  const third = await rebuild();
  expect(third.version?.number).toBe(3);
  expect(third.public).toMatchObject({ version: { number: 2 }, changed: true });
  const feed = `SELECT json_group_array(json_array(slug, version)) FROM Change
    WHERE audience = 'public' AND version > 1`;
  expect(JSON.parse((await queryText(database.url, feed)) ?? '')).toEqual([['a', 2]]);
  expect(await queryText(database.url, 'SELECT publicHistoryFrom FROM ContentVersion')).toBe('0');
});

test('a header that makes no sense is damage too', async () => {
  await sync();
  await queryText(database.url, 'PRAGMA wal_checkpoint(TRUNCATE)');
  // The schema format number: https://www.sqlite.org/fileformat2.html#the_database_header
  damage(database.file, 44, 4);
  await expect(sync()).rejects.toMatchObject({
    code: 'DATABASE_DAMAGED',
    fix: expect.stringContaining('--rebuild'),
  });
  expect(await rebuildIndex({ folder: folder.path, databaseUrl: database.url })).toMatchObject({
    created: 5,
  });
});

test('a file that is no database is refused, and kept beside the rebuilt index', async () => {
  writeFileSync(database.file, 'Dear diary, this is not a database at all. '.repeat(200));
  await expect(migrate(database.url)).rejects.toMatchObject({
    code: 'DATABASE_DAMAGED',
    file: database.file,
  });
  await rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  expect(await countArticles()).toBe('5');
  expect(readFileSync(`${database.file}.replaced`, 'utf8')).toContain('Dear diary');
});

test('a rebuild takes the place of the old index in one step, and readers follow', async () => {
  await sync();
  folder.write('a.md', { title: 'changed' });
  await sync();
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  expect((await versions.refresh()).number).toBe(2);
  folder.write('b.md', { title: 'changed too' });
  folder.remove('c.md');

  let isDone = false;
  const counts = new Set<number>();
  const reading = (async () => {
    while (!isDone) {
      counts.add(
        await (await reader.prisma()).article.count({ where: { title: { startsWith: 'changed' } } }),
      );
      // The driver answers without a turn of the event loop, and the rebuild needs some.
      await setImmediate();
    }
  })();
  const rebuilding = rebuildIndex({ folder: folder.path, databaseUrl: database.url }).finally(() => {
    isDone = true;
  });
  expect(await rebuilding).toMatchObject({ changed: true, version: { number: 3 } });
  await reading;
  expect([...counts].filter((count) => count !== 1 && count !== 2)).toEqual([]);
  await expect.poll(() => versions.isCurrent(), { timeout: 1_000 }).toBe(false);
  expect((await versions.refresh()).number).toBe(3);
  expect(await (await reader.prisma()).article.count({ where: { title: { startsWith: 'changed' } } })).toBe(
    2,
  );
  const changes = await (await reader.prisma()).change.findMany({
    where: { audience: 'public', version: { gt: 2 } },
    orderBy: { slug: 'asc' },
  });
  expect(changes.map(({ slug, isRemoved, firstVersion }) => [slug, isRemoved, firstVersion])).toEqual([
    ['b', false, 1],
    ['c', true, 1],
  ]);

  await rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  expect((await versions.refresh()).number).toBe(4);
  expect(await (await reader.prisma()).article.count()).toBe(4);
  await reader.close();
  versions.close();
  const files = readdirSync(database.folder).filter((name) => !/-(wal|shm)$/.test(name));
  expect(files).toHaveLength(2);
  expect(await sync()).toMatchObject({ changed: false, version: { number: 4 } });
});

test('a rebuild of an index whose articles cannot be read still knows how many there were', async () => {
  await sync();
  await queryText(database.url, 'PRAGMA wal_checkpoint(TRUNCATE)');
  const page = await queryText(database.url, `SELECT rootpage FROM sqlite_master WHERE name = 'Article'`);
  const size = Number(await queryText(database.url, 'PRAGMA page_size'));
  damage(database.file, (Number(page) - 1) * size, size);
  folder.remove('a.md', 'b.md', 'c.md');
  await expect(sync()).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
  const options = { folder: folder.path, databaseUrl: database.url };
  expect(await rebuildIndex(options)).toMatchObject({
    refusal: { reason: 'mass-removal', missing: 3, known: 5 },
  });
  expect((await rebuildIndex(options)).refusal?.fix).toContain('--rebuild --allow-mass-removal');
  expect(await rebuildIndex({ ...options, allowMassRemoval: true })).toMatchObject({
    totals: { articles: 2 },
  });
});

test('a database that cannot be opened says so, and nothing takes its place', async () => {
  const databaseUrl = `file:${database.folder}`;
  const unreachable = { code: 'DATABASE_UNREACHABLE', file: database.folder };
  await expect(syncContent({ folder: folder.path, databaseUrl })).rejects.toMatchObject(unreachable);
  await expect(rebuildIndex({ folder: folder.path, databaseUrl })).rejects.toMatchObject(unreachable);
});

test('a rebuild is refused where a sync would be', async () => {
  const { version } = await sync();
  folder.remove('a.md', 'b.md', 'c.md');
  const options = { folder: folder.path, databaseUrl: database.url };
  expect(await rebuildIndex(options)).toMatchObject({ changed: false, refusal: { reason: 'mass-removal' } });
  const holder = await openWriter(database.url);
  await holder.run('BEGIN IMMEDIATE');
  await expect(rebuildIndex(options)).rejects.toBeInstanceOf(SyncBusyError);
  await holder.run('ROLLBACK');
  await holder.close();
  expect(readdirSync(database.folder).filter((name) => name.startsWith('gateway.db.'))).toEqual([]);
  expect(await queryText(database.url, 'SELECT digest FROM ContentVersion')).toBe(version?.digest);
  expect(existsSync(`${database.file}.replaced`)).toBe(false);
});

test('a rebuild clears away what killed ones left, and nothing else', async () => {
  await sync();
  const left = [
    'index-lx0d3f9k',
    'index-lx0d3f9k-wal',
    'index-lx0d3f9k.index-0a1b',
    '202511221251',
    'replaced',
    'index-lx0d3f9z',
  ];
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const suffix of left) {
    const file = `${database.file}.${suffix}`;
    writeFileSync(file, 'half');
    // The last one may be in the making.
    if (suffix !== left.at(-1)) utimesSync(file, hoursAgo, hoursAgo);
  }
  await rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  const kept = left.filter((suffix) => existsSync(`${database.file}.${suffix}`));
  expect(kept).toEqual(['202511221251', 'replaced', 'index-lx0d3f9z']);
  expect(await countArticles()).toBe('5');
});
