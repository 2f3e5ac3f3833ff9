import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scanFolder } from '../../src/content/read/scan-folder.ts';
import { defaultReading } from '../../src/content/reading.ts';
import { type EncodedFile, loadBatch, orderLoad } from '../../src/store/load/load-files.ts';
import { loadInThreads } from '../../src/store/load/load-in-threads.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncProgress } from '../../src/store/sync-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryJson, queryText } from './dump-content.ts';

const files = 2_400;
let folder: ContentFolder;
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
  for (let index = 0; index < files; index++) {
    // Long bodies make batches of few files, and every twelfth is a duplicate of the one before.
    const slug = `article-${index % 12 === 0 && index > 0 ? index - 1 : index}`;
    folder.write(
      join(`part-${index % 7}`, `file-${String(index).padStart(5, '0')}.md`),
      {
        title: `Title ${index}`,
        slug,
        topics: [`topic ${index % 5}`],
        images: [`https://a.example/${index}.png`],
      },
      `${'A sentence of some length. '.repeat(200)}\n`,
    );
  }
  folder.writeText('bad.md', '---\ntitle: [\n---\n');
});

afterEach(() => {
  database.remove();
  folder.delete();
});

it('gives each file once, the same as one thread alone', async () => {
  const { files: scanned } = await scanFolder(folder.path);
  const order = orderLoad(folder.path, defaultReading, scanned, () => null, null);
  expect(order.ends.length).toBeGreaterThan(8);
  const alone: EncodedFile[] = [];
  for (const batch of order.ends.keys()) alone.push(...(await loadBatch(order, batch)));
  const together: EncodedFile[] = [];
  for await (const batch of loadInThreads(order)) together.push(...batch);
  const byPath = (a: EncodedFile, b: EncodedFile) => (a.path < b.path ? -1 : 1);
  expect(together.sort(byPath)).toEqual(alone.sort(byPath));
});

it('ends the thread when the caller stops early', async () => {
  const { files: scanned } = await scanFolder(folder.path);
  const order = orderLoad(folder.path, defaultReading, scanned, () => null, null);
  for await (const batch of loadInThreads(order)) {
    expect(batch.length).toBeGreaterThan(0);
    break;
  }
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort')).toEqual([]);
});

it('loads with every index in place and duplicates decided by path', async () => {
  const names = `SELECT json_group_array(name) FROM (SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name)`;
  const before = await queryJson<string[]>(database.url, names);
  const steps: SyncProgress[] = [];
  const onProgress = (step: SyncProgress) => steps.push(step);
  const report = await syncContent({ folder: folder.path, databaseUrl: database.url, onProgress });
  const indexing = steps.filter(({ phase }) => phase === 'index');
  expect(indexing.length).toBeGreaterThan(20);
  expect(indexing.at(-1)?.done).toBe(indexing.at(-1)?.total);
  const duplicates = report.problems.filter(({ code }) => code === 'DUPLICATE_SLUG').length;
  expect(duplicates).toBe(files / 12 - 1);
  expect(report.created).toBe(files);
  expect(report.totals.images).toBe(files);
  expect(await queryJson<string[]>(database.url, names)).toEqual(before);
  expect(await queryText(database.url, 'PRAGMA integrity_check')).toBe('ok');
  // Of two files that claim a slug, the smaller path is the article: part-4/file-00011.md, not part-5/file-00012.md.
  expect(await queryText(database.url, `SELECT title FROM Article WHERE slug = 'article-11'`)).toBe(
    'Title 11',
  );
  expect(await queryText(database.url, `SELECT slug FROM Article WHERE title = 'Title 12'`)).toBe(
    'part-5/file-00012',
  );
});
