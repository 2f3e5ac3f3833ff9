import type { EncodedFile, LoadOrder } from './load-files.ts';
import { type Quarantine, quarantineFile } from './quarantine.ts';
import type { ReadingMark } from './reading-mark.ts';
import { startWatchedThread, type ThreadEnd, type WatchedThread } from './watched-thread.ts';

/** What the thread is started with. */
export interface ThreadOrder {
  order: LoadOrder;
  /** How many batches were taken, by any thread. */
  taken: Int32Array;
  /** Batches to begin with: the thread before took them and did not send them. */
  lost: readonly number[];
  /** Batches that may wait to be received. */
  ahead: number;
  mark: ReadingMark;
  quarantine: Quarantine;
}

export interface LoadedBatch {
  batch: number;
  files: EncodedFile[];
}

export interface LoadThreadOptions {
  order: LoadOrder;
  /** Grows by the files that end a thread. */
  quarantine: Quarantine;
  /** What one file may take, in milliseconds. */
  maxFileMs: number;
  /** As of startThread. */
  threadsFrom?: string | undefined;
}

export interface LoadThread {
  /** Whether a thread has ended in a file. */
  readonly hasDied: boolean;
  /** A batch for this thread to load; null when there is none left, or one has arrived. */
  takeBatch(): number | null;
  /** The next batch that was loaded. Rejects when threads end and no file is to blame. */
  next(): Promise<EncodedFile[]>;
  close(): Promise<void>;
}

/** Batches that may wait to be taken. */
const MAX_AHEAD = 3;
/** In MB: batches go through it, and all it keeps is the list of files. */
const heapFor = (files: number) => 80 + Math.ceil(files / 2_000);
/** Threads in a row that may end with no file to blame. */
const MAX_UNEXPLAINED_DEATHS = 3;
/** Milliseconds until the next thread is started; twice as long after each one that ended. */
const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 5_000;

/**
 * A thread that reads and parses batches of an order. When it ends in a file, for lack of memory or time or otherwise, that file
 * is set aside, and another thread goes on where it was.
 */
export function startLoadThread({
  order,
  quarantine,
  maxFileMs,
  threadsFrom,
}: LoadThreadOptions): LoadThread {
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const arrived: EncodedFile[][] = [];
  const dealtWith = new Set<number>();
  let thread: WatchedThread | null = null;
  let timer: NodeJS.Timeout | undefined;
  let deaths = 0;
  let unexplainedDeaths = 0;
  let failure: { error: unknown } | null = null;
  let wake = () => {};

  function start(lost: readonly number[]): void {
    thread = startWatchedThread<LoadedBatch>({
      name: 'load-worker',
      heap: heapFor(order.files.length),
      from: threadsFrom ?? import.meta.url,
      maxFileMs,
      makeData: (mark): ThreadOrder => ({
        order,
        taken,
        lost,
        ahead: MAX_AHEAD - arrived.length,
        mark,
        quarantine,
      }),
      onMessage({ batch, files }) {
        dealtWith.add(batch);
        arrived.push(files);
        wake();
      },
      onEnd: replace,
    });
  }

  function replace({ file, harm, error }: ThreadEnd): void {
    thread = null;
    deaths += 1;
    unexplainedDeaths = file ? 0 : unexplainedDeaths + 1;
    if (file) quarantineFile(quarantine, file, harm);
    if (unexplainedDeaths >= MAX_UNEXPLAINED_DEATHS) {
      failure = { error: error ?? new Error('The thread that reads articles has ended.') };
      wake();
      return;
    }
    const last = Math.min(Atomics.load(taken, 0), order.ends.length);
    const lost = Array.from({ length: last }, (_, batch) => batch).filter((batch) => !dealtWith.has(batch));
    timer = setTimeout(start, Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), MAX_PAUSE_MS), lost);
  }

  start([]);
  return {
    get hasDied() {
      return deaths > 0;
    },
    takeBatch() {
      if (arrived.length > 0) return null;
      const batch = Atomics.add(taken, 0, 1);
      if (batch >= order.ends.length) return null;
      dealtWith.add(batch);
      return batch;
    },
    async next() {
      while (arrived.length === 0) {
        if (failure) throw failure.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      thread?.send('next');
      return arrived.shift() ?? [];
    },
    async close() {
      clearTimeout(timer);
      await thread?.end();
    },
  };
}
