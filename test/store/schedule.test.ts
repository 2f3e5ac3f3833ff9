import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions, SyncReport } from '../../src/store/sync-report.ts';
import { createAlarm } from '../../src/store/watch/alarm.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { dumpContent, queryJson } from './dump-content.ts';

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

/** As a sync does at this moment: of the whole folder, or of what is due alone. */
const at = (moment: string, options: Partial<SyncOptions> = {}): Promise<SyncReport> =>
  syncContent({
    folder: folder.path,
    databaseUrl: database.url,
    now: () => Date.parse(moment),
    ...options,
  });
const due = (moment: string) => at(moment, { paths: [] });
const hidden = () =>
  queryJson<Record<string, string[]>>(
    database.url,
    'SELECT json_group_object(slug, json(hiddenBecause)) FROM (SELECT * FROM Article ORDER BY slug)',
  );

/** What a database made anew at this moment holds. */
async function madeAnew(moment: string): Promise<string[]> {
  const fresh = await createTestDatabase();
  try {
    await at(moment, { databaseUrl: fresh.url });
    return await dumpContent(fresh.url);
  } finally {
    fresh.remove();
  }
}

test('an article appears at its time and goes at its end, no file touched, and an index made anew is the same', async () => {
  const related = [{ webUrl: 'https://a.example/open' }];
  folder.write('coming.md', { title: 'C', date: '2030-05-01T08:00:00Z', topics: ['T'], related });
  folder.write('going.md', { title: 'G', expires: '2030-05-02T08:00:00Z', provider: 'P' });
  folder.write('open.md', { title: 'O', webUrl: 'https://a.example/open', date: '2030-04-01' });

  const first = await at('2030-05-01T07:59:59.999Z');
  expect(first).toMatchObject({ created: 3, schedule: { waiting: 1, next: '2030-05-01T08:00:00.000Z' } });
  expect(await hidden()).toEqual({ coming: ['SCHEDULED'], going: [], open: [] });
  expect(await due('2030-05-01T07:59:59.999Z')).toMatchObject({ changed: false });

  const appeared = await due('2030-05-01T08:00:00.000Z');
  expect(appeared).toMatchObject({
    ...{ changed: true, updated: 1, changedKeys: { articles: ['coming'], topics: ['t'] } },
    public: { changed: true, changedKeys: { articles: ['coming'], topics: ['t'] } },
    schedule: { waiting: 0, next: '2030-05-02T08:00:00.000Z' },
  });
  expect(await hidden()).toEqual({ coming: [], going: [], open: [] });
  expect(await dumpContent(database.url)).toEqual(await madeAnew('2030-05-01T08:00:00.000Z'));

  const expired = await due('2030-05-02T08:00:00.000Z');
  expect(expired).toMatchObject({ updated: 1, public: { changed: true }, schedule: { next: null } });
  expect(await hidden()).toEqual({ coming: [], going: ['EXPIRED'], open: [] });
  expect(await dumpContent(database.url)).toEqual(await madeAnew('2030-05-02T08:00:00.000Z'));
});

test('what became due while nothing ran is switched by the first sync', async () => {
  folder.write('a.md', { title: 'A', date: '2030-01-01' });
  folder.write('b.md', { title: 'B', date: '2030-01-01', expiryDate: '2030-01-05' });
  await at('2029-12-31T00:00:00Z');
  expect(await at('2030-02-01T00:00:00Z')).toMatchObject({ updated: 2, unchanged: 0 });
  expect(await hidden()).toEqual({ a: [], b: ['EXPIRED'] });
});

test('a time that is edited meanwhile counts, and so does another reason', async () => {
  folder.write('a.md', { title: 'A', date: '2030-01-01' });
  folder.write('b.md', { title: 'B', date: '2030-01-01', draft: true });
  await at('2029-12-01T00:00:00Z');
  folder.write('a.md', { title: 'A', date: '2030-06-01' });
  expect(await at('2029-12-02T00:00:00Z')).toMatchObject({
    schedule: { waiting: 1, next: '2030-06-01T00:00:00.000Z', due: '2030-01-01T00:00:00.000Z' },
  });
  await due('2030-01-01T00:00:00Z');
  expect(await hidden()).toEqual({ a: ['SCHEDULED'], b: ['DRAFT'] });
  await due('2030-06-01T00:00:00Z');
  expect(await hidden()).toEqual({ a: [], b: ['DRAFT'] });
});

