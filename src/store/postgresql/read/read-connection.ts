import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { type ReadConnection, StatementTooLargeError } from '../../read/read-connection.ts';
import { errorCode, isConnectionLost } from '../connect/explain-error.ts';
import { cancel, destroy, submit } from './driver.ts';
import { TextStatement } from './text-statement.ts';

// The server keeps a prepared statement's plan in memory of the connection, tens of times its text.
const MAX_STATEMENTS = 100;
const MAX_CHARACTERS = 512 * 1024;

/** How long the server may take to end a statement that was cancelled, in milliseconds. */
const CANCEL_TIMEOUT_MS = 2_000;

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const CANCELLED = '57014';
const NO_SUCH_STATEMENT = '26000';
const LARGE = new Set(['53200', '54000']);

/** A connection of the driver's and what is prepared on it. */
interface Session {
  client: pg.Client;
  /** Names by text. */
  statements: LRUCache<string, string>;
  /** Names to be given back. */
  dropped: string[];
  isLost: boolean;
}

/**
 * A connection to PostgreSQL on which statements stay prepared. It opens at the first statement, and again when it was lost: a
 * statement that only reads is then sent once more.
 */
export function openPostgresqlConnection(config: pg.ClientConfig): ReadConnection {
  let session: Session | null = null;
  let names = 0;

  async function connect(): Promise<Session> {
    if (session && !session.isLost) return session;
    const client = new pg.Client(config);
    const opened = openSession(client);
    client.on('error', () => {
      opened.isLost = true;
    });
    client.on('end', () => {
      opened.isLost = true;
    });
    await client.connect();
    session = opened;
    return opened;
  }

  /** @throws the driver's error, or the signal's reason */
  async function execute(sql: string, parameters: readonly unknown[], signal: AbortSignal) {
    const current = await connect();
    signal.throwIfAborted();
    const { client, statements } = current;
    const known = statements.get(sql);
    if (known === undefined) names += 1;
    const name = known ?? `s${names}`;
    if (known === undefined) statements.set(sql, name);
    const dropped = current.dropped.splice(0);
    const statement = new TextStatement({
      ...{ sql, name, isNew: known === undefined, dropped },
      values: parameters.map((value) => (value === null || value === undefined ? null : String(value))),
    });
    let cancelling: Promise<void> | null = null;
    const onAbort = () => {
      cancelling = endStatement(client);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      submit(client, statement);
      return await statement.done;
    } catch (error) {
      if (isConnectionLost(error)) current.isLost = true;
      // It may be prepared or not.
      statements.delete(sql);
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      // What comes late would end the next statement.
      if (cancelling) await cancelling;
    }
  }

  /** Asks the server to end the statement that runs, and ends the connection when it does not. */
  async function endStatement(client: pg.Client): Promise<void> {
    const timer = setTimeout(() => destroy(client), CANCEL_TIMEOUT_MS);
    try {
      await cancel(client, config);
    } catch {
      destroy(client);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async run(sql, parameters, signal) {
      signal.throwIfAborted();
      try {
        try {
          return await execute(sql, parameters, signal);
        } catch (error) {
          const isOfConnection = isConnectionLost(error) || errorCode(error) === NO_SUCH_STATEMENT;
          if (signal.aborted || !isOfConnection) throw error;
          if (session) close(session);
          session = null;
          return await execute(sql, parameters, signal);
        }
      } catch (error) {
        if (signal.aborted) {
          // Only what was truly cancelled leaves nothing on its way.
          if (errorCode(error) !== CANCELLED && session) close(session);
          throw signal.reason;
        }
        throw isTooLarge(error) ? new StatementTooLargeError('', { cause: error }) : error;
      }
    },
    // It opens another connection by itself.
    isSoundAfter: () => true,
    close() {
      if (session) close(session);
      session = null;
    },
  };
}

function openSession(client: pg.Client): Session {
  const dropped: string[] = [];
  const statements = new LRUCache<string, string>({
    max: MAX_STATEMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_, sql) => sql.length,
    dispose: (name) => dropped.push(name),
  });
  return { client, statements, dropped, isLost: false };
}

function close(session: Session): void {
  session.isLost = true;
  session.client.end().catch(() => {});
}

function isTooLarge(error: unknown): boolean {
  return (
    LARGE.has(errorCode(error)) ||
    (error instanceof Error && error.message.startsWith('invalid memory alloc request size'))
  );
}
