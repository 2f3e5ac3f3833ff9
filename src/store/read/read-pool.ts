import { createFairSemaphore } from './fair-semaphore.ts';
import type { ReadConnection } from './read-connection.ts';

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

/** The fewest connections of which nobody can take all. */
export const MIN_READ_CONNECTIONS = 3;

/** Where a pool's connections come from. */
export interface ConnectionSource {
  /** How many may be open at a time; at least MIN_READ_CONNECTIONS. */
  size: number;
  /** Names the database that a new connection would read; null when there is none. Connections to another are closed. */
  identity(): string | null;
  /** @param identity of the database. @throws when there is none */
  open(identity: string | null): ReadConnection;
}

/** A pool of connections; they open when they are needed, and follow when another database takes the place of theirs. */
export function createReadPool(source: ConnectionSource): ReadPool {
  const semaphore = createFairSemaphore(source.size);
  const idle: ReadConnection[] = [];
  const working = new Map<AbortController, Promise<string | null>>();
  let identity: string | null = null;
  let isClosed = false;

  /** A connection to the database that is there now. */
  function open(): ReadConnection {
    const found = source.identity();
    if (found !== null && found !== identity) {
      for (const connection of idle.splice(0)) connection.close();
      identity = found;
    }
    return idle.pop() ?? source.open(found);
  }

  async function runOn(connection: ReadConnection, { sql, parameters }: ReadTask, signal: AbortSignal) {
    const opened = identity;
    let isSound = true;
    try {
      return await connection.run(sql, parameters, signal);
    } catch (error) {
      isSound = connection.isSoundAfter(error, signal);
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
