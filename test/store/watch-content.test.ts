import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncReport } from '../../src/store/sync-report.ts';
import type { WatchOptions } from '../../src/store/watch/watch-folder.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';
import { type ContentWatch, watchContent } from './watch-content.ts';

let database: TestDatabase;
let folder: ContentFolder;
let watch: ContentWatch | undefined;
let reports: SyncReport[];
let warnings: string[];
let failures: unknown[];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
  reports = [];
  warnings = [];
  failures = [];
});

afterEach(async () => {
  await watch?.close();
  watch = undefined;
  database.remove();
  folder.delete();
});

/** Resolves when the first look at the folder is done. */
async function begin(options: WatchOptions = {}): Promise<string> {
  const mode = await new Promise<string>((resolve) => {
    watch = watchContent({
      folder: folder.path,
      databaseUrl: database.url,
      watch: options,
      listeners: {
        onReady: resolve,
        onReport: (report) => reports.push(report),
        onWarning: (message) => warnings.push(message),
        onFailure: (error) => failures.push(error),
      },
    });
  });
  await expect.poll(() => reports.length, { timeout: 10_000 }).toBeGreaterThan(0);
  return mode;
}

const titles = () =>
  queryText(database.url, 'SELECT group_concat(title) FROM (SELECT title FROM Article ORDER BY slug)');
const versions = () => queryText(database.url, 'SELECT max(number) FROM ContentVersion');
const soon = { timeout: 10_000, interval: 20 };

test('a saved, added, renamed and removed file is served without being asked for', async () => {
  folder.write('a.md', { title: 'A' });
  folder.write('b.md', { title: 'B', slug: 'fixed' });
  expect(await begin()).toBe('events');
  expect(await titles()).toBe('A,B');

  folder.write('a.md', { title: 'A2' });
  await expect.poll(titles, soon).toBe('A2,B');
  folder.write('new/deep/c.md', { title: 'C' });
  await expect.poll(titles, soon).toBe('A2,B,C');
  const before = Number(await versions());
  folder.rename('b.md', 'moved.md');
  const path = () => queryText(database.url, `SELECT path FROM SourceFile WHERE slug = 'fixed'`);
  await expect.poll(path, soon).toBe('moved.md');
  expect(Number(await versions())).toBe(before + 1);
  folder.remove('a.md');
  await expect.poll(titles, soon).toBe('B,C');
  expect([warnings, failures]).toEqual([[], []]);
});

test('many changes at once become one version, and editors own files none', async () => {
  for (let index = 0; index < 50; index++) folder.write(`${index}.md`, { title: 'old' });
  await begin();
  const before = Number(await versions());
  for (let index = 0; index < 50; index++) folder.write(`${index}.md`, { title: 'new' });
  for (const name of ['.a.md.swp', '#a.md#', '.#a.md', 'a.md~', '4913', '~$a.md'])
    folder.writeText(name, 'x');
  const news = () => queryText(database.url, `SELECT count(*) FROM Article WHERE title = 'new'`);
  await expect.poll(news, soon).toBe('50');
  expect(Number(await versions())).toBe(before + 1);
  await sleep(300);
  expect(await queryText(database.url, 'SELECT count(*) FROM Article')).toBe('50');
  expect(Number(await versions())).toBe(before + 1);
});

test('a folder that is emptied file by file is kept whole', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) folder.write(`${name}.md`, { title: name });
  await begin();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    folder.remove(`${name}.md`);
    await sleep(60);
  }
  await expect.poll(() => reports.at(-1)?.refusal?.reason, soon).toBe('folder-empty');
  expect(await titles()).toBe('a,b,c,d,e,f');
});

test('a file written in parts is served when it is whole', async () => {
  folder.write('a.md', { title: 'old' }, 'Whole.\n');
  folder.write('b.md', { title: 'B' });
  await begin();
  const path = join(folder.path, 'a.md');
  writeFileSync(path, '');
  await sleep(20);
  writeFileSync(path, '---\ntitle: ');
  await sleep(20);
  writeFileSync(path, '---\ntitle: new\n---\nWhole again.\n');
  await expect.poll(titles, soon).toBe('new,B');
  expect(reports.flatMap(({ removed }) => removed).filter(Boolean)).toEqual([]);
});

test('the last of two changes is served, however soon it follows the first', async () => {
  folder.write('a.md', { title: 'old' });
  await begin();
  for (let round = 0; round < 24; round++) {
    folder.write('a.md', { title: `first ${round}` });
    await sleep(36 + round);
    folder.write('a.md', { title: `last ${round}` });
    await expect.poll(titles, soon).toBe(`last ${round}`);
  }
});

test('a polled folder is followed too', async () => {
  folder.write('a.md', { title: 'A' });
  expect(await begin({ polling: true, pollInterval: 50 })).toBe('polling');
  folder.write('a.md', { title: 'A2' });
  mkdirSync(join(folder.path, 'empty'));
  await expect.poll(titles, soon).toBe('A2');
  folder.write('b.md', { title: 'B' });
  await expect.poll(titles, soon).toBe('A2,B');
});

