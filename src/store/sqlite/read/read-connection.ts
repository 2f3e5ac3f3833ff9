import Database from 'libsql/promise';
import { LRUCache } from 'lru-cache';
import { type ReadConnection, StatementTooLargeError } from '../../read/read-connection.ts';

/** A statement of the driver's, which has no types of it. */
interface Statement {
  raw(): Statement;
  all(parameters: readonly unknown[]): Promise<unknown[][]>;
}

// A prepared statement takes some ten times the memory of its text, and as long to make as to run.
const MAX_STATEMENTS = 250;
const MAX_STATEMENT_CHARACTERS = 1024 * 1024;
// What is bound to a statement stays in memory as long as the statement does.
const MAX_KEPT_VALUES = 16 * 1024;

// SQLite forgets an interrupt when no statement runs, and one may still be waiting for a thread of the driver's.
const INTERRUPT_EVERY_MS = 10;

// https://www.sqlite.org/rescode.html
const OUT_OF_MEMORY = 'SQLITE_NOMEM';
const LARGE = new Set([OUT_OF_MEMORY, 'SQLITE_TOOBIG']);

/** Opens a connection to a database file, whose statements run on a thread of the driver's. @param pragmas its settings */
export function openReadConnection(file: string, pragmas: readonly string[]): ReadConnection {
  const database = new Database(file, {});
  const statements = new LRUCache<string, Statement>({
    max: MAX_STATEMENTS,
    maxSize: MAX_STATEMENT_CHARACTERS,
    sizeCalculation: (_, sql) => sql.length,
  });
  let isReady = false;

  async function execute(sql: string, parameters: readonly unknown[]): Promise<string | null> {
    if (!isReady) for (const pragma of pragmas) await database.exec(pragma);
    isReady = true;
    let statement = statements.get(sql);
    if (!statement) {
      const prepared: Statement = await database.prepare(sql);
      statement = prepared.raw();
    }
    if (lengthOf(parameters) <= MAX_KEPT_VALUES) statements.set(sql, statement);
    else statements.delete(sql);
    // All rows: one that is not read to its end keeps its snapshot, and the log behind it, for ever.
    const [row] = await statement.all(parameters);
    return (row?.[0] as string | null | undefined) ?? null;
  }

  /** The memory is for all statements: another may have had it, and has lost it by now as this one has. */
  async function executeOrAgain(sql: string, parameters: readonly unknown[], signal: AbortSignal) {
    try {
      return await execute(sql, parameters);
    } catch (error) {
      if (signal.aborted || codeOf(error) !== OUT_OF_MEMORY) throw error;
      return execute(sql, parameters);
    }
  }

  return {
    async run(sql, parameters, signal) {
      signal.throwIfAborted();
      let timer: NodeJS.Timeout | undefined;
      const onAbort = () => {
        database.interrupt();
        timer = setInterval(() => database.interrupt(), INTERRUPT_EVERY_MS);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        return await executeOrAgain(sql, parameters, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw LARGE.has(codeOf(error)) ? new StatementTooLargeError('', { cause: error }) : error;
      } finally {
        clearInterval(timer);
        signal.removeEventListener('abort', onAbort);
      }
    },
    // Such an error is of the statement alone, and can be provoked at will.
    isSoundAfter: (error, signal) => signal.aborted || error instanceof StatementTooLargeError,
    close() {
      statements.clear();
      database.close();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function lengthOf(parameters: readonly unknown[]): number {
  return parameters.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
}
