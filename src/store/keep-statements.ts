import type { SqlDriverAdapter, SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import Database from 'libsql';
import { LRUCache } from 'lru-cache';
import type { Pace } from './pace.ts';

// The read engine's statements are few and long: parsing one costs as much as running it. A prepared one takes some
// ten times the memory of its text.
const STATEMENTS = 500;
const KEPT_CHARACTERS = 4 * 1024 * 1024;

/**
 * Gives `adapter` a second connection that keeps prepared statements, for the reads that come again and again: those
 * with one computed column, as the read engine's are. Everything else goes the adapter's own way.
 * @param pragmas set on the second connection, as the adapter's own has them
 * @param pace told how long each of them took
 */
export function keepStatements(
  adapter: SqlDriverAdapter,
  file: string,
  pragmas: readonly string[],
  pace: Pace,
): SqlDriverAdapter {
  const database = new Database(file);
  for (const pragma of pragmas) database.exec(pragma);
  const statements = new LRUCache<string, Kept>({
    max: STATEMENTS,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_, sql) => sql.length,
  });
  const find = (sql: string): Kept => {
    const known = statements.get(sql);
    if (known) return known;
    const kept = prepare(database, sql);
    statements.set(sql, kept);
    return kept;
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: (level) => adapter.startTransaction(level),
    async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
      const kept = find(query.sql);
      if (!kept.statement) return adapter.queryRaw(query);
      const started = performance.now();
      const row = kept.statement.get(query.args) as unknown[] | undefined;
      pace.note(query.sql, performance.now() - started);
      return { columnNames: [kept.column], columnTypes: [ColumnTypeEnum.Text], rows: row ? [row] : [] };
    },
    async dispose() {
      statements.clear();
      database.close();
      await adapter.dispose();
    },
  };
}

interface Kept {
  /** Null for statements that go the adapter's way. */
  statement: Database.Statement | null;
  column: string;
}

function prepare(database: Database.Database, sql: string): Kept {
  // A PRAGMA or a SELECT of table columns has types and rows that the adapter knows better.
  if (!/^(?:SELECT|WITH)\b.* AS data$/s.test(sql)) return { statement: null, column: '' };
  return { statement: database.prepare(sql).raw(true), column: 'data' };
}
