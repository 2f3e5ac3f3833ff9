import Database from 'libsql';
import { explainDatabaseError } from '../../store-error.ts';
import { fileIdentity } from './database-file.ts';
import { reserveDriverThreads } from './driver-threads.ts';

/** A connection whose statements run on the thread that asks. */
export interface RowReader {
  /** The first row; null when there is none. @throws StoreError */
  read(sql: string): readonly unknown[] | null;
  close(): void;
}

/**
 * A connection to a database file; it opens at the first statement, and again when another file has taken the file's place.
 * @param pragmas its settings
 */
export function openRowReader(file: string, pragmas: readonly string[]): RowReader {
  let opened: { database: Database.Database; identity: string | null } | null = null;
  let statements = new Map<string, Database.Statement>();

  function close(): void {
    statements = new Map();
    opened?.database.close();
    opened = null;
  }

  function connect(): Database.Database {
    const identity = fileIdentity(file);
    if (opened && (identity === null || identity === opened.identity)) return opened.database;
    // The driver would make an empty one.
    if (identity === null) throw new Error(`There is no database at ${file}.`);
    close();
    reserveDriverThreads();
    const database = new Database(file);
    opened = { database, identity };
    for (const pragma of pragmas) database.exec(pragma);
    return database;
  }

  function prepare(sql: string): Database.Statement {
    const database = connect();
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql).raw(true);
    statements.set(sql, statement);
    return statement;
  }

  return {
    read(sql) {
      try {
        // All rows: one that is not read to its end keeps its snapshot, and the log behind it, for ever.
        const [row] = prepare(sql).all() as unknown[][];
        return row ?? null;
      } catch (error) {
        throw explainDatabaseError(error, file);
      }
    },
    close,
  };
}
