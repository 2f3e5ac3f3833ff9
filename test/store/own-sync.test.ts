import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineDatabase } from '../../src/cli/commands/doctor/examine-database.ts';
import type { OwnModel } from '../../src/model/own-model.ts';
import { describeMigrations, everyTable, readMigrations } from '../../src/store/migrations/migrations.ts';
import { driverUrl } from '../../src/store/sqlite/file/database-file.ts';
import { readMigrationState } from '../../src/store/sqlite/file/migrate.ts';
import { openSqliteSchemaEngine } from '../../src/store/sqlite/file/open-schema-engine.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { dumpContent, queryJson, queryText } from './dump-content.ts';
import { dumpOwn, modelOf, readingWith, readModel } from './own-content.ts';

let folder: ContentFolder;
let database: TestDatabase;
beforeEach(async () => {
  folder = createContentFolder();
  database = await createTestDatabase();
});
afterEach(() => {
  database.remove();
  folder.delete();
});

const sync = (model: OwnModel, now = Date.now()) =>
  syncContent({
    ...{ folder: folder.path, databaseUrl: database.url, allowMassRemoval: true },
    ...{ reading: readingWith(model), now: () => now },
  });
/** Rows of a statement without its SELECT. */
async function rows(sql: string): Promise<unknown[][]> {
  const writer = await openWriter(database.url, 5_000);
  try {
    const [columns = '', ...rest] = sql.split(' FROM ');
    const names = columns.split(', ').map((_, index) => `"${index}"`);
    const from = `WITH it (${names.join(', ')}) AS (SELECT ${columns} FROM ${rest.join(' FROM ')})`;
    return JSON.parse(
      (await writer.text(`${from} SELECT json_group_array(json_array(${names.join(', ')})) FROM it`)) ?? '[]',
    );
  } finally {
    await writer.close();
  }
}
const slugOf = (column: string) => `(SELECT slug FROM Article AS it WHERE it.id = ${column})`;

test('each kind has its columns and rows', async () => {
  folder.write('a.md', {
    ...{ title: 'A', weight: 5, rating: 4.5, featured: true, level: 'Expert', subtitle: 'Zur Straße' },
    ...{ event: '2025-01-02T03:04:05Z', site: 'https://a.example/x', authors: ['Ann', 'Bo'], series: 'Sea' },
    ...{ guide: 'b', place: { name: 'Pier', lat: 1.5 }, speakers: [{ name: 'Cy' }, { name: 'Di' }] },
  });
  folder.write('b.md', { title: 'B' });
  await sync(
    modelOf(
      ...[
        'weight: { kind: int, order: true }',
        'rating: float',
        'featured: { kind: boolean, default: false }',
      ],
      ...['level: { kind: enum, values: [beginner, expert] }', 'subtitle: { kind: text, order: true }'],
      ...[
        'event: date',
        'site: url',
        'authors: { kind: terms, of: Author }',
        'series: { kind: term, of: Series }',
      ],
      ...['guide: article', 'place: { kind: object, fields: { name: text, lat: float } }'],
      'speakers: { kind: list, fields: { name: text } }',
    ),
  );
  const columns = [
    ...['weight', 'weight.asc', 'weight.desc', 'rating', 'featured', 'level', 'subtitle', 'subtitle.folded'],
    ...['subtitle.asc', 'subtitle.desc', 'event', 'site'],
  ].map((name) => `"own.${name}"`);
  expect(await rows(`${columns.join(', ')} FROM Article ORDER BY slug`)).toEqual([
    [
      ...[5, 5, 5, 4.5, 1, 'expert', 'Zur Straße', 'zur strasse', 'zur strasse', 'zur strasse'],
      ...['2025-01-02T03:04:05.000Z', 'https://a.example/x'],
    ],
    [null, 2_147_483_648, -2_147_483_649, null, 0, null, null, null, '\u{10ffff}', '', null, null],
  ]);
  expect(await rows('position, isPublic, name FROM "own.authors" ORDER BY position')).toEqual([
    [0, 1, 'Ann'],
    [1, 1, 'Bo'],
  ]);
  const things = 'slug, name, nameFolded, isPublic, articleCount, publicArticleCount FROM';
  expect(await rows(`${things} "own.kind.Author" ORDER BY slug`)).toEqual([
    ['ann', 'Ann', 'ann', 1, 1, 1],
    ['bo', 'Bo', 'bo', 1, 1, 1],
  ]);
  expect(await rows(`${things} "own.kind.Series"`)).toEqual([['sea', 'Sea', 'sea', 1, 1, 1]]);
  const reference = `${slugOf('articleId')}, ${slugOf('targetId')}, ${slugOf('publicTargetId')}`;
  expect(await queryJson(database.url, `SELECT json_array(${reference}) FROM "own.guide"`)).toEqual([
    'a',
    'b',
    'b',
  ]);
  expect(await rows('"own.name", "own.name.folded", "own.lat" FROM "own.place"')).toEqual([
    ['Pier', null, 1.5],
  ]);
  expect(await rows('position, "own.name" FROM "own.speakers"')).toEqual([
    [0, 'Cy'],
    [1, 'Di'],
  ]);
});

