import pg from 'pg';
import type { SqlValue, Writer } from '../../database/writer.ts';
import { StoreError, SyncBusyError } from '../../store-error.ts';
import { connectionConfig, type PostgresqlPlace, postgresqlPlace } from '../connect/connection-config.ts';
import { explainPostgresqlError } from '../connect/explain-error.ts';
import { spellForPostgresql } from './spell-for-postgresql.ts';
import { postgresqlWriting } from './write-dialect.ts';

/** Keeps the lock between syncs apart from those of others in the same database; any number would do. */
const LOCK_CLASS = 0x73796e63;

// From so many articles on, what the planner knows of the tables is made anew.
const MANY_CHANGES = 200;

/** Everything is taken as the text that the server sends. */
const asText = { getTypeParser: () => (value: unknown) => value };

/**
 * The sync's connection to PostgreSQL.
 * @param wait how long a sync waits for another, in milliseconds
 * @throws StoreError when the server cannot be reached
 */
export async function openPostgresqlWriter(url: string, wait = 0): Promise<Writer> {
  const place = postgresqlPlace(url);
  const client = new pg.Client(connectionConfig(place));
  // A connection that is lost fails the statement that waits for it, and each after it.
  client.on('error', () => {});
  await explained(place, () => client.connect());
  const spelt = new Map<string, string>();
  let isInTransaction = false;

  const query = (sql: string, values: readonly SqlValue[]) =>
    explained(place, async () => {
      const text = spelt.get(sql) ?? spellForPostgresql(sql);
      spelt.set(sql, text);
      return client.query<(string | null)[]>({ text, values: [...values], rowMode: 'array', types: asText });
    });
  const run = async (sql: string, ...values: SqlValue[]) => (await query(sql, values)).rowCount ?? 0;
  const text = async (sql: string, ...values: SqlValue[]) => (await query(sql, values)).rows[0]?.[0] ?? null;

  async function rollback(): Promise<void> {
    if (!isInTransaction) return;
    isInTransaction = false;
    await run('ROLLBACK').catch(() => {});
  }

  return {
    dialect: postgresqlWriting,
    run,
    text,
    async begin() {
      await run('BEGIN');
      isInTransaction = true;
      if (await takeLock()) return;
      await rollback();
      throw new SyncBusyError(null);
    },
    async commit(changed) {
      if (changed > MANY_CHANGES) await analyse();
      await run('COMMIT');
      isInTransaction = false;
    },
    rollback,
    close: () => client.end(),
  };

  async function analyse(): Promise<void> {
    const tables = await text(
      `SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = '${place.schema}'`,
    );
    if (tables !== null) await run(`ANALYZE ${tables}`);
  }

  /** The lock is the transaction's, and ends with it or with the connection. */
  async function takeLock(): Promise<boolean> {
    const lock = `(${LOCK_CLASS}, hashtext('${place.schema}'))`;
    if (wait === 0) return (await text(`SELECT pg_try_advisory_xact_lock${lock}`)) === 't';
    await run(`SET LOCAL lock_timeout = ${Math.ceil(wait)}`);
    try {
      await run(`SELECT pg_advisory_xact_lock${lock}`);
    } catch (error) {
      if (error instanceof StoreError && error.code === 'SYNC_BUSY') return false;
      throw error;
    }
    await run('SET LOCAL lock_timeout = DEFAULT');
    return true;
  }
}

async function explained<T>({ name }: PostgresqlPlace, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainPostgresqlError(error, name);
  }
}