test('a thousand at one moment are one version', async () => {
  for (let index = 0; index < 1_000; index += 1)
    folder.write(`${index}.md`, { title: `T ${index}`, date: '2030-01-01T00:00:00Z' });
  const before = await at('2029-12-31T23:59:59Z');
  expect(before.totals).toMatchObject({ publicArticles: 0, hidden: { SCHEDULED: 1_000 } });
  const after = await due('2030-01-01T00:00:00Z');
  expect(after).toMatchObject({ updated: 1_000, totals: { publicArticles: 1_000, hidden: {} } });
  expect(after.version?.number).toBe((before.version?.number ?? 0) + 1);
});

test('a clock that is set back hides again what is to come, and nothing goes round in circles', async () => {
  folder.write('a.md', { title: 'A', date: '2030-01-01' });
  await at('2030-01-02T00:00:00Z');
  expect(await hidden()).toEqual({ a: [] });
  expect(await due('2029-12-31T00:00:00Z')).toMatchObject({ updated: 1, schedule: { waiting: 1 } });
  expect(await due('2029-12-31T00:00:00Z')).toMatchObject({ changed: false });
  expect(await due('2030-01-02T00:00:00Z')).toMatchObject({ updated: 1 });
  expect(await hidden()).toEqual({ a: [] });
});

test('the last good version of a broken file goes at its end too', async () => {
  folder.write('a.md', { title: 'A', expires: '2030-01-01' });
  folder.write('b.md', { title: 'B' });
  folder.write('c.md', { title: 'C' });
  await at('2029-12-01T00:00:00Z');
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  expect(await at('2029-12-02T00:00:00Z')).toMatchObject({ stale: 1, removed: 0 });
  expect(await due('2030-01-01T00:00:00Z')).toMatchObject({ stale: 1, updated: 1, removed: 0 });
  expect(await hidden()).toEqual({ a: ['EXPIRED'], b: [], c: [] });
});

test('a scheduled article of which the file is broken since appears as it was last good', async () => {
  folder.write('a.md', { title: 'A', date: '2030-01-01' });
  await at('2029-12-01T00:00:00Z');
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  await at('2029-12-02T00:00:00Z');
  expect(await due('2030-01-01T00:00:00Z')).toMatchObject({ updated: 1, public: { changed: true } });
  expect(await hidden()).toEqual({ a: [] });
});

test('time goes on while the folder is gone, and while too much of it is', async () => {
  folder.write('over.md', { title: 'O', expires: '2030-01-01', topics: ['T'] });
  folder.write('later.md', { title: 'L', expires: '2030-01-02' });
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, { title: name });
  await at('2029-12-01T00:00:00Z');
  for (const name of ['a', 'b', 'c']) folder.remove(`${name}.md`);
  expect(await at('2030-01-01T00:00:00Z')).toMatchObject({
    ...{ refusal: { reason: 'mass-removal' }, changed: true, updated: 1, removed: 0 },
    public: { changed: true, changedKeys: { articles: ['over'], topics: ['t'] } },
    schedule: { next: '2030-01-02T00:00:00.000Z' },
  });
  folder.delete();
  expect(await at('2030-01-02T00:00:00Z')).toMatchObject({
    refusal: { reason: 'folder-missing' },
    updated: 1,
  });
  expect(await due('2030-01-02T00:00:00Z')).toMatchObject({ refusal: null, changed: false });
  expect(await hidden()).toEqual({ a: [], b: [], c: [], later: ['EXPIRED'], over: ['EXPIRED'] });
});

test('what becomes due while files are read is switched by the same sync', async () => {
  folder.write('a.md', { title: 'A', expires: '2030-01-01T00:00:05Z' });
  const times = ['2030-01-01T00:00:00Z', '2030-01-01T00:00:10Z'].map(Date.parse);
  const now = () => (times.length > 1 ? times.shift() : times[0]) ?? 0;
  expect(await at('', { now })).toMatchObject({
    created: 1,
    totals: { publicArticles: 0 },
    schedule: { next: null },
  });
  expect(await hidden()).toEqual({ a: ['EXPIRED'] });
});

