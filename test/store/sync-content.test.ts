import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions } from '../../src/store/sync-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { dumpContent, queryJson, queryText } from './dump-content.ts';

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

const sync = (options: Partial<SyncOptions> = {}) =>
  syncContent({ folder: folder.path, databaseUrl: database.url, ...options });

const names = (table: 'Topic' | 'Provider') =>
  queryJson<string[]>(
    database.url,
    `SELECT json_group_array(name) FROM (SELECT name FROM ${table} ORDER BY name)`,
  );

function fileDigest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

test('loads a folder once and then writes nothing', async () => {
  folder.write('a.md', {
    title: 'A',
    topics: ['x'],
    provider: { name: 'P', domain: 'p.example' },
    images: ['https://p.example/1.png'],
  });
  folder.writeText('b.txt', '\nFirst line.\nSecond line.\n');
  folder.writeText('bad.md', '---\ntitle: [\n---\n');
  const first = await sync();
  expect(first).toMatchObject({
    changed: true,
    created: 2,
    rejected: 1,
    files: 3,
    refusal: null,
    version: { number: 1 },
  });
  expect(first.totals).toEqual({
    ...{ articles: 2, publicArticles: 2, hidden: {} },
    ...{ providers: 1, topics: 1, categories: 0, images: 1, relatedLinks: 0 },
  });
  expect(first.problems.map(({ path }) => path)).toEqual(['bad.md']);

  const before = fileDigest(database.file);
  const again = await sync();
  expect(again).toMatchObject({
    changed: false,
    created: 0,
    updated: 0,
    removed: 0,
    unchanged: 2,
    version: first.version,
  });
  expect(again.problems).toEqual(first.problems);
  expect(again.totals).toEqual(first.totals);
  const forced = await sync({ force: true });
  expect(forced).toMatchObject({ changed: false, unchanged: 2 });
  expect(fileDigest(database.file)).toBe(before);
});

test('a changed file is an update; topics and providers come and go with their last use', async () => {
  folder.write('a.md', {
    title: 'A',
    topics: ['old', 'shared'],
    categories: ['East'],
    provider: { name: 'Old', domain: 'old.example' },
  });
  folder.write('b.md', { title: 'B', topics: ['shared'] });
  await sync();
  folder.write('a.md', {
    title: 'A2',
    topics: ['new', 'shared'],
    categories: ['West'],
    provider: { name: 'New', domain: 'new.example' },
  });
  const report = await sync();
  expect(report).toMatchObject({ changed: true, created: 0, updated: 1, unchanged: 1, removed: 0 });
  expect(report.changedKeys).toEqual({
    articles: ['a'],
    providers: ['new.example', 'old.example'],
    topics: ['new', 'old', 'shared'],
    categories: ['east', 'west'],
    isCut: false,
  });
  expect(await names('Topic')).toEqual(['new', 'shared']);
  expect(await names('Provider')).toEqual(['New']);
});

test('the keys for everybody name nothing that only hidden articles have or had', async () => {
  const provider = (name: string) => ({ provider: { name } });
  folder.write('open.md', { title: 'Open', topics: ['shown'], ...provider('Paper') });
  folder.write('plan.md', {
    title: 'Plan',
    published: false,
    topics: ['MERGER', 'shown'],
    categories: ['Secret'],
    ...provider('ACME'),
  });
  await sync();
  folder.write('plan.md', {
    title: 'Plan 2',
    published: false,
    topics: ['Deal', 'shown'],
    categories: ['Secret', 'Office'],
    ...provider('ACME'),
  });
  const hidden = await sync();
  expect(hidden.changedKeys).toMatchObject({
    articles: ['plan'],
    topics: ['deal', 'merger', 'shown'],
    categories: ['office', 'secret'],
  });
  expect(hidden.public).toMatchObject({
    changed: false,
    version: { number: 1 },
    changedKeys: { articles: [], providers: [], topics: [], categories: [] },
  });

  // The hidden article spells the same provider otherwise: its spelling is not told even where the provider is.
  folder.write('news.md', { title: 'News', topics: ['shown', 'Fresh'], ...provider('Acme') });
  folder.write('open.md', { title: 'Open', topics: ['shown'], published: false });
  folder.write('plan.md', { title: 'Plan 3', published: false, topics: ['Secret'], ...provider('ACME') });
  const both = await sync();
  expect(both.changedKeys.providers).toEqual(['ACME', 'Acme', 'Paper']);
  expect(both.public).toMatchObject({
    changed: true,
    version: { number: 2 },
    changedKeys: {
      articles: ['news', 'open'],
      providers: ['Acme', 'Paper'],
      topics: ['fresh', 'shown'],
      categories: [],
      isCut: false,
    },
  });
});

