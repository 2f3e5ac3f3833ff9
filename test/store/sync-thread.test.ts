import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { SyncBusyError } from '../../src/store/store-error.ts';
import type { SyncOptions, SyncProgress, SyncReport } from '../../src/store/sync-report.ts';
import { startSyncThread } from '../../src/store/watch/sync-thread.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';

let database: TestDatabase;
let folder: ContentFolder;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
});

afterEach(() => {
  database.remove();
  folder.delete();
});

async function startSync(options: SyncOptions): Promise<SyncReport> {
  const thread = startSyncThread();
  return thread.sync(options).finally(thread.close);
}

const order = () => ({ folder: folder.path, databaseUrl: database.url });

test('a sync on a thread reports, tells its progress and fails as one on this thread does', async () => {
  folder.write('a.md', { title: 'A' });
  const progress: SyncProgress[] = [];
  const report = await startSync({ ...order(), onProgress: (step) => progress.push(step) });
  expect(report).toMatchObject({ changed: true, created: 1, version: { number: 1 } });
  expect(progress.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['scan', 'read', 'link']));

  const holder = await openWriter(database.url);
  await holder.run('BEGIN IMMEDIATE');
  const refused = await startSync(order()).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SyncBusyError);
  expect(refused).toMatchObject({ code: 'SYNC_BUSY', file: database.file });
  await holder.run('ROLLBACK');
  await holder.close();

  const gone = new AbortController();
  gone.abort(new Error('too late'));
  await expect(startSync({ ...order(), signal: gone.signal })).rejects.toThrow('too late');
});

test.each([1_000, 2_000])(
  'a sync of %i files that is aborted is undone and fails with the reason',
  async (count) => {
    const text = 'A sentence of some length. '.repeat(40);
    for (let index = 0; index < count; index++) folder.write(`${index}.md`, { title: `T${index}` }, text);
    const abort = new AbortController();
    const reason = new Error('Enough.');
    const onProgress = ({ phase }: SyncProgress) => phase === 'read' && abort.abort(reason);
    const failure = await startSync({ ...order(), onProgress, signal: abort.signal }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBe(reason);
    expect(await startSync(order())).toMatchObject({ created: count, version: { number: 1 } });
  },
);

test('an error of the driver arrives with its words, and a thread that has ended says so', async () => {
  const writer = await openWriter(database.url);
  await writer.run('DROP TABLE SourceFile');
  await writer.close();
  await expect(startSync(order())).rejects.toThrow(/no such table: SourceFile/);
  const thread = startSyncThread();
  await thread.close();
  await expect(thread.sync(order())).rejects.toThrow('has ended');
});

test('syncs asked for at once on one thread run one after another', async () => {
  folder.write('a.md', { title: 'A' });
  const thread = startSyncThread();
  const reports = await Promise.all([thread.sync(order()), thread.sync(order())]);
  expect(reports.map(({ changed }) => changed)).toEqual([true, false]);
  await thread.close();
});

test('many files are parsed on a further thread, with the same result', async () => {
  for (let index = 0; index < 1_600; index++) folder.write(`${index}.md`, { title: `T${index}` });
  const report = await startSync(order());
  expect(report).toMatchObject({ created: 1_600, rejected: 0, problems: [] });
});

test('readers see the old content or the new while syncs go on, never a mixture', async () => {
  const write = (generation: number) => {
    for (let index = 0; index < 10; index++) {
      folder.write(`${index}.md`, { title: `G${generation}`, topics: [`t${generation}`] });
    }
  };
  write(0);
  const thread = startSyncThread();
  await thread.sync(order());
  const reader = openReader(database.url);
  const mixed: string[] = [];
  const seen = new Set<string>();
  let isDone = false;
  const reading = (async () => {
    while (!isDone) {
      const rows = await (await reader.prisma()).$queryRawUnsafe<{ marks: string }[]>(
        `SELECT (SELECT group_concat(DISTINCT title) FROM Article) || ' ' || (SELECT group_concat(name) FROM Topic) AS marks`,
      );
      const { marks = '' } = rows[0] ?? {};
      seen.add(marks);
      if (!/^G(\d+) t\1$/.test(marks)) mixed.push(marks);
      await setImmediate();
    }
  })();
  try {
    for (let generation = 1; generation <= 100; generation++) {
      write(generation);
      await thread.sync(order());
    }
  } finally {
    isDone = true;
    await reading;
    await reader.close();
    await thread.close();
  }
  expect(mixed).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
});
