import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncReport } from '../../src/store/sync-report.ts';
import { type ContentWatch, watchContent } from '../../src/store/watch-content.ts';
import type { WatchOptions } from '../../src/store/watch-folder.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';

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
  const before = await versions();
  folder.rename('b.md', 'moved.md');
  const path = () => queryText(database.url, `SELECT path FROM SourceFile WHERE slug = 'fixed'`);
  await expect.poll(path, soon).toBe('moved.md');
  expect(await versions()).toBe(before);
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
