import { rmSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import type { Writer } from '../../database/writer.ts';
import {
  describeMigrations,
  everyTable,
  type Migrations,
  readMigrations,
} from '../../migrations/migrations.ts';
import { showPath } from '../../show-path.ts';
import { explainDatabaseError, isSystemError, StoreError } from '../../store-error.ts';
import { databaseFile, driverUrl, fileIdentity, freshName } from './database-file.ts';
import { prepareFolder } from './database-folder.ts';
import { openWriter } from './writer.ts';

/**
 * Brings the database to the committed migrations, by Prisma's own schema engine and without a network: makes its
 * folder and file when there are none, and does nothing when it is up to date.
 * @throws StoreError when the file is somebody else's, newer than this program, damaged, read-only or out of reach
 */
export async function migrate(url: string): Promise<void> {
  const file = databaseFile(url);
  const migrations = await readMigrations('sqlite');
  try {
    if (fileIdentity(file) === null) await createDatabase(file, migrations);
    if ((await readMigrationState(url, migrations)) === 'behind') await applyMigrations(file, migrations);
  } catch (error) {
    throw explainDatabaseError(error, file);
  }
}

/** Made under another name and then linked to its own: never half-made, and of two that start at once one makes it. */
async function createDatabase(file: string, migrations: Migrations): Promise<void> {
  await prepareFolder(file);
  const temporary = freshName(file);
  try {
    await setPageSize(temporary);
    await applyMigrations(temporary, migrations);
    await setWriteAheadLog(temporary);
    removeStaleLogs(file);
    await link(temporary, file);
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * `current`, or `behind` when migrations are to be applied.
 * @throws StoreError DATABASE_FOREIGN when the tables are not this program's
 */
export async function readMigrationState(url: string, migrations: Migrations): Promise<'current' | 'behind'> {
  const file = databaseFile(url);
  const writer = await openWriter(url, 5_000);
  try {
    const applied = await readApplied(writer, file);
    const known = new Set(migrations.list.map(({ name }) => name));
    const foreign = applied.find((name) => !known.has(name));
    if (foreign !== undefined) {
      throw new StoreError(
        'DATABASE_FOREIGN',
        file,
        `The database ${showPath(file)} has the migration ${foreign}, which this version does not know.`,
        'Rebuild it with `npm run seed -- --rebuild`, use the version that wrote it, or set DATABASE_URL to another file.',
      );
    }
    if (applied.length < migrations.list.length) return 'behind';
    return 'current';
  } finally {
    await writer.close();
  }
}

async function readApplied(writer: Writer, file: string): Promise<string[]> {
  if (!(await refuseForeign(writer, file))) return [];
  const applied = await writer.text(
    'SELECT json_group_array(migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return JSON.parse(applied ?? '[]');
}

/**
 * Whether the database has tables at all.
 * @throws StoreError DATABASE_FOREIGN when they are not the gateway's
 */
export async function refuseForeign(writer: Writer, file: string): Promise<boolean> {
  const tables = await writer.text(
    `SELECT json_group_array(name) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  );
  const names: string[] = JSON.parse(tables ?? '[]');
  if (names.length === 0) return false;
  if (names.includes('_prisma_migrations') && names.includes('ContentVersion')) return true;
  const others = names.filter((name) => name !== '_prisma_migrations');
  // Only the first migration can have been cut short, and then nothing is lost.
  if (others.length === 0) return true;
  throw new StoreError(
    'DATABASE_FOREIGN',
    file,
    `The database ${showPath(file)} is not the gateway's: it has the table ${others[0]}.`,
    'Set DATABASE_URL to another file; this one was not touched.',
  );
}

async function applyMigrations(file: string, migrations: Migrations): Promise<void> {
  // Loaded when there is something to apply, which most starts have not.
  const { openSqliteSchemaEngine } = await import('./open-schema-engine.ts');
  const engine = await openSqliteSchemaEngine(driverUrl(file));
  try {
    await engine.applyMigrations({ migrationsList: describeMigrations(migrations), filters: everyTable });
  } finally {
    engine.free();
  }
}

/** Twice SQLite's default: an article with its text is larger than one of those. To be set before anything is written. */
async function setPageSize(file: string): Promise<void> {
  const writer = await openWriter(driverUrl(file));
  await writer.run('PRAGMA page_size = 8192');
  await writer.run('VACUUM');
  await writer.close();
}

/** The mode is kept in the file. */
async function setWriteAheadLog(file: string): Promise<void> {
  const writer = await openWriter(driverUrl(file));
  await writer.text('PRAGMA journal_mode = WAL');
  await writer.close();
}

/** The log of a database that was deleted would be taken for the new one's. */
function removeStaleLogs(file: string): void {
  if (fileIdentity(file) !== null) return;
  for (const log of [`${file}-wal`, `${file}-shm`]) rmSync(log, { force: true });
}
