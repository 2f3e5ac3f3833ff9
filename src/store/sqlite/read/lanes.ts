import { fileIdentity } from '../file/database-file.ts';
import { LANES, reserveDriverThreads } from '../file/driver-threads.ts';
import { type Lane, openLane, StatementTooLargeError } from './lane.ts';
import { createPlaces } from './places.ts';

/** A statement for a lane. */
export interface LaneWork {
  sql: string;
  parameters: readonly unknown[];
  /** For whom it runs; see places.ts. */
  client: string;
  /** Whether its time is bounded by the size of its answer; the others never take all lanes. */
  isBounded: boolean;
  /** Takes it out of the queue, or interrupts it. */
  signal: AbortSignal | undefined;
}

/** Connections beside the serving thread, on which the read engine's statements run. */
export interface Lanes {
  /** As Lane.run; waits for its turn. */
  run(work: LaneWork): Promise<string | null>;
  /** Ends what runs and waits, and closes all connections. */
  close(): Promise<void>;
}

/**
 * Lanes to a database file; connections open when they are needed, and follow when another file takes its place.
 * @param pragmas settings of each connection
 */
export function createLanes(file: string, pragmas: readonly string[]): Lanes {
  reserveDriverThreads();
  const places = createPlaces(LANES);
  const idle: Lane[] = [];
  const working = new Map<AbortController, Promise<string | null>>();
  let identity: string | null = null;
  let isClosed = false;

  /** A connection to the file that stands at the path now. */
  function open(): Lane {
    const found = fileIdentity(file);
    if (found !== null && found !== identity) {
      for (const lane of idle.splice(0)) lane.close();
      identity = found;
    }
    const lane = idle.pop();
    if (lane) return lane;
    // The driver would make an empty one.
    if (found === null) throw new Error(`There is no database at ${file}.`);
    return openLane(file, pragmas);
  }

  async function runOn(lane: Lane, { sql, parameters }: LaneWork, signal: AbortSignal) {
    const opened = identity;
    let isSound = true;
    try {
      return await lane.run(sql, parameters, signal);
    } catch (error) {
      // Such an error is of the statement alone, and can be provoked at will.
      isSound = signal.aborted || error instanceof StatementTooLargeError;
      throw error;
    } finally {
      if (isSound && opened === identity && !isClosed) idle.push(lane);
      else lane.close();
    }
  }

  async function work(asked: LaneWork, signal: AbortSignal) {
    await places.enter(asked, signal);
    try {
      return await runOn(open(), asked, signal);
    } finally {
      places.leave(asked);
    }
  }

  return {
    async run(asked) {
      const { signal } = asked;
      if (isClosed) throw closed();
      signal?.throwIfAborted();
      // One of its own, so that closing ends it, too.
      const ending = new AbortController();
      const onAbort = () => ending.abort(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      const promise = work(asked, ending.signal);
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
      for (const lane of idle.splice(0)) lane.close();
    },
  };
}

function closed(): Error {
  return new Error('The database was closed.');
}
