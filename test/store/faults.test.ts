import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReader } from '../../src/store/clients.ts';
import { migrate } from '../../src/store/migrate.ts';
import { rebuildIndex } from '../../src/store/rebuild-index.ts';
import { SyncBusyError } from '../../src/store/store-error.ts';
import { syncContent } from '../../src/store/sync-content.ts';
import type { SyncOptions } from '../../src/store/sync-report.ts';
import { createVersionSource } from '../../src/store/version-source.ts';
import { openWriter } from '../../src/store/writer.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';
import { startSyncChild } from './run-child.ts';

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

/** Root may do everything, so that a child must be somebody else to be refused. */
const anybody = process.getuid?.() === 0 ? { uid: 65_534 } : {};

function shareDatabase(folderMode: number, fileMode: number): void {
  chmodSync(database.folder, folderMode);
  for (const name of readdirSync(database.folder)) chmodSync(join(database.folder, name), fileMode);
}

const countArticles = () => queryText(database.url, 'SELECT count(*) FROM Article');

test('a folder that is gone, empty or more than half empty keeps the old content', async () => {
  const { version } = await sync();
  const kept = { changed: false, version, totals: { articles: 5 } };
  folder.remove('a.md', 'b.md', 'c.md');
  expect(await sync()).toMatchObject({ ...kept, refusal: { reason: 'mass-removal', missing: 3, known: 5 } });
  expect(await sync({ paths: ['a.md', 'b.md', 'c.md'] })).toMatchObject({
    ...kept,
    refusal: { reason: 'mass-removal' },
  });
  folder.remove('d.md', 'e.md');
  expect(await sync()).toMatchObject({ ...kept, refusal: { reason: 'folder-empty', missing: 5 } });
  rmSync(folder.path, { recursive: true });
  expect(await sync()).toMatchObject({ ...kept, refusal: { reason: 'folder-missing', known: 5 } });
  expect(await sync({ allowMassRemoval: true })).toMatchObject({ refusal: { reason: 'folder-missing' } });
  expect(await countArticles()).toBe('5');
});

test('half of the articles may go, and all of them when that is allowed', async () => {
  folder.write('f.md', { title: 'f' });
  await sync();
  folder.remove('a.md', 'b.md', 'c.md');
  expect(await sync()).toMatchObject({ refusal: null, removed: 3 });
  folder.remove('d.md', 'e.md', 'f.md');
  expect(await sync({ allowMassRemoval: true })).toMatchObject({
    refusal: null,
    removed: 3,
    totals: { articles: 0 },
  });
});

test('files that only moved, and another folder altogether, are not missing', async () => {
  await sync();
  for (const name of ['a', 'b', 'c', 'd', 'e']) folder.rename(`${name}.md`, `moved/${name}.md`);
  expect(await sync()).toMatchObject({ refusal: null, created: 5, removed: 5 });
  const other = createContentFolder();
  other.write('x.md', { title: 'x' });
  expect(await sync({ folder: other.path })).toMatchObject({ refusal: null, created: 1, removed: 5 });
  other.delete();
});

test('a folder in the folder that cannot be listed keeps its articles', async () => {
  folder.write('deep/x.md', { title: 'x' });
  const { version } = await sync();
  chmodSync(folder.path, 0o755);
  chmodSync(join(folder.path, 'deep'), 0);
  shareDatabase(0o777, 0o666);
  const ended = await startSyncChild(folder.path, database.url, anybody).ended;
  expect(ended).toEqual({ changed: false, version });
  expect(await queryText(database.url, 'SELECT path || code FROM Problem')).toBe('deepUNREADABLE');
  chmodSync(join(folder.path, 'deep'), 0o755);
});

test('of two syncs at once one wins and the other says so, in one process or two', async () => {
  let second: Promise<unknown> | undefined;
  const first = await sync({
    onProgress() {
      second ??= sync().catch((error: unknown) => error);
    },
  });
  expect(first).toMatchObject({ changed: true, created: 5 });
  const refused = await second;
  expect(refused).toBeInstanceOf(SyncBusyError);
  expect(refused).toMatchObject({ code: 'SYNC_BUSY', file: database.file });

  const holder = await openWriter(database.url);
  await holder.run('BEGIN IMMEDIATE');
  expect(await startSyncChild(folder.path, database.url).ended).toMatchObject({
    code: 'SYNC_BUSY',
    file: database.file,
  });
  await holder.run('ROLLBACK');
  await holder.close();
  expect(await startSyncChild(folder.path, database.url).ended).toMatchObject({ changed: false });
});

