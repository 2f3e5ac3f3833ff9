import Database from 'libsql';
import type { SqlValue, Writer } from '../../database/writer.ts';
import { explainDatabaseError } from '../../store-error.ts';
import { databaseFile } from './database-file.ts';
import { reserveDriverThreads } from './driver-threads.ts';
import { sqliteWriting } from './write-dialect.ts';

// A large log slows readers down, and the next small sync when it falls to that to write it back.
const MANY_CHANGES = 200;

/**
 * The sync's connection. It is the driver of Prisma's adapter without the adapter: that prepares a statement for each
 * run, and each keeps the megabytes bound to it until JavaScript's garbage is collected, of which it knows nothing.
 * @param wait how long a statement waits for another writer, in milliseconds
 * @throws StoreError when the file cannot be opened, is not a database or is damaged
 */
export async function openWriter(url: string, wait = 0): Promise<Writer> {
  const file = databaseFile(url);
  const database = await explained(file, async () => open(file, wait));
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const run = (sql: string, ...values: SqlValue[]) =>
    explained(file, async () => prepare(sql).run(values).changes);
  const text = async (sql: string, ...values: SqlValue[]) => {
    const [row] = await explained(file, async () => prepare(sql).raw(true).all(values) as unknown[][]);
    const value = row?.[0];
    return value === undefined || value === null ? null : String(value);
  };
  return {
    dialect: sqliteWriting,
    run,
    text,
    // The write lock of the database is the lock between syncs: it ends with the process, however that ends.
    begin: async () => void (await run('BEGIN IMMEDIATE')),
    async commit(changed) {
      await run('COMMIT');
      if (changed > MANY_CHANGES) await text('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {});
    },
    // A full disk has rolled back already.
    rollback: async () => void (await run('ROLLBACK').catch(() => {})),
    async close() {
      statements.clear();
      database.close();
    },
  };
}

function open(file: string, wait: number): Database.Database {
  reserveDriverThreads();
  const database = new Database(file);
  database.exec(`PRAGMA busy_timeout = ${wait}`);
  // In WAL mode a power failure may take the last syncs back, never damage the file; files remain the truth.
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA cache_size = -65536');
  database.exec('PRAGMA journal_size_limit = 67108864');
  // The keys that a sync touches may be all there are.
  database.exec('PRAGMA temp_store = FILE');
  return database;
}

/** Runs the work and says of the database's state what a driver's error means. @throws StoreError */
export async function explained<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainDatabaseError(error, file);
  }
}
