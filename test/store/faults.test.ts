import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { SyncBusyError } from '../../src/store/store-error.ts';
import { rebuildIndex } from '../../src/store/sync/rebuild-index.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions } from '../../src/store/sync-report.ts';
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

test('while a mass removal waits, what the other files say is taken over, and new files are not', async () => {
  await sync();
  folder.remove('a.md', 'b.md', 'c.md');
  folder.write('d.md', { title: 'd', draft: true });
  folder.write('new.md', { title: 'new' });
  const refusal = { reason: 'mass-removal', missing: 3, known: 5 };
  const totals = { articles: 5, publicArticles: 4 };
  expect(await sync()).toMatchObject({ refusal, updated: 1, created: 0, removed: 0, totals });
  expect(await sync()).toMatchObject({ refusal, changed: false, totals });
  expect(await queryText(database.url, "SELECT hiddenBecause FROM Article WHERE slug = 'd'")).toBe(
    '["DRAFT"]',
  );
});

test('what .gatewayignore names is not missing', async () => {
  await sync();
  folder.writeText('.gatewayignore', '[abc].md\n');
  expect(await sync()).toMatchObject({ refusal: null, removed: 3, totals: { articles: 2 } });
});

test('while a mass removal waits, what .gatewayignore names goes', async () => {
  for (const name of ['f', 'g', 'h', 'i']) folder.write(`${name}.md`, { title: name });
  await sync();
  folder.remove('a.md', 'b.md', 'c.md', 'd.md', 'e.md');
  folder.writeText('.gatewayignore', 'f.md\n');
  expect(await sync()).toMatchObject({
    refusal: { missing: 5, known: 9 },
    removed: 1,
    totals: { articles: 8 },
  });
});

test('.gatewayignore may name all files', async () => {
  await sync();
  folder.writeText('.gatewayignore', '*\n');
  expect(await sync()).toMatchObject({ refusal: null, removed: 5, totals: { articles: 0 } });
});

test('files that were missing when the settings changed are read under the new ones when they are back', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    folder.write(`${name}.md`, { title: name, date: '2024-01-01 12:00' });
  await sync();
  const away = mkdtempSync(join(tmpdir(), 'gateway-away-'));
  const move = (from: string, to: string) => {
    for (const name of ['a.md', 'b.md', 'c.md']) renameSync(join(from, name), join(to, name));
  };
  move(folder.path, away);
  const reading = { ...defaultReading, timeZone: 'Europe/Berlin' };
  expect(await sync({ reading })).toMatchObject({ refusal: { missing: 3 }, updated: 2 });
  move(away, folder.path);
  rmSync(away, { recursive: true });
  expect(await sync({ reading })).toMatchObject({ refusal: null, updated: 3 });
  const times = 'SELECT group_concat(DISTINCT publishedAt) FROM Article';
  expect(await queryText(database.url, times)).toBe('2024-01-01T11:00:00.000Z');
});

test('under other settings every file is read, whichever are asked for', async () => {
  for (const name of ['a', 'b']) folder.write(`${name}.md`, { title: name, date: '2024-01-01 12:00' });
  await sync();
  const reading = { ...defaultReading, timeZone: 'Europe/Berlin' };
  expect(await sync({ reading, paths: ['a.md'] })).toMatchObject({ updated: 2 });
});

test('while a mass removal waits, no missing file loses its slug to one that is there', async () => {
  folder.write('s1.md', { title: 'S1', slug: 'same' });
  folder.write('s2.md', { title: 'S2', slug: 'same' });
  await sync();
  const slugs = 'SELECT group_concat(slug) FROM (SELECT slug FROM Article ORDER BY slug)';
  const before = await queryText(database.url, slugs);
  folder.remove('a.md', 'b.md', 'c.md', 's2.md');
  folder.write('s1.md', { title: 'S1', slug: 'same', draft: true });
  expect(await sync()).toMatchObject({ refusal: { missing: 4, known: 7 }, created: 0, removed: 0 });
  expect(await queryText(database.url, slugs)).toBe(before);
  expect(await queryText(database.url, "SELECT published FROM Article WHERE title = 'S1'")).toBe('0');
});

test('while a mass removal waits, what is moved to a hidden place is hidden at once, and nothing else goes or comes', async () => {
  folder.write('f.md', { title: 'f', slug: 'own' });
  for (const name of ['g', 'h', 'i']) folder.write(`${name}.md`, { title: name });
  await sync();
  const shown = () =>
    queryText(
      database.url,
      'SELECT group_concat(slug) FROM (SELECT slug FROM Article WHERE published ORDER BY slug)',
    );
  folder.remove('a.md', 'b.md', 'c.md', 'd.md', 'h.md', 'i.md');
  folder.rename('e.md', '_drafts/e.md');
  folder.rename('f.md', '_drafts/deep/f.md');
  folder.write('drafts/new.md', { title: 'new' });
  expect(await sync()).toMatchObject({
    refusal: { missing: 6, known: 9 },
    created: 1,
    updated: 1,
    removed: 1,
  });
  expect(await shown()).toBe('a,b,c,d,g,h,i');
  expect(await queryText(database.url, "SELECT hiddenBecause FROM Article WHERE slug = 'own'")).toBe(
    '["FOLDER"]',
  );
  expect(await sync()).toMatchObject({ refusal: { missing: 6 }, changed: false });
  // One that was missing before is found there later.
  folder.write('private/a.md', { title: 'a', topics: ['t'] });
  expect(await sync()).toMatchObject({ refusal: { missing: 5, known: 9 }, created: 1, removed: 1 });
  expect(await shown()).toBe('b,c,d,g,h,i');
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
  expect(await (await reader.prisma()).article.count()).toBe(5);
  shareDatabase(0o555, 0o444);
  chmodSync(folder.path, 0o755);
  const ended = await startSyncChild(folder.path, database.url, anybody).ended;
  expect(ended).toMatchObject({ code: 'DATABASE_READ_ONLY', file: database.file });
  expect(ended?.fix).toContain('permission');
  expect(await (await reader.prisma()).article.count()).toBe(5);
  await reader.close();
  shareDatabase(0o755, 0o644);
  expect(await sync()).toMatchObject({ created: 1 });
});

test('a disk that fills up in the middle of a sync undoes it', async () => {
  const { version } = await sync();
  const reader = openReader(database.url);
  expect(await (await reader.prisma()).article.count()).toBe(5);
  for (let index = 0; index < 300; index++)
    folder.write(`${index}.md`, { title: 'Large' }, `${'Words. '.repeat(2_000)}\n`);
  // No file may grow beyond some hundred kilobytes, and the signal that tells is ignored, so that writing fails.
  const blocks = Math.ceil(statSync(database.file).size / 512) + 600;
  const child = startSyncChild(folder.path, database.url, { shell: `trap '' XFSZ; ulimit -f ${blocks}` });
  const ended = await child.ended;
  expect(ended).toMatchObject({ code: 'DISK_FULL', file: database.file });
  expect(ended?.fix).toContain('space');
  expect(await (await reader.prisma()).article.count()).toBe(5);
  await reader.close();
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
