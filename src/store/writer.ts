import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter, SqlQuery } from '@prisma/driver-adapter-utils';
import { databaseFile, driverUrl } from './database-file.ts';
import { explainDatabaseError } from './store-error.ts';

/** One connection for the sync's own SQL. Statements run one after another; transactions are the caller's. */
export interface Writer {
  /** Runs one statement and gives the number of rows that it changed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
  /** The first column of the first row as text, or null. */
  text(sql: string, ...values: SqlValue[]): Promise<string | null>;
  close(): Promise<void>;
}

export type SqlValue = string | number | null;

/**
 * The sync's connection. It is Prisma's driver adapter without the client on top: the sync writes by hand-written bulk
 * statements, and one connection must keep its settings and temporary tables from BEGIN to COMMIT.
 * @param wait how long a statement waits for another writer, in milliseconds
 * @throws StoreError when the file cannot be opened, is not a database or is damaged
 */
export async function openWriter(url: string, wait = 0): Promise<Writer> {
  const file = databaseFile(url);
  const adapter = await connect(file, [
    `PRAGMA busy_timeout = ${wait}`,
    // In WAL mode a power failure may take the last syncs back, never damage the file; files remain the truth.
    'PRAGMA synchronous = NORMAL',
    'PRAGMA foreign_keys = ON',
    'PRAGMA cache_size = -65536',
    'PRAGMA journal_size_limit = 67108864',
  ]);
  return {
    run: (sql, ...values) => explained(file, () => adapter.executeRaw(query(sql, values))),
    async text(sql, ...values) {
      const { rows } = await explained(file, () => adapter.queryRaw(query(sql, values)));
      const value = rows[0]?.[0];
      return value === undefined || value === null ? null : String(value);
    },
    close: () => adapter.dispose(),
  };
}

function query(sql: string, values: SqlValue[]): SqlQuery {
  return { sql, args: values, argTypes: values.map(() => ({ scalarType: 'unknown', arity: 'scalar' })) };
}

/** Runs the work and says of the database's state what a driver's error means. @throws StoreError */
export async function explained<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainDatabaseError(error, file);
  }
}

/** Opens a connection and gives it its settings. @throws StoreError */
export async function connect(file: string, pragmas: string[]): Promise<SqlDriverAdapter> {
  return explained(file, async () => {
    const adapter = await new PrismaLibSql({ url: driverUrl(file) }).connect();
    for (const sql of pragmas) await adapter.queryRaw({ sql, args: [], argTypes: [] });
    return adapter;
  });
}
