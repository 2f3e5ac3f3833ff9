import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readMigrations } from '../../src/store/migrations/migrations.ts';
import { migratePostgresql } from '../../src/store/postgresql/connect/migrate.ts';
import { createTestPostgresql, postgresqlServer, type TestPostgresql } from '../support/postgresql.ts';

const isThere = (await postgresqlServer()) !== null;
const migrations = (await readMigrations('postgresql')).list;

describe.skipIf(!isThere)('migrations of PostgreSQL', () => {
  let database: TestPostgresql;

  beforeEach(async () => {
    database = await createTestPostgresql();
  });
  afterEach(() => database?.remove());

  const tablesOf = (schema: string) =>
    database.query<{ name: string }>(
      'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
      [schema],
    );

  test('ten processes at once migrate an empty database once', async () => {
    const script = fileURLToPath(new URL('./migrate-postgresql-child.ts', import.meta.url));
    const run = promisify(execFile);
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () =>
        run(process.execPath, ['--import', 'tsx', script, database.url]).then(({ stdout }) => stdout),
      ),
    );
    expect(outcomes).toEqual(outcomes.map(() => 'done'));
    const applied = await database.query(
      'SELECT migration_name AS name, applied_steps_count FROM _prisma_migrations',
    );
    expect(applied).toEqual(migrations.map(({ name }) => ({ name, applied_steps_count: 1 })));
    // Where they are not kept apart, some wait for Prisma's own lock until they give up: that is to fail by what they say.
  }, 240_000);

  test('the tables go into the schema that the URL names, and only there', async () => {
    const url = new URL(database.url);
    url.searchParams.set('schema', 'Gateway_2');
    await migratePostgresql(url.href);
    await migratePostgresql(url.href);
    expect(await tablesOf('public')).toEqual([]);
    expect(await tablesOf('Gateway_2')).toContainEqual({ name: 'ContentVersion' });
  });

  test('tables of others are refused and stay as they are', async () => {
    await database.query('CREATE TABLE customers (id int)');
    await expect(migratePostgresql(database.url)).rejects.toMatchObject({
      code: 'DATABASE_FOREIGN',
      message: expect.stringContaining('customers'),
    });
    expect(await tablesOf('public')).toEqual([{ name: 'customers' }]);
  });

  test('a database of a later version is refused', async () => {
    await migratePostgresql(database.url);
    await database.query(`UPDATE _prisma_migrations SET migration_name = '20990101000000_later'`);
    await expect(migratePostgresql(database.url)).rejects.toMatchObject({
      code: 'DATABASE_FOREIGN',
      message: expect.stringContaining('20990101000000_later'),
    });
  });

  test('a user who may not create is told so', async () => {
    await database.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    const role = `gateway_test_reader_${process.pid}`;
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'not-for-messages'`);
    try {
      const url = new URL(database.url);
      url.username = role;
      url.password = 'not-for-messages';
      const error = await migratePostgresql(url.href).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'DATABASE_READ_ONLY' });
      expect(String(error)).not.toContain('not-for-messages');
    } finally {
      await database.query(`DROP ROLE ${role}`);
    }
  });
});

test('a server that is not there is told of by its place, without the password', async () => {
  const error = await migratePostgresql('postgresql://me:secret-word@127.0.0.1:1/none').catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({
    code: 'DATABASE_UNREACHABLE',
    message: expect.stringContaining('127.0.0.1:1/none'),
  });
  expect(String(error)).not.toContain('secret-word');
});

test.each(['mysql://a/b', 'postgresql://h/d?schema=a%20b', 'postgresql://h/d?schema=%22;', 'nothing'])(
  '%s is no URL of a PostgreSQL database',
  async (url) => {
    await expect(migratePostgresql(url)).rejects.toMatchObject({ code: 'DATABASE_URL_INVALID' });
  },
);