test('with the schedule off times hide nothing, and turning it on reads every file again', async () => {
  folder.write('a.md', { title: 'A', date: '2030-01-01' });
  const off = { reading: { ...defaultReading, schedule: false } };
  expect(await at('2029-01-01T00:00:00Z', off)).toMatchObject({ schedule: { waiting: 0, next: null } });
  expect(await hidden()).toEqual({ a: [] });
  await at('2029-01-01T00:00:00Z');
  expect(await hidden()).toEqual({ a: ['SCHEDULED'] });
});

test('each key of a time hides, in each language and kind of file, and the day in a file’s name does', async () => {
  const coming = [
    ...['publishedDateTime', 'publishedAt', 'publishDate', 'published_time', 'published_at', 'pubDate'],
    ...['datePublished', 'date', 'created', 'createdAt', 'published', 'Pub-Date'],
  ].map((key) => [key, '2040-01-01', 'SCHEDULED'] as const);
  const over = ['expiryDate', 'expires', 'expireDate', 'unpublishDate', 'expiration_date', 'Expiry Date'].map(
    (key) => [key, '2020-01-01', 'EXPIRED'] as const,
  );
  const languages = [
    (key: string, value: string) => `---\ntitle: T\n${key}: ${value}\n---\nText.\n`,
    (key: string, value: string) => `+++\ntitle = "T"\n"${key}" = "${value}"\n+++\nText.\n`,
    (key: string, value: string) => `{ "title": "T", "${key}": "${value}" }\nText.\n`,
  ];
  const expected: Record<string, string[]> = { '2040-01-01-named': ['SCHEDULED'] };
  folder.writeText('2040-01-01-named.md', 'Text.\n');
  for (const [key, value, reason] of [...coming, ...over]) {
    for (const [index, write] of languages.entries()) {
      for (const extension of ['md', 'markdown', 'txt']) {
        const name = `${key}-${index}-${extension}`;
        folder.writeText(`${name}.${extension}`, write(key, value));
        expected[name] = [reason];
      }
    }
  }
  const report = await at('2030-01-01T00:00:00Z');
  expect(report.totals).toMatchObject({ articles: 163, publicArticles: 0 });
  expect(await hidden()).toEqual(expected);
});

test('an alarm rings once at its time, however far that is, and when the clock jumps past it', () => {
  vi.useFakeTimers({ now: Date.parse('2029-01-01T00:00:00Z') });
  try {
    const rung: string[] = [];
    const alarm = createAlarm(() => rung.push(new Date(Date.now()).toISOString()));
    alarm.set('2029-01-03T00:00:00.000Z');
    vi.advanceTimersByTime(2 * 86_400_000 - 1);
    expect(rung).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rung).toEqual(['2029-01-03T00:00:00.000Z']);
    vi.advanceTimersByTime(86_400_000);
    expect(rung).toHaveLength(1);

    alarm.set('2029-04-01T00:00:00.000Z');
    alarm.set('2029-05-01T00:00:00.000Z');
    vi.setSystemTime(Date.parse('2029-05-02T00:00:00Z'));
    vi.advanceTimersByTime(1_000);
    expect(rung).toHaveLength(2);

    alarm.set('2029-06-01T00:00:00.000Z');
    alarm.set(null);
    vi.advanceTimersByTime(86_400_000);
    alarm.set('2020-01-01T00:00:00.000Z');
    expect(rung).toHaveLength(2);
    vi.advanceTimersByTime(0);
    expect(rung).toHaveLength(3);

    // What was over may be to come again.
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(rung).toHaveLength(4);
    vi.advanceTimersByTime(60_000);
    expect(rung).toHaveLength(4);

    alarm.set(new Date(Date.now() + 60_000).toISOString());
    alarm.stop();
    alarm.set(new Date(Date.now() + 60_000).toISOString());
    vi.advanceTimersByTime(86_400_000);
    expect(rung).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});
