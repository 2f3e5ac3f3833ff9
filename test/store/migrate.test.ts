import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeMigrations, everyTable, readMigrations } from '../../src/store/migrations/migrations.ts';
import { databaseFile } from '../../src/store/sqlite/file/database-file.ts';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { openSqliteSchemaEngine } from '../../src/store/sqlite/file/open-schema-engine.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { queryText } from './dump-content.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('makes the folder and the database, in WAL mode, and does nothing the second time', async () => {
  const file = join(folder, 'some/where/a b%.db');
  const url = `file:${file}`;
  await migrate(url);
  expect(existsSync(file)).toBe(true);
  expect(await queryText(url, 'PRAGMA journal_mode')).toBe('wal');
  const before = readFileSync(file);
  await migrate(url);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(join(folder, 'some/where')).filter((name) => !/-(wal|shm)$/.test(name))).toEqual([
    'a b%.db',
  ]);
});

test('a database of other migrations is refused with the remedy', async () => {
  const url = `file:${join(folder, 'x.db')}`;
  await migrate(url);
  const writer = await openWriter(url);
  await writer.run(`UPDATE _prisma_migrations SET migration_name = '20250101000000_init'`);
  await writer.close();
  await expect(migrate(url)).rejects.toMatchObject({
    code: 'DATABASE_FOREIGN',
    message: expect.stringContaining('20250101000000_init'),
    fix: expect.stringContaining('npm run seed -- --rebuild'),
  });
});

test('several at once make one database', async () => {
  const url = `file:${join(folder, 'x.db')}`;
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const { length } = (await readMigrations('sqlite')).list;
  expect(await queryText(url, 'SELECT count(*) FROM _prisma_migrations')).toBe(String(length));
  expect(await queryText(url, 'PRAGMA integrity_check')).toBe('ok');
});

test('the committed migrations are what prisma/schema.prisma says', async () => {
  const engine = await openSqliteSchemaEngine(
    `file:${join(folder, 'main.db')}`,
    `file:${join(folder, 'shadow.db')}`,
  );
  const path = 'prisma/schema.prisma';
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...describeMigrations(await readMigrations('sqlite')) },
    to: { tag: 'schemaDatamodel', files: [{ path, content: readFileSync(path, 'utf8') }] },
    script: true,
    exitCode: null,
    filters: everyTable,
  });
  // When it is not: node --import tsx scripts/generate-migrations.ts <name>
  expect(stdout).toMatch(/^\s*(-- This is an empty migration\.\s*)?$/);
});

test('a reader reads and does not write', async () => {
  const url = `file:${join(folder, 'x.db')}`;
  await migrate(url);
  const reader = openReader(url);
  expect(await (await reader.prisma()).article.count()).toBe(0);
  await expect((await reader.prisma()).article.deleteMany()).rejects.toThrow(/readonly/);
  await reader.close();
});

test.each([
  ['file:./data/gateway.db', join(process.cwd(), 'data/gateway.db')],
  ['file:data/a%20b.db', join(process.cwd(), 'data/a b.db')],
  ['file:/var/lib/100%.db', '/var/lib/100%.db'],
  ['file:///var/lib/gateway.db', '/var/lib/gateway.db'],
])('%s is the file %s', (url, path) => {
  expect(databaseFile(url)).toBe(path);
});

test.each(['postgresql://localhost/x', 'file::memory:', 'gateway.db', 'http://x/y', ''])(
  '%s is refused',
  (url) => {
    expect(() => databaseFile(url)).toThrow(expect.objectContaining({ code: 'DATABASE_URL_INVALID' }));
  },
);

test.each([
  ['a file', () => join(folder, 'a-file')],
  ['a link that leads nowhere', () => join(folder, 'a-link')],
  // Linux says of a folder to be made there that it does not exist.
  ['a system that makes no folders', () => '/proc'],
])('a folder that cannot be made below %s is told of at once', async (_name, below) => {
  writeFileSync(join(folder, 'a-file'), '');
  symlinkSync(join(folder, 'nothing'), join(folder, 'a-link'));
  const file = join(below(), 'some', 'where', 'x.db');
  // In a process of its own, which can be ended: mkdir's own way of making folders comes never back.
  const child = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./migrate-child.ts', import.meta.url)), `file:${file}`],
    {
      encoding: 'utf8',
      timeout: 30_000,
      killSignal: 'SIGKILL',
    },
  );
  expect(child.signal).toBe(null);
  expect(JSON.parse(child.stdout)).toEqual({ code: 'DATABASE_UNREACHABLE', file });
  expect(readdirSync(folder).sort()).toEqual(['a-file', 'a-link']);
});