test('after another model every file is read once, and then none', async () => {
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, { title: name, weight: 1 });
  await sync(modelOf());
  const first = await queryText(database.url, 'SELECT max(number) FROM ContentVersion');
  const report = await sync(modelOf('weight: { kind: int, order: true }'));
  expect(report).toMatchObject({ changed: true, updated: 3 });
  expect(await rows('"own.weight" FROM Article')).toEqual([[1], [1], [1]]);
  // An order alone is no other content, and has to be filled all the same.
  const again = await sync(modelOf('weight: int', 'other: text'));
  expect(again).toMatchObject({ changed: false, updated: 0 });
  const ordered = await sync(modelOf('other: text', 'weight: { kind: int, order: true }'));
  expect(ordered).toMatchObject({ changed: false, updated: 0 });
  expect(await rows('"own.weight.asc" FROM Article')).toEqual([[1], [1], [1]]);
  expect(Number(await queryText(database.url, 'SELECT max(number) FROM ContentVersion'))).toBe(
    Number(first) + 1,
  );
  const before = await queryText(database.url, 'PRAGMA data_version');
  expect(await sync(modelOf('other: text', 'weight: { kind: int, order: true }'))).toMatchObject({
    changed: false,
  });
  expect(await queryText(database.url, 'PRAGMA data_version')).toBe(before);
});

test('without keys nothing of them is left', async () => {
  folder.write('a.md', { title: 'A', authors: ['Ann'], weight: 1 });
  await sync(modelOf());
  const { version } = await sync(modelOf());
  await sync(modelOf('authors: { kind: terms, of: Author }', 'weight: { kind: int, order: true }'));
  expect((await dumpOwn(database.url)).length).toBeGreaterThan(10);
  const after = await sync(modelOf());
  expect(await dumpOwn(database.url)).toEqual([]);
  expect(after.version?.digest).toBe(version?.digest);
});

test('the index tells by which model it was made', async () => {
  folder.write('a.md', { title: 'A' });
  const model = modelOf('weight: int');
  const reader = openReader(database.url);
  try {
    expect(await readModel(reader)).toEqual({ fields: [] });
    await sync(model);
    expect(await readModel(reader)).toEqual(model);
  } finally {
    await reader.close();
  }
});

test('things that only hidden articles name are hidden, and shown when their time has come', async () => {
  const model = modelOf('authors: { kind: terms, of: Author }');
  folder.write('a.md', { title: 'A', date: '2030-01-01', authors: ['Ann', 'ANN'] });
  folder.write('b.md', { title: 'B', published: false, authors: ['ann'] });
  folder.write('c.md', { title: 'C', published: false, authors: ['ann'] });
  const things = 'name, isPublic, articleCount, publicArticleCount FROM "own.kind.Author"';
  await sync(model, Date.parse('2029-01-01'));
  expect(await rows(things)).toEqual([['ann', 0, 3, 0]]);
  const due = () =>
    syncContent({
      ...{ folder: folder.path, databaseUrl: database.url, reading: readingWith(model), paths: [] },
      now: () => Date.parse('2031-01-01'),
    });
  await due();
  expect(await rows(things)).toEqual([['Ann', 1, 3, 1]]);
  folder.remove('a.md', 'b.md', 'c.md');
  await sync(model);
  expect(await rows(things)).toEqual([]);
});

