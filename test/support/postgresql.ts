import Database from 'libsql';
import pg from 'pg';
import { noOwnKeys, type OwnModel } from '../../src/model/own-model.ts';
import { migratePostgresql } from '../../src/store/postgresql/connect/migrate.ts';
import { applyOwnLayout } from '../../src/store/postgresql/own/apply-layout.ts';
import { openPostgresqlWriter } from '../../src/store/postgresql/write/writer.ts';

const DEFAULT_SERVER = 'postgresql://postgres@127.0.0.1:5432/postgres';

let server: Promise<string | null> | undefined;

/**
 * The URL of a server for tests: TEST_POSTGRES_URL, else the one of this machine. Null when nothing answers there, which is told once.
 * @throws when TEST_POSTGRES_URL is set and does not answer
 */
export function postgresqlServer(): Promise<string | null> {
  server ??= findServer();
  return server;
}

async function findServer(): Promise<string | null> {
  const asked = process.env.TEST_POSTGRES_URL;
  const client = new pg.Client({ connectionString: asked ?? DEFAULT_SERVER, connectionTimeoutMillis: 3_000 });
  try {
    await client.connect();
    await client.end();
    return asked ?? DEFAULT_SERVER;
  } catch (error) {
    if (asked) throw error;
    process.stderr.write(
      'Tests on PostgreSQL are skipped: nothing answers at 127.0.0.1:5432, and TEST_POSTGRES_URL is not set.\n',
    );
    return null;
  }
}

export interface TestPostgresql {
  url: string;
  /** Runs SQL as the owner of the tables. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Removes the database, whoever uses it. */
  remove(): Promise<void>;
}

let databases = 0;

/** An empty database of its own on the server, without tables. */
export async function createTestPostgresql(): Promise<TestPostgresql> {
  const url = await postgresqlServer();
  if (url === null) throw new Error('There is no PostgreSQL.');
  databases += 1;
  const name = `gateway_test_${process.pid}_${databases}_${Date.now().toString(36)}`;
  await onServer(url, `CREATE DATABASE ${name} TEMPLATE template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: own.href });
  client.on('error', () => {});
  await client.connect();
  return {
    url: own.href,
    query: async (sql, values) => (await client.query(sql, values)).rows,
    async remove() {
      await client.end();
      await onServer(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** The same with the tables of the index. */
export async function createPostgresqlIndex(): Promise<TestPostgresql> {
  const database = await createTestPostgresql();
  await migratePostgresql(database.url);
  return database;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const ROWS_A_STATEMENT = 2_000;

/** Makes the tables in an empty database, and copies the rows of a synced SQLite index into them, table by table. */
export async function copyIndex(file: string, database: TestPostgresql, model: OwnModel = noOwnKeys) {
  await migratePostgresql(database.url);
  const sqlite = new Database(file, { readonly: true });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const writer = await openPostgresqlWriter(database.url);
    await applyOwnLayout(writer, model);
    await writer.close();
    // Rows come in no order of their references.
    await client.query('SET session_replication_role = replica');
    const { rows } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    );
    for (const { name } of rows) await copyTable(sqlite, client, `"${name}"`);
    await client.query('ANALYZE');
  } finally {
    await client.end();
    sqlite.close();
  }
}

async function copyTable(sqlite: Database.Database, client: pg.Client, table: string): Promise<void> {
  const insert = `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`;
  let batch: unknown[] = [];
  for (const row of sqlite.prepare(`SELECT * FROM ${table}`).iterate()) {
    if (batch.push(row) < ROWS_A_STATEMENT) continue;
    await client.query(insert, [JSON.stringify(batch)]);
    batch = [];
  }
  if (batch.length > 0) await client.query(insert, [JSON.stringify(batch)]);
}
