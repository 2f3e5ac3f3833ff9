import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import {
  describeMigrations,
  everyTable,
  type Migrations,
  readMigrations,
} from '../../migrations/migrations.ts';
import { openSchemaEngine } from '../../migrations/schema-engine.ts';
import { StoreError } from '../../store-error.ts';
import { connectionConfig, type PostgresqlPlace, postgresqlPlace } from './connection-config.ts';
import { explainPostgresqlError } from './explain-error.ts';

/** Keeps our lock apart from those of others in the same database; any number would do. */
const LOCK_CLASS = 0x67617465;

/** How long to wait for others who migrate, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Brings the schema that the URL names to the committed migrations, by Prisma's own schema engine and without a network: makes it
 * when it is not there, and does nothing when it is up to date. Of several at once, one does it and the others wait.
 * @throws StoreError when the tables are somebody else's or newer than this program, or the database is out of reach
 */
export async function migratePostgresql(url: string): Promise<void> {
  const place = postgresqlPlace(url);
  const migrations = await readMigrations('postgresql');
  try {
    await migrateAlone(place, migrations);
  } catch (error) {
    throw explainPostgresqlError(error, place.name);
  }
}

/** Under a lock of the session, which ends with the connection, whatever becomes of this process. */
async function migrateAlone(place: PostgresqlPlace, migrations: Migrations): Promise<void> {
  const client = new pg.Client(connectionConfig(place, { lockTimeoutMs: PATIENCE_MS }));
  // A connection that is lost fails the statement that waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, place.schema]);
    const applied = await readApplied(client, place, migrations);
    if (applied === migrations.list.length) return;
    await requireRights(client, place);
    await applyMigrations(place, migrations);
  } finally {
    await client.end();
  }
}

/**
 * How many of the migrations are applied.
 * @throws StoreError DATABASE_FOREIGN when the tables are not this program's
 */
export async function readApplied(
  client: pg.Client,
  place: PostgresqlPlace,
  { list }: Migrations,
): Promise<number> {
  const tables = await readNames(
    client,
    'SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY tablename',
    [place.schema],
  );
  const others = tables.filter((name) => name !== '_prisma_migrations');
  if (!tables.includes('_prisma_migrations') || !tables.includes('ContentVersion')) {
    // Only the first migration can have been cut short, and then nothing is lost.
    if (others.length === 0) return 0;
    throw foreign(
      `The database ${place.name} is not the gateway's: it has the table ${others[0]}.`,
      'Add ?schema=gateway to DATABASE_URL, or name another database; this one was not touched.',
    );
  }
  const applied = await readNames(
    client,
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const known = new Set(list.map(({ name }) => name));
  const unknown = applied.find((name) => !known.has(name));
  if (unknown === undefined) return applied.length;
  throw foreign(
    `The database ${place.name} has the migration ${unknown}, which this version does not know.`,
    'Use the version that wrote it, or name another schema: the articles are loaded anew.',
  );
}

/** The schema engine tells of missing rights in words alone. @throws StoreError DATABASE_READ_ONLY */
async function requireRights(client: pg.Client, { schema, name }: PostgresqlPlace): Promise<void> {
  const [may] = await readNames(
    client,
    `SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1) THEN has_schema_privilege($1, 'CREATE')
       ELSE has_database_privilege(current_database(), 'CREATE') END::text`,
    [schema],
  );
  if (may === 'true') return;
  throw new StoreError(
    'DATABASE_READ_ONLY',
    null,
    `The user of DATABASE_URL may not make tables in PostgreSQL at ${name}.`,
    `Make the schema by \`CREATE SCHEMA ${schema} AUTHORIZATION\` and that user, or take the role that owns it.`,
  );
}

async function readNames(client: pg.Client, sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text: sql, values, rowMode: 'array' });
  return rows.map(([name]) => name);
}

async function applyMigrations(place: PostgresqlPlace, migrations: Migrations): Promise<void> {
  const engine = await openSchemaEngine(new PrismaPg(connectionConfig(place), { schema: place.schema }));
  try {
    await engine.applyMigrations({ migrationsList: describeMigrations(migrations), filters: everyTable });
  } finally {
    engine.free();
  }
}

function foreign(message: string, fix: string): StoreError {
  return new StoreError('DATABASE_FOREIGN', null, message, fix);
}