test('references meet their article, lose it and meet it again', async () => {
  const model = modelOf('guide: article', 'more: articles');
  const target = async () =>
    queryJson(
      database.url,
      `SELECT json_array(${slugOf('targetId')}, ${slugOf('publicTargetId')}) FROM "own.guide"`,
    );
  folder.write('a.md', { title: 'A', guide: 'deep/b' });
  await sync(model);
  expect(await target()).toEqual([null, null]);
  folder.write('deep/b.md', { title: 'B' });
  await sync(model);
  expect(await target()).toEqual(['deep/b', 'deep/b']);
  folder.write('deep/b.md', { title: 'B', published: false });
  await sync(model);
  expect(await target()).toEqual(['deep/b', null]);
  folder.remove('deep/b.md');
  await sync(model);
  expect(await target()).toEqual([null, null]);
  folder.write('c.md', { title: 'C', slug: 'deep/b', webUrl: 'https://c.example/c' });
  await sync(model);
  expect(await target()).toEqual(['deep/b', 'deep/b']);
  folder.write('a.md', { title: 'A', guide: 'https://www.c.example/c/', more: ['a', '/nowhere'] });
  await sync(model);
  expect(await target()).toEqual(['deep/b', 'deep/b']);
  // An article is none of its own references.
  expect(await rows('targetId FROM "own.more"')).toEqual([[null], [null]]);
  folder.write('c.md', { title: 'C', slug: 'deep/b' });
  await sync(model);
  expect(await target()).toEqual([null, null]);
});

test('what is for preview readers alone moves nothing that is public', async () => {
  const model = modelOf(
    ...['notes: { kind: text, public: false }', 'editors: { kind: terms, of: Editor, public: false }'],
    ...[
      'source: { kind: article, public: false }',
      'desk: { kind: object, public: false, fields: { name: text } }',
    ],
  );
  folder.write('a.md', { title: 'A', topics: ['Sea'] });
  folder.write('b.md', { title: 'B' });
  const bare = await sync(modelOf());
  const empty = await sync(model);
  expect(empty.changed).toBe(false);
  const secret = { notes: 'N', editors: ['Ed'], source: 'b', desk: { name: 'D' } };
  for (const change of [secret, { ...secret, notes: 'M' }, { ...secret, desk: { name: 'E' } }, {}]) {
    folder.write('a.md', { title: 'A', topics: ['Sea'], ...change });
    const report = await sync(model);
    expect(report).toMatchObject({ changed: true, updated: 1, public: { changed: false } });
    expect(report.public.changedKeys).toEqual(empty.changedKeys);
    expect(report.public.version).toEqual(bare.public.version);
    expect(await rows(`count(*) FROM Change WHERE audience = 'public' AND version > 1`)).toEqual([[0]]);
    for (const table of ['kind.Editor', 'editors', 'source', 'desk'])
      expect(await rows(`count(*) FROM "own.${table}" WHERE isPublic`), table).toEqual([[0]]);
  }
  folder.write('a.md', { title: 'A', topics: ['Sea'], ...secret });
  await sync(model);
  // From now on it is for everybody.
  const open = await sync({ fields: model.fields.map((field) => ({ ...field, isPublic: true })) });
  expect(open).toMatchObject({ changed: true, updated: 1, public: { changed: true } });
  expect(await rows('isPublic FROM "own.kind.Editor"')).toEqual([[1]]);
  const closed = await sync(model);
  expect(closed.public.version?.digest).toBe(bare.public.version?.digest);
  expect(await rows('isPublic FROM "own.kind.Editor"')).toEqual([[0]]);
});

test('a file that turned bad loses what the owner made another key, and has it again when it is good', async () => {
  folder.write('a.md', { title: 'A', weight: 1 });
  await sync(modelOf('weight: int'));
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  expect(await sync(modelOf('weight: { kind: text }'))).toMatchObject({ stale: 1, changed: true });
  expect(await rows('"own.weight" FROM Article')).toEqual([[null]]);
  folder.write('a.md', { title: 'A', weight: 1 });
  await sync(modelOf('weight: text'));
  expect(await rows('"own.weight" FROM Article')).toEqual([['1']]);
});