test('a vanished file is a deletion that reaches everything nothing else uses', async () => {
  const related = [
    {
      title: 'Elsewhere',
      webUrl: 'https://q.example/1',
      provider: { name: 'Q', domain: 'q.example' },
      images: ['https://q.example/i.png'],
    },
  ];
  folder.write('a.md', {
    title: 'A',
    topics: ['only'],
    provider: { name: 'P', domain: 'p.example' },
    related,
  });
  folder.write('b.md', { title: 'B' });
  await sync();
  folder.remove('a.md');
  expect(await sync()).toMatchObject({
    removed: 1,
    unchanged: 1,
    totals: { articles: 1, providers: 0, topics: 0, images: 0, relatedLinks: 0 },
  });
  const rows = await dumpContent(database.url);
  expect(rows.filter((row) => /^(Topic|Provider|ArticleTopic|Image|RelatedLink) /.test(row))).toEqual([]);
});

test('hiding an article hides what only it uses, and showing it brings that back', async () => {
  const front = {
    title: 'A',
    topics: ['x'],
    provider: { name: 'P', domain: 'p.example' },
    images: ['https://p.example/1.png'],
    related: [{ title: 'R' }],
  };
  folder.write('a.md', front);
  folder.write('b.md', { title: 'B' });
  await sync();
  const visible = `SELECT json_array((SELECT isPublic FROM Topic), (SELECT isPublic FROM Provider), (SELECT publicArticleCount FROM Topic),
    (SELECT isPublic FROM Image), (SELECT isPublic FROM RelatedLink), (SELECT isPublic FROM ArticleTopic),
    (SELECT publicArticles FROM ContentVersion ORDER BY number DESC))`;
  expect(await queryJson(database.url, visible)).toEqual([1, 1, 1, 1, 1, 1, 2]);
  folder.write('a.md', { ...front, published: false });
  expect(await sync()).toMatchObject({ updated: 1 });
  expect(await queryJson(database.url, visible)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(await queryText(database.url, 'SELECT articleCount FROM Topic')).toBe('1');
  folder.write('a.md', front);
  await sync();
  expect(await queryJson(database.url, visible)).toEqual([1, 1, 1, 1, 1, 1, 2]);
});

test('of two files with one slug the smaller path has it, and the other is served under that of its path', async () => {
  const slugs = () =>
    queryJson<Record<string, string>>(
      database.url,
      'SELECT json_group_object(slug, title) FROM (SELECT * FROM Article ORDER BY slug)',
    );
  folder.write('b.md', { title: 'From b', slug: 'same' });
  await sync();
  folder.write('a.md', { title: 'From a', slug: 'same' });
  folder.write('c.md', { title: 'From c', slug: 'same' });
  const report = await sync();
  expect(report).toMatchObject({ created: 2, updated: 1, rejected: 0, totals: { articles: 3 } });
  expect(report.problems).toMatchObject([
    { path: 'b.md', code: 'DUPLICATE_SLUG', severity: 'warning', value: 'same' },
    { path: 'c.md', code: 'DUPLICATE_SLUG' },
  ]);
  expect(report.problems.every(({ message }) => message.includes('a.md'))).toBe(true);
  expect(await slugs()).toEqual({ same: 'From a', b: 'From b', c: 'From c' });
  expect(await sync()).toMatchObject({ changed: false });

  folder.write('a.md', { title: 'From a', slug: 'other' });
  const next = await sync();
  expect(next.problems).toMatchObject([{ path: 'c.md', code: 'DUPLICATE_SLUG' }]);
  expect(next.problems[0]?.message).toContain('b.md');
  expect(await slugs()).toEqual({ other: 'From a', same: 'From b', c: 'From c' });
  folder.remove('b.md');
  expect(await sync()).toMatchObject({ rejected: 0, problems: [] });
  expect(await slugs()).toEqual({ other: 'From a', same: 'From c' });
});

test('a file that turns bad keeps its last good version, and one that never was good has none', async () => {
  folder.write('a.md', { title: 'Good', slug: 'kept' });
  folder.write('b.md', { title: 'B' });
  const { version } = await sync();
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  folder.writeText('never.md', '---\ntitle: [\n---\n');
  const report = await sync();
  expect(report).toMatchObject({ changed: false, stale: 1, rejected: 1, version, unchanged: 2 });
  expect(report.problems.map(({ path }) => path)).toEqual(['a.md', 'never.md']);
  expect(await queryText(database.url, `SELECT title FROM Article WHERE slug = 'kept'`)).toBe('Good');
  expect(await queryText(database.url, `SELECT problemsDigest FROM SyncState`)).not.toBe('');
  folder.write('a.md', { title: 'Better', slug: 'kept' });
  expect(await sync()).toMatchObject({ changed: true, updated: 1, stale: 0, rejected: 1 });
});

test('a renamed file whose slug stays is the same article', async () => {
  folder.write('a.md', { title: 'A', slug: 'fixed' });
  folder.write('b.md', { title: 'B' });
  await sync();
  folder.rename('a.md', 'deeper/z.md');
  // It is changed, since what stands beside it in other languages is another.
  expect(await sync()).toMatchObject({ created: 0, updated: 1, removed: 0, unchanged: 1 });
  expect(await queryText(database.url, `SELECT path FROM SourceFile WHERE slug = 'fixed'`)).toBe(
    'deeper/z.md',
  );
});

test('names are the spelling used most by what everybody may see, ties by code point', async () => {
  const provider = (name: string) => ({ name, domain: 'p.example' });
  folder.write('1.md', { title: '1', topics: ['news'], provider: provider('Post') });
  folder.write('2.md', { title: '2', topics: ['NEWS'], provider: provider('THE POST'), published: false });
  folder.write('3.md', { title: '3', topics: ['NEWS'], provider: provider('THE POST'), published: false });
  await sync();
  expect(await names('Topic')).toEqual(['news']);
  expect(await names('Provider')).toEqual(['Post']);
  folder.write('4.md', {
    title: '4',
    topics: ['News'],
    related: [{ title: 'R', provider: provider('A Post') }],
  });
  await sync();
  expect(await names('Topic')).toEqual(['News']);
  expect(await names('Provider')).toEqual(['A Post']);
  folder.write('2.md', { title: '2', topics: ['NEWS'], provider: provider('THE POST') });
  folder.write('3.md', { title: '3', topics: ['NEWS'], provider: provider('THE POST') });
  await sync();
  expect(await names('Topic')).toEqual(['NEWS']);
  expect(await names('Provider')).toEqual(['THE POST']);
  expect(await queryText(database.url, 'SELECT nameFolded FROM Provider')).toBe('the post');
  folder.remove('1.md');
  folder.write('4.md', { title: '4', published: false, topics: ['Hidden'] });
  await sync();
  expect(await queryText(database.url, `SELECT name FROM Topic WHERE slug = 'hidden'`)).toBe('Hidden');
});

test('a related link meets the article of its URL while there is one, a published one first', async () => {
  folder.write('a.md', {
    title: 'A',
    related: [{ title: 'To B', webUrl: 'http://www.site.example/b/?utm_source=x#top' }],
  });
  folder.write('c.md', { title: 'C' });
  folder.write('d.md', { title: 'D' });
  await sync();
  const target =
    "SELECT coalesce((SELECT slug FROM Article WHERE id = RelatedLink.articleId), 'none') FROM RelatedLink";
  expect(await queryText(database.url, target)).toBe('none');
  folder.write('hidden.md', { title: 'H', webUrl: 'https://site.example/b', published: false });
  await sync();
  expect(await queryText(database.url, target)).toBe('hidden');
  folder.write('b.md', { title: 'B', originalUrl: 'https://site.example/b' });
  await sync();
  expect(await queryText(database.url, target)).toBe('b');
  folder.write('b.md', { title: 'B', originalUrl: 'https://site.example/other' });
  await sync();
  expect(await queryText(database.url, target)).toBe('hidden');
  folder.remove('hidden.md');
  await sync();
  expect(await queryText(database.url, target)).toBe('none');
});

test('an article that links to its own URL does not meet itself', async () => {
  folder.write('a.md', {
    title: 'A',
    webUrl: 'https://site.example/a',
    related: [{ title: 'Me', webUrl: 'https://site.example/a' }],
  });
  await sync();
  expect(await queryText(database.url, 'SELECT articleId FROM RelatedLink')).toBeNull();
});

test('the same files give the same rows on another machine, in another order', async () => {
  const other = createContentFolder();
  const elsewhere = await createTestDatabase();
  try {
    const files = ['a', 'b', 'c', 'd'].map((name, index) => ({
      name: `${name}.md`,
      front: {
        title: name,
        webUrl: `https://site.example/${name}`,
        topics: [index % 2 ? 'Odd' : 'even', 'all'],
        related: [
          {
            title: 'Next',
            webUrl: `https://site.example/${'bcda'[index]}`,
            provider: { name: `P${index % 2}` },
          },
        ],
      },
    }));
    for (const { name, front } of files) {
      folder.write(name, front);
      await sync();
    }
    for (const { name, front } of files.toReversed()) other.write(name, front);
    await syncContent({ folder: other.path, databaseUrl: elsewhere.url });
    expect(await dumpContent(elsewhere.url)).toEqual(await dumpContent(database.url));
  } finally {
    other.delete();
    elsewhere.remove();
  }
});

test('size and time decide whether a file is read, and its digest when they leave doubt', async () => {
  const path = join(folder.path, 'a.md');
  const long = new Date('2024-01-02T03:04:05.678Z');
  folder.writeText('a.md', 'One.\n');
  folder.write('b.md', { title: 'B' });
  utimesSync(path, long, long);
  await sync();
  folder.writeText('a.md', 'Two.\n');
  utimesSync(path, long, long);
  // Long ago, and nothing that the file system tells has changed.
  expect(await sync()).toMatchObject({ changed: false });
  expect(await sync({ force: true })).toMatchObject({ updated: 1 });
  const now = new Date();
  folder.writeText('a.md', 'Six.\n');
  utimesSync(path, now, now);
  await sync();
  folder.writeText('a.md', 'Ten.\n');
  utimesSync(path, now, now);
  // As fresh as that, the same size and time prove nothing.
  expect(await sync()).toMatchObject({ updated: 1 });
  utimesSync(path, long, long);
  expect(await sync()).toMatchObject({ changed: false, unchanged: 2 });
  expect(
    await queryText(database.url, `SELECT mtimeMs = ${long.getTime()} FROM SourceFile WHERE path = 'a.md'`),
  ).toBe('1');
});

test('a dry run reports what would be done and does nothing', async () => {
  folder.write('a.md', { title: 'A' });
  const before = fileDigest(database.file);
  expect(await sync({ dryRun: true })).toMatchObject({ created: 1, changed: true, totals: { articles: 1 } });
  expect(fileDigest(database.file)).toBe(before);
  expect(await queryText(database.url, 'SELECT count(*) FROM Article')).toBe('0');
});

test('an aborted sync leaves the old content', async () => {
  folder.write('a.md', { title: 'A' });
  await sync();
  folder.write('b.md', { title: 'B' });
  const abort = new AbortController();
  const stopped = sync({ signal: abort.signal, onProgress: () => abort.abort(new Error('stopped')) });
  await expect(stopped).rejects.toThrow('stopped');
  expect(await queryText(database.url, 'SELECT count(*) FROM Article')).toBe('1');
  expect(await sync()).toMatchObject({ created: 1 });
});

test('reads every file again when the time zone of its dates changes', async () => {
  folder.write('a.md', { title: 'A', date: '2024-02-21 12:00' });
  const published = () =>
    queryJson<string[]>(database.url, 'SELECT json_group_array(publishedAt) FROM Article');
  await sync();
  expect(await published()).toEqual(['2024-02-21T12:00:00.000Z']);
  expect(await sync({ reading: { ...defaultReading, timeZone: 'Europe/Paris' } })).toMatchObject({
    updated: 1,
  });
  expect(await published()).toEqual(['2024-02-21T11:00:00.000Z']);
  expect(await sync({ reading: { ...defaultReading, timeZone: 'Europe/Paris' } })).toMatchObject({
    changed: false,
  });
});

test('follows .gatewayignore and tells what is left alone', async () => {
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, { title: name });
  folder.writeText('old.rst', 'Old');
  expect((await sync()).unread).toEqual({ '.rst': 1 });
  folder.writeText('.gatewayignore', '/b.md\n');
  expect(await sync({ paths: ['.gatewayignore'] })).toMatchObject({
    removed: 1,
    unread: { '.rst': 1, 'named in .gatewayignore': 1 },
  });
  folder.write('b.md', { title: 'b again' });
  expect(await sync({ paths: ['b.md'] })).toMatchObject({ changed: false, unread: null });
  folder.writeText('.gatewayignore', '');
  expect(await sync({ paths: ['.gatewayignore'] })).toMatchObject({ created: 1 });
});