test('a database that cannot be written says so, and is still read', async () => {
  await sync();
  folder.write('f.md', { title: 'f' });
  const reader = openReader(database.url);
  expect(await reader.article.count()).toBe(5);
  shareDatabase(0o555, 0o444);
  chmodSync(folder.path, 0o755);
  const ended = await startSyncChild(folder.path, database.url, anybody).ended;
  expect(ended).toMatchObject({ code: 'DATABASE_READ_ONLY', file: database.file });
  expect(ended?.fix).toContain('permission');
  expect(await reader.article.count()).toBe(5);
  await reader.$disconnect();
  shareDatabase(0o755, 0o644);
  expect(await sync()).toMatchObject({ created: 1 });
});

test('a disk that fills up in the middle of a sync undoes it', async () => {
  const { version } = await sync();
  const reader = openReader(database.url);
  expect(await reader.article.count()).toBe(5);
  for (let index = 0; index < 300; index++)
    folder.write(`${index}.md`, { title: 'Large' }, `${'Words. '.repeat(2_000)}\n`);
  // No file may grow beyond some hundred kilobytes, and the signal that tells is ignored, so that writing fails.
  const blocks = Math.ceil(statSync(database.file).size / 512) + 600;
  const child = startSyncChild(folder.path, database.url, { shell: `trap '' XFSZ; ulimit -f ${blocks}` });
  const ended = await child.ended;
  expect(ended).toMatchObject({ code: 'DISK_FULL', file: database.file });
  expect(ended?.fix).toContain('space');
  expect(await reader.article.count()).toBe(5);
  await reader.$disconnect();
  expect(await queryText(database.url, 'PRAGMA integrity_check')).toBe('ok');
  expect(await queryText(database.url, 'SELECT digest FROM ContentVersion')).toBe(version?.digest);
  expect(await sync()).toMatchObject({ created: 300 });
});

test("a database that is somebody else's is refused and not touched", async () => {
  const file = join(database.folder, 'notes.db');
  const notes = new Database(file);
  notes.exec('CREATE TABLE notes (text TEXT)');
  notes.close();
  const before = readFileSync(file);
  await expect(migrate(`file:${file}`)).rejects.toMatchObject({ code: 'DATABASE_FOREIGN', file });
  const rebuilding = rebuildIndex({ folder: folder.path, databaseUrl: `file:${file}` });
  await expect(rebuilding).rejects.toMatchObject({ code: 'DATABASE_FOREIGN' });
  expect(readFileSync(file).equals(before)).toBe(true);

  const newer = await openWriter(database.url);
  await newer.run(`UPDATE _prisma_migrations SET migration_name = '99990101000000_future'`);
  await newer.close();
  await expect(migrate(database.url)).rejects.toMatchObject({
    code: 'DATABASE_FOREIGN',
    file: database.file,
  });
});

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
  expect(await queryText(database.url, 'SELECT historyFrom FROM SyncState')).toBe(
    String(report.version?.number),
  );
  expect(await sync()).toMatchObject({ changed: false, version: report.version });
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
      counts.add(await reader.article.count({ where: { title: { startsWith: 'changed' } } }));
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
  expect(await reader.article.count({ where: { title: { startsWith: 'changed' } } })).toBe(2);
  const changes = await reader.change.findMany({
    where: { audience: 'public', version: { gt: 2 } },
    orderBy: { slug: 'asc' },
  });
  expect(changes.map(({ slug, isRemoved, firstVersion }) => [slug, isRemoved, firstVersion])).toEqual([
    ['b', false, 1],
    ['c', true, 1],
  ]);

  await rebuildIndex({ folder: folder.path, databaseUrl: database.url });
  expect((await versions.refresh()).number).toBe(4);
  expect(await reader.article.count()).toBe(4);
  await reader.$disconnect();
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