test('a file that turned bad has the default of a key that came meanwhile', async () => {
  folder.write('a.md', { title: 'A', weight: 1 });
  await sync(modelOf('weight: int'));
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  const keys = [
    'rank: { kind: int, default: -3, order: true }',
    'rating: { kind: float, default: 0.5, order: true }',
    'motto: { kind: text, default: "It\'s STRASSE", index: true }',
    'plain: { kind: text, default: Straße }',
    'featured: { kind: boolean, default: false }',
  ];
  expect(await sync(modelOf('weight: int', ...keys))).toMatchObject({ stale: 1 });
  const found = () =>
    rows(
      '"own.rank", "own.rank.asc", "own.rank.desc", "own.rating.asc", "own.motto", "own.motto.folded", "own.plain", "own.featured" FROM Article',
    );
  const defaults = [[-3, -3, -3, 0.5, "It's STRASSE", "it's strasse", 'Straße', 0]];
  expect(await found()).toEqual(defaults);
  folder.write('a.md', { title: 'A', weight: 1 });
  await sync(modelOf('weight: int', ...keys));
  expect(await found()).toEqual(defaults);
  const before = await dumpOwn(database.url);
  expect(await sync(modelOf('weight: int', ...keys))).toMatchObject({ changed: false });
  expect(await dumpOwn(database.url)).toEqual(before);
});

test('a file that turned bad has no value that its enum has no more, and the places of those that it has', async () => {
  folder.write('a.md', { title: 'A', level: 'low', mood: 'calm' });
  await sync(
    modelOf(
      'level: { kind: enum, values: [low, high], order: true }',
      'mood: { kind: enum, values: [calm, wild], order: true }',
    ),
  );
  folder.writeText('a.md', '---\ntitle: [\n---\n');
  const keys = [
    'level: { kind: enum, values: [top, high, low], order: true }',
    'mood: { kind: enum, values: [wild], order: true }',
  ];
  expect(await sync(modelOf(...keys))).toMatchObject({ stale: 1 });
  const columns = ['level', 'level.asc', 'level.desc', 'mood', 'mood.asc', 'mood.desc'].map(
    (name) => `"own.${name}"`,
  );
  expect(await rows(`${columns.join(', ')} FROM Article`)).toEqual([
    ['low', 2, 2, null, 2_147_483_648, -2_147_483_649],
  ]);
});

test('names that mean something elsewhere are names', async () => {
  const names = ['constructor', 'toString', 'select', 'rowid', 'kind', 'articleId', 'valueOf'];
  const keys = names.flatMap((name) => [
    `${name}: { kind: text, order: true }`,
    `${name}_t: { kind: terms, of: ${name.toUpperCase().slice(0, 1)}${name.slice(1)}X }`,
  ]);
  folder.write(
    'a.md',
    Object.fromEntries([
      ['title', 'A'],
      ...names.flatMap((name) => [
        [name, `'"; --`],
        [`${name}_t`, [`"'`, name]],
      ]),
    ]),
  );
  await sync(
    modelOf(...keys, 'many: { kind: list, fields: { constructor: text, isPublic: text, position: int } }'),
  );
  expect(await rows('"own.constructor", "own.rowid" FROM Article')).toEqual([[`'"; --`, `'"; --`]]);
  expect(await rows('name FROM "own.kind.ConstructorX" ORDER BY name')).toEqual(
    [[`"'`], ['constructor']].sort(),
  );
});

test('a key called as the table of articles stands in the way of no other model', async () => {
  folder.write('a.md', { title: 'A', article: 'b', weight: 1 });
  folder.write('b.md', { title: 'B' });
  for (const name of ['article', 'ARTICLE']) {
    const key = `${name}: { kind: article, from: article }`;
    await sync(modelOf(key, 'weight: { kind: int, order: true }'));
    await sync(modelOf(key));
    expect(await rows(`${slugOf('targetId')} FROM "own.${name}"`)).toEqual([['b']]);
    expect(await rows('slug FROM Article ORDER BY slug')).toEqual([['a'], ['b']]);
  }
});

test('200 keys, and 10,000 things', async () => {
  const keys = Array.from({ length: 199 }, (_, index) => `key${index}: { kind: text, order: true }`);
  for (let file = 0; file < 100; file++) {
    const tags = Array.from({ length: 100 }, (_, index) => `Tag ${file} ${index}`);
    folder.write(`${file}.md`, { title: 'A', key0: 'x', key198: 'z', tags2: tags });
  }
  await sync(modelOf(...keys, 'tags2: { kind: terms, of: Tag }'));
  expect(await rows('count(*) FROM "own.kind.Tag" WHERE isPublic')).toEqual([[10_000]]);
  expect(await rows(`count(*) FROM Article WHERE "own.key198.asc" = 'z'`)).toEqual([[100]]);
  await sync(modelOf());
  expect(await dumpOwn(database.url)).toEqual([]);
}, 60_000);

