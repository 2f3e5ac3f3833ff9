// The other thread of loadInThreads: reads and parses the batches that it takes.
import { parentPort, workerData } from 'node:worker_threads';
import { type LoadOrder, loadBatch } from './load-files.ts';

/** What the thread is started with. */
export interface ThreadOrder {
  order: LoadOrder;
  /** How many batches were taken, by any thread. */
  taken: Int32Array;
  /** Batches that may wait to be received. */
  ahead: number;
}

const port = parentPort;
if (!port) throw new Error('load-worker runs as a worker thread only.');

const { order, taken, ahead } = workerData as ThreadOrder;
let credit = ahead;
let resume: (() => void) | undefined;
port.on('message', () => {
  credit += 1;
  resume?.();
});

for (let batch = Atomics.add(taken, 0, 1); batch < order.ends.length; batch = Atomics.add(taken, 0, 1)) {
  const loaded = await loadBatch(order, batch);
  while (credit === 0) {
    await new Promise<void>((resolve) => {
      resume = resolve;
    });
  }
  credit -= 1;
  port.postMessage(loaded);
}