test('a folder that another one takes the place of is followed, and so is one that goes and comes back', async () => {
  folder.write('a.md', { title: 'A' });
  folder.write('b.md', { title: 'B' });
  await begin();
  const [next, old] = [`${folder.path}-next`, `${folder.path}-old`];
  cpSync(folder.path, next, { recursive: true });
  renameSync(folder.path, old);
  renameSync(next, folder.path);
  folder.write('c.md', { title: 'C' });
  await expect.poll(titles, soon).toBe('A,B,C');
  // By events again, and not by the one look that came with the new folder.
  folder.write('c.md', { title: 'C2' });
  await expect.poll(titles, soon).toBe('A,B,C2');

  renameSync(folder.path, next);
  await expect.poll(() => reports.at(-1)?.refusal?.reason, soon).toBe('folder-missing');
  renameSync(next, folder.path);
  await expect.poll(() => reports.at(-1)?.refusal, soon).toBeNull();
  folder.write('c.md', { title: 'C3' });
  await expect.poll(titles, soon).toBe('A,B,C3');
  rmSync(old, { recursive: true });
});

test('a folder that is removed and made anew at once is followed, and one that cannot be looked at ends nothing', async () => {
  folder.write('a.md', { title: 'A' });
  await begin();
  rmSync(folder.path, { recursive: true });
  folder.write('a.md', { title: 'A' });
  await expect.poll(() => reports.at(-1)?.refusal, soon).toBeNull();
  await sleep(2_000);
  folder.write('z.md', { title: 'Z' });
  await expect.poll(titles, soon).toBe('A,Z');

  const away = `${folder.path}-away`;
  renameSync(folder.path, away);
  symlinkSync(folder.path, folder.path);
  await sleep(2_000);
  rmSync(folder.path);
  renameSync(away, folder.path);
  folder.write('z.md', { title: 'Z2' });
  await expect.poll(titles, soon).toBe('A,Z2');
});

test('a link is followed to where it leads by now, and half a copy behind it removes nothing', async () => {
  const { path } = folder;
  const [first, second] = [join(path, 'first'), join(path, 'second')];
  for (const name of ['a', 'b', 'c']) folder.write(`first/${name}.md`, { title: name });
  cpSync(first, second, { recursive: true });
  const live = `${path}-live`;
  symlinkSync(first, live);
  folder = { ...folder, path: live };
  try {
    await begin();
    const lead = (to: string) => {
      symlinkSync(to, `${live}.new`);
      renameSync(`${live}.new`, live);
    };
    lead(second);
    writeFileSync(join(second, 'd.md'), '---\ntitle: d\n---\n');
    await expect.poll(titles, soon).toBe('a,b,c,d');
    mkdirSync(join(path, 'third'));
    writeFileSync(join(path, 'third/a.md'), '---\ntitle: a\n---\n');
    lead(join(path, 'third'));
    await expect.poll(() => reports.at(-1)?.refusal?.reason, soon).toBe('mass-removal');
    expect(await titles()).toBe('a,b,c,d');
  } finally {
    rmSync(live);
    folder = { ...folder, path };
  }
});

test('an index that is deleted is made anew', async () => {
  folder.write('a.md', { title: 'A' });
  await begin();
  for (const file of [database.file, `${database.file}-wal`, `${database.file}-shm`])
    rmSync(file, { force: true });
  folder.write('b.md', { title: 'B' });
  await expect.poll(() => reports.at(-1)?.totals.articles, soon).toBe(2);
  expect(await titles()).toBe('A,B');
  folder.write('b.md', { title: 'B2' });
  await expect.poll(titles, soon).toBe('A,B2');
  expect(failures).toEqual([]);
});

test('what was refused is still refused when one more file changes', async () => {
  for (const name of ['a', 'b', 'c', 'd']) folder.write(`${name}.md`, { title: name });
  await begin();
  folder.remove('a.md', 'b.md', 'c.md');
  await expect.poll(() => reports.at(-1)?.refusal?.missing, soon).toBe(3);
  const seen = reports.length;
  folder.write('d.md', { title: 'd2' });
  await expect.poll(() => reports.length, soon).toBeGreaterThan(seen);
  expect(reports.at(-1)?.refusal?.missing).toBe(3);
  expect(await titles()).toBe('a,b,c,d2');
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, { title: name });
  await expect.poll(titles, soon).toBe('a,b,c,d2');
});

test('a file that moves and keeps its slug is at no moment a duplicate', async () => {
  folder.write('a.md', { title: 'A', slug: 'fixed' });
  folder.write('z.md', { title: 'Z' });
  await begin();
  for (const [from, to] of [
    ['a.md', 'sub/b.md'],
    ['sub/b.md', 'a.md'],
  ] as const) {
    folder.rename(from, to);
    const path = () => queryText(database.url, `SELECT path FROM SourceFile WHERE slug = 'fixed'`);
    await expect.poll(path, soon).toBe(to);
  }
  expect(reports.flatMap(({ problems }) => problems.map(({ code }) => code))).not.toContain('DUPLICATE_SLUG');
});
