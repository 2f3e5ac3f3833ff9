import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type LoadedFile, type LoadOrder, loadBatch } from './load-files.ts';
import type { ThreadOrder } from './load-worker.ts';
import { startThread } from './start-thread.ts';

/** A thread takes as long to start as it takes to parse some hundred files. */
const worthIt = 1_500;

/** In MB: batches go through it, and all it keeps is the list of files. */
const heapFor = (files: number) => 80 + Math.ceil(files / 2_000);

/** Batches that may wait to be taken. */
const ahead = 3;

/**
 * Reads and parses, a batch at a time, in no certain order. Of many files another thread does the reading and parsing
 * while this one works on what it was given, and this one helps when it would wait.
 */
export function loadInThreads(order: LoadOrder): AsyncGenerator<LoadedFile[]> {
  if (order.files.length < worthIt || availableParallelism() === 1) return loadInTurn(order);
  return loadWithHelp(order);
}

async function* loadInTurn(order: LoadOrder): AsyncGenerator<LoadedFile[]> {
  for (const batch of order.ends.keys()) {
    yield await loadBatch(order, batch);
    // The caller's abort arrives as a message, between turns of the event loop.
    await setImmediate();
  }
}

async function* loadWithHelp(order: LoadOrder): AsyncGenerator<LoadedFile[]> {
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const threadOrder: ThreadOrder = { order, taken, ahead };
  const worker = startThread('load-worker', threadOrder, heapFor(order.files.length));
  const failed = new AbortController();
  worker.once('error', (error) => failed.abort(error));
  worker.once('exit', (code) => failed.abort(new Error(`The loading thread ended with code ${code}.`)));
  const arrived: LoadedFile[][] = [];
  worker.on('message', (batch: LoadedFile[]) => arrived.push(batch));
  try {
    for (let left = order.ends.length; left > 0; left--) {
      // Messages arrive between turns of the event loop, and the caller's work is one turn.
      await setImmediate();
      const ownBatch = arrived.length > 0 ? order.ends.length : Atomics.add(taken, 0, 1);
      if (ownBatch < order.ends.length) {
        yield await loadBatch(order, ownBatch);
        continue;
      }
      if (arrived.length === 0) await once(worker, 'message', { signal: failed.signal });
      const batch = arrived.shift();
      if (!batch) throw new Error('The loading thread sent nothing.');
      yield batch;
      worker.postMessage('next');
    }
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error;
  } finally {
    worker.removeAllListeners('exit');
    await worker.terminate();
  }
}
