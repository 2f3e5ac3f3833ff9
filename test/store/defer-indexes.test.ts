import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions } from '../../src/store/sync-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { dumpContent, queryText } from './dump-content.ts';

const FILES = 1_100;

let database: TestDatabase;
let folder: ContentFolder;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
  writeAll('first');
  await sync();
});
afterAll(() => {
  database.remove();
  folder.delete();
});

function writeAll(word: string): void {
  for (let at = 0; at < FILES; at += 1) {
    folder.write(`${at}.md`, {
      title: `The ${word} of ${at}`,
      topics: [`topic ${at % 7}`, word],
      categories: [`section ${at % 3}`],
      provider: { name: `Paper ${at % 5}`, domain: `paper-${at % 5}.example` },
      images: [`https://paper.example/${word}-${at}.png`],
      webUrl: `https://paper.example/${at}`,
      related: [{ title: word, webUrl: `https://paper.example/${(at + 1) % FILES}` }],
    });
  }
}

/** @returns how many indexes were made after the rows */
async function sync(url = database.url, options: Partial<SyncOptions> = {}): Promise<number> {
  let made = 0;
  const onProgress: SyncOptions['onProgress'] = ({ phase, total }) => {
    if (phase === 'index') made = total;
  };
  await syncContent({ folder: folder.path, databaseUrl: url, onProgress, ...options });
  return made;
}

const indexes = () =>
  queryText(
    database.url,
    `SELECT group_concat(name || sql, char(10)) FROM (SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name)`,
  );

test('files that have another time and the same bytes leave the indexes alone', async () => {
  const later = new Date(Date.now() + 60_000);
  for (let at = 0; at < FILES; at += 1) utimesSync(join(folder.path, `${at}.md`), later, later);
  expect(await sync()).toBe(0);
});

test('an update of nearly all articles makes the indexes after the rows, and all of them', async () => {
  const before = await indexes();
  writeAll('second');
  expect(await sync()).toBeGreaterThan(40);
  expect(await indexes()).toBe(before);
  const fresh = await createTestDatabase();
  try {
    await sync(fresh.url);
    expect(await dumpContent(database.url)).toEqual(await dumpContent(fresh.url));
  } finally {
    rmSync(fresh.folder, { recursive: true });
  }
});

test('an update that is broken off leaves the indexes and the content of before', async () => {
  const before = [await indexes(), await dumpContent(database.url)];
  writeAll('third');
  const abort = new AbortController();
  const onProgress: SyncOptions['onProgress'] = ({ phase }) => {
    if (phase === 'link') abort.abort(new Error('stopped'));
    abort.signal.throwIfAborted();
  };
  await expect(sync(database.url, { onProgress })).rejects.toThrow('stopped');
  expect([await indexes(), await dumpContent(database.url)]).toEqual(before);
});

test('a small update keeps them', async () => {
  await sync();
  folder.write('1.md', { title: 'Another' });
  expect(await sync()).toBe(0);
});

test('an update keeps them in which articles are read again for another slug after all others were written', async () => {
  const rewrite = (word: string, slug: string) => {
    for (let at = 0; at < FILES; at += 1) {
      // Files of one batch alone, so that no other write comes before the slugs are given.
      const isOfFirstBatch = at < 600;
      folder.write(`${String(at).padStart(4, '0')}.md`, {
        title: isOfFirstBatch ? `${word} ${at}` : `Always ${at}`,
        slug: at < 2 ? slug : `slug-${at}`,
      });
    }
  };
  folder.remove(...Array.from({ length: FILES }, (_, at) => `${at}.md`));
  rewrite('Before', 'of-both');
  await sync(database.url, { allowMassRemoval: true });
  const before = await indexes();
  rewrite('After', 'of-both-again');
  expect(await sync()).toBe(0);
  expect(await indexes()).toBe(before);
});