test('reads a README while it is the only file, and no longer when there are others', async () => {
  folder.write('README.md', { title: 'Read me' });
  expect(await sync()).toMatchObject({ created: 1 });
  folder.write('a.md', { title: 'a' });
  folder.write('b.md', { title: 'b' });
  expect(await sync({ paths: ['a.md', 'b.md'] })).toMatchObject({ created: 2, removed: 1 });
});

test('all files may say at once, in front matter that cannot be read, that they are hidden', async () => {
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, { title: name });
  await sync();
  for (const name of ['a', 'b']) folder.writeText(`${name}.md`, '---\ntitle: [\nstatus: draft\n---\n');
  expect(await sync()).toMatchObject({ refusal: null, removed: 2, totals: { articles: 1 } });
});

test('a good file that turns bad keeps its last good version, unless a line of it says that it is hidden', async () => {
  for (const name of ['a', 'b', 'c', 'd']) folder.write(`${name}.md`, { title: name });
  await sync();
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  folder.writeText('b.md', '---\ntitle: [\npublished: false\n---\n');
  expect(await sync()).toMatchObject({ stale: 1, removed: 1, totals: { articles: 3 } });
  folder.writeText('a.md', '---\ntitle: [\ndraft: "yes"\n---\n');
  expect(await sync()).toMatchObject({ stale: 0, removed: 1, totals: { articles: 2 } });
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  expect(await sync()).toMatchObject({ created: 0, stale: 0, rejected: 2 });
});