test('many keys are dropped in less time than they are added in, and nothing else changes', async () => {
  folder.write('a.md', { title: 'A', k1: 'x', related: ['https://www.site.example/gone'] });
  folder.write('b.md', { title: 'B', webUrl: 'https://www.site.example/gone' });
  const keys = Array.from({ length: 120 }, (_, i) => `k${i}: { kind: text, order: true, default: "a, (b" }`);
  const timed = async (model: OwnModel) => {
    const begun = performance.now();
    await sync(model);
    return performance.now() - begun;
  };
  await sync(modelOf());
  const added = await timed(modelOf(...keys));
  expect(await rows('"own.k1", "own.k1.asc", "own.k2" FROM Article ORDER BY slug')).toEqual([
    ['x', 'x', 'a, (b'],
    ['a, (b', 'a, (b', 'a, (b'],
  ]);
  expect(await rows('articleId IS NULL FROM RelatedLink')).toEqual([[0]]);
  // An article that goes with the keys takes its text with it, and a link to it meets nothing.
  folder.remove('b.md');
  const dropped = await timed(modelOf('k1: { kind: text, order: true, default: "a, (b" }', 'k500: int'));
  expect(dropped).toBeLessThan(added);
  expect(await rows('"own.k1", "own.k1.asc", "own.k500" FROM Article')).toEqual([['x', 'x', null]]);
  expect(await rows('count(*) FROM ArticleText')).toEqual([[1]]);
  expect(await rows('articleId FROM RelatedLink')).toEqual([[null]]);
  await sync(modelOf());
  const rebuilt = await createTestDatabase();
  try {
    const again = { folder: folder.path, databaseUrl: rebuilt.url, reading: readingWith(modelOf()) };
    await syncContent(again);
    const schema = `SELECT json_group_array(sql) FROM (
      SELECT replace(sql, '"', '') AS sql FROM sqlite_master WHERE tbl_name = 'Article' AND type = 'index' ORDER BY name)`;
    expect(await queryJson(database.url, schema)).toEqual(await queryJson(rebuilt.url, schema));
    const columns = `SELECT json_group_array(json_array(name, type, "notnull", dflt_value, pk)) FROM pragma_table_info('Article')`;
    expect(await queryJson(database.url, columns)).toEqual(await queryJson(rebuilt.url, columns));
    const keys = `SELECT json_group_array(json_array("table", "from", "to", on_delete)) FROM pragma_foreign_key_list('Article')`;
    expect(await queryJson(database.url, keys)).toEqual(await queryJson(rebuilt.url, keys));
    expect(await dumpContent(database.url)).toEqual(await dumpContent(rebuilt.url));
  } finally {
    rebuilt.remove();
  }
});

test("Prisma's migrations take a database with tables of the owner's for one that is up to date", async () => {
  folder.write('a.md', { title: 'A', k1: 1, authors: ['Ann'] });
  const keys = ['k1: { kind: int, order: true }', 'authors: { kind: terms, of: Author }', 'guide: article'];
  await sync(modelOf(...keys, 'k2: text'));
  // Also when the table of articles was rebuilt.
  await sync(modelOf(...keys));
  const migrations = await readMigrations('sqlite');
  expect(await readMigrationState(database.url, migrations)).toBe('current');
  const engine = await openSqliteSchemaEngine(driverUrl(database.file));
  try {
    const migrationsList = describeMigrations(migrations);
    // What `prisma migrate status` asks.
    const status = await engine.diagnoseMigrationHistory({
      ...{ migrationsList, filters: everyTable, optInToShadowDatabase: false },
    });
    expect(status).toMatchObject({ editedMigrationNames: [], failedMigrationNames: [], history: null });
    const applied = await engine.applyMigrations({ migrationsList, filters: everyTable });
    expect(applied.appliedMigrationNames).toEqual([]);
  } finally {
    engine.free();
  }
  expect(await rows('"own.k1" FROM Article')).toEqual([[1]]);
  const [finding] = [await examineDatabase(database.url)].flat();
  expect(finding).toMatchObject({ name: 'database', verdict: 'ok' });
});
