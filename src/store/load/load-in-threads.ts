import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type EncodedFile, type Loading, type LoadOrder, loadBatch } from './load-files.ts';
import { startLoadThread } from './load-thread.ts';
import { MAX_FILE_MS } from './watched-thread.ts';

/** A thread takes as long to start as it takes to parse some hundred files. */
const MIN_FILES_FOR_A_THREAD = 1_500;

/** How the files of an order are read, beside the order. */
export interface LoadingInThreads extends Loading {
  /** Read on another thread only, so that no file can end this one. @default false */
  isCareful?: boolean;
  /** What one file may take, in milliseconds. @default 10000 */
  maxFileMs?: number;
  /** As of startThread. */
  threadsFrom?: string;
}

/**
 * Reads and parses, a batch at a time, in no certain order. Of many files another thread does the reading and parsing
 * while this one works on what it was given, and this one helps when it would wait, until a file has done harm.
 */
export function loadInThreads(
  order: LoadOrder,
  loading: LoadingInThreads = {},
): AsyncGenerator<EncodedFile[]> {
  const paysOff = order.files.length >= MIN_FILES_FOR_A_THREAD && availableParallelism() > 1;
  return loading.isCareful || paysOff ? loadWithHelp(order, loading) : loadInTurn(order, loading);
}

async function* loadInTurn(order: LoadOrder, loading: Loading): AsyncGenerator<EncodedFile[]> {
  for (const batch of order.ends.keys()) {
    yield await loadBatch(order, batch, loading);
    // The caller's abort arrives as a message, between turns of the event loop.
    await setImmediate();
  }
}

async function* loadWithHelp(order: LoadOrder, loading: LoadingInThreads): AsyncGenerator<EncodedFile[]> {
  if (order.ends.length === 0) return;
  const { isCareful = false, quarantine = new Map(), maxFileMs = MAX_FILE_MS, threadsFrom } = loading;
  const thread = startLoadThread({ order, quarantine, maxFileMs, threadsFrom });
  try {
    for (let left = order.ends.length; left > 0; left--) {
      // Messages arrive between turns of the event loop, and the caller's work is one turn.
      await setImmediate();
      const own = isCareful || thread.hasDied ? null : thread.takeBatch();
      yield own === null ? await thread.next() : await loadBatch(order, own, { ...loading, quarantine });
    }
  } finally {
    await thread.close();
  }
}
