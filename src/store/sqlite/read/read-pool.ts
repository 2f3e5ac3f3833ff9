import { fileIdentity } from '../file/database-file.ts';
import { READ_CONNECTIONS, reserveDriverThreads } from '../file/driver-threads.ts';
import { createFairSemaphore } from './fair-semaphore.ts';
import { openReadConnection, type ReadConnection, StatementTooLargeError } from './read-connection.ts';

/** A statement for the pool. */
export interface ReadTask {
  sql: string;
  parameters: readonly unknown[];
  /** For whom it runs; see fair-semaphore.ts. */
  client: string;
  /** Whether its time is bounded by the size of its answer; the others never take all connections. */
  isBounded: boolean;
  /** Takes it out of the queue, or interrupts it. */
  signal: AbortSignal | undefined;
}

/** Connections beside the serving thread, on which the read engine's statements run. */
export interface ReadPool {
  /** As ReadConnection.run, once a connection is free. */
  run(work: ReadTask): Promise<string | null>;
  /** Ends what runs and waits, and closes all connections. */
  close(): Promise<void>;
}

/**
 * A pool of connections to a database file; they open when they are needed, and follow when another file takes its place.
 * @param pragmas settings of each connection
 */
export function createReadPool(file: string, pragmas: readonly string[]): ReadPool {
  reserveDriverThreads();
  const semaphore = createFairSemaphore(READ_CONNECTIONS);
  const idle: ReadConnection[] = [];
  const working = new Map<AbortController, Promise<string | null>>();
  let identity: string | null = null;
  let isClosed = false;

  /** A connection to the file that stands at the path now. */
  function open(): ReadConnection {
    const found = fileIdentity(file);
    if (found !== null && found !== identity) {
      for (const connection of idle.splice(0)) connection.close();
      identity = found;
    }
    const connection = idle.pop();
    if (connection) return connection;
    // The driver would make an empty one.
    if (found === null) throw new Error(`There is no database at ${file}.`);
    return openReadConnection(file, pragmas);
  }

  async function runOn(connection: ReadConnection, { sql, parameters }: ReadTask, signal: AbortSignal) {
    const opened = identity;
    let isSound = true;
    try {
      return await connection.run(sql, parameters, signal);
    } catch (error) {
      // Such an error is of the statement alone, and can be provoked at will.
      isSound = signal.aborted || error instanceof StatementTooLargeError;
      throw error;
    } finally {
      if (isSound && opened === identity && !isClosed) idle.push(connection);
      else connection.close();
    }
  }

  async function work(task: ReadTask, signal: AbortSignal) {
    await semaphore.acquire(task, signal);
    try {
      return await runOn(open(), task, signal);
    } finally {
      semaphore.release(task);
    }
  }

  return {
    async run(task) {
      const { signal } = task;
      if (isClosed) throw closed();
      signal?.throwIfAborted();
      // One of its own, so that closing ends it, too.
      const ending = new AbortController();
      const onAbort = () => ending.abort(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      const promise = work(task, ending.signal);
      working.set(ending, promise);
      try {
        return await promise;
      } finally {
        working.delete(ending);
        signal?.removeEventListener('abort', onAbort);
      }
    },
    async close() {
      isClosed = true;
      for (const ending of working.keys()) ending.abort(closed());
      await Promise.allSettled(working.values());
      for (const connection of idle.splice(0)) connection.close();
    },
  };
}

function closed(): Error {
  return new Error('The database was closed.');
}