const unlegible: [string, string, (text: string) => Buffer][] = [
  ['Latin-1', 'NOT_UTF8', (text) => Buffer.from(`${text}caf\u00e9\n`, 'latin1')],
  ['UTF-16', 'NUL_BYTE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  [
    'Latin-1 with Windows line ends',
    'NOT_UTF8',
    (text) => Buffer.from(`${text}\u00e9`.replaceAll('\n', '\r\n'), 'latin1'),
  ],
  ['more bytes than allowed', 'FILE_TOO_LARGE', (text) => Buffer.from(text.padEnd(5 * 1024 * 1024, 'a '))],
];

test.each(unlegible)(
  'a public article whose file is saved hidden and in %s is taken down',
  async (_, code, encode) => {
    for (const name of ['a.md', 'b.md']) folder.write(name, { title: 'Open' });
    await sync();
    const front = (line: string) => `---\ntitle: Open\n${'note: x\n'.repeat(20_000)}${line}\n---\nText.\n`;
    writeFileSync(join(folder.path, 'a.md'), encode(front('published: false')));
    writeFileSync(join(folder.path, 'b.md'), encode(front('published: true')));
    const report = await sync();
    expect(report).toMatchObject({ removed: 1, stale: 1, totals: { publicArticles: 1 } });
    expect(report.problems.map((problem) => [problem.path, problem.code])).toEqual([
      ['a.md', code],
      ['a.md', 'FRONT_MATTER_HIDES'],
      ['b.md', code],
    ]);
  },
);

test('files that somebody keeps writing hold up nobody else', async () => {
  folder.write('secret.md', { title: 'Secret' });
  for (let index = 0; index < 60; index += 1) folder.write(`log-${index}.md`, { title: `Log ${index}` });
  await sync();
  const growing = spawn(
    'bash',
    ['-c', 'while true; do for f in log-*.md; do echo line >> "$f"; done; done'],
    { cwd: folder.path, stdio: 'ignore' },
  );
  try {
    await new Promise((resolve) => setTimeout(resolve, 300));
    folder.write('secret.md', { title: 'Secret', published: false });
    const started = performance.now();
    await sync();
    // A quarter of a second for each of them was a quarter of a minute.
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(await queryText(database.url, "SELECT published FROM Article WHERE slug = 'secret'")).toBe('0');
  } finally {
    growing.kill('SIGKILL');
  }
});
