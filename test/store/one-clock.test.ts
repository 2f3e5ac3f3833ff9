import { readdirSync, readFileSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { loadFolder } from '../../src/store/load/load-folder.ts';
import { createMark } from '../../src/store/load/reading-mark.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { followSchedule } from '../../src/store/watch/follow-schedule.ts';
import { runSyncWorker } from '../../src/store/watch/run-sync-worker.ts';
import type { FromSyncThread, ToSyncThread } from '../../src/store/watch/sync-messages.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';

let database: TestDatabase;
let folder: ContentFolder;
beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
  folder.write('coming.md', { title: 'C', date: '2090-05-01' });
  folder.write('gone.md', { title: 'G', expires: '2090-05-15' });
  folder.write('later.md', { title: 'L', date: '2091-05-01' });
});
afterEach(() => {
  database.remove();
  folder.delete();
});

const now = () => Date.parse('2090-06-01T00:00:00Z');

test('content and store know no clock but the one default', () => {
  const root = new URL('../../src/', import.meta.url);
  const isAsked = (name: string) =>
    /\bDate\.now\b|\bnew Date\(\s*\)|(?<!\w|new )Date\(/u.test(readFileSync(new URL(name, root), 'utf8'));
  const names = ['content', 'store'].flatMap((layer) =>
    readdirSync(new URL(layer, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${layer}/${name}`),
  );
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter(isAsked)).toEqual(['content/reading.ts']);
});

test('a sync writes the time that it is told', async () => {
  const { version, totals, ms } = await syncContent({ folder: folder.path, databaseUrl: database.url, now });
  expect(version?.syncedAt).toBe('2090-06-01T00:00:00.000Z');
  expect(totals.publicArticles).toBe(1);
  expect(ms).toBeLessThan(60_000);
});

test('a folder is loaded as of the time that is told', async () => {
  const { batches } = await loadFolder(folder.path, { now });
  const shown: string[] = [];
  for await (const batch of batches) {
    for (const { path, article } of batch) if (article?.published) shown.push(path);
  }
  expect(shown).toEqual(['coming.md']);
});

test('what is due next is found by the time that is told', async () => {
  const dues: (string | null)[] = [];
  const stop = followSchedule(database.url, defaultReading, (due) => dues.push(due), now);
  try {
    await syncContent({ folder: folder.path, databaseUrl: database.url, now });
    await expect.poll(() => dues.at(-1), { timeout: 10_000 }).toBe('2091-05-01T00:00:00.000Z');
  } finally {
    stop();
  }
});

test('the thread of syncs goes by the time that it is told, and rings for an article by it', async () => {
  let time = now();
  const { port1, port2 } = new MessageChannel();
  const reports: number[] = [];
  port1.on('message', (message: FromSyncThread) => {
    if (message.kind === 'report' || message.kind === 'watch-report')
      reports.push(message.report.totals.publicArticles);
  });
  const send = (message: ToSyncThread) => port1.postMessage(message);
  const order = { folder: folder.path, databaseUrl: database.url };
  const own = { mark: createMark(), isCareful: false, maxFileMs: 10_000, threadsFrom: undefined };
  runSyncWorker(port2, own, undefined, () => time);
  try {
    send({ kind: 'sync', id: 1, order, wantsProgress: false });
    await expect.poll(() => reports, { timeout: 30_000 }).toEqual([1]);
    send({ kind: 'watch', order, options: { isOff: true } });
    await expect.poll(() => reports, { timeout: 30_000 }).toEqual([1, 1]);
    time = Date.parse('2091-05-01T00:00:00Z');
    await expect.poll(() => reports, { timeout: 30_000 }).toEqual([1, 1, 2]);
  } finally {
    send({ kind: 'close' });
  }
}, 60_000);
