import type { MessagePort } from 'node:worker_threads';
import { type Loading, loadBatch } from './load-files.ts';
import type { LoadedBatch, ThreadOrder } from './load-thread.ts';
import { createMarker } from './reading-mark.ts';

/** The work of a thread of startLoadThread: reads and parses the batches that it takes. */
export async function runLoadWorker(
  port: MessagePort,
  { order, taken, lost, ahead, mark, quarantine }: ThreadOrder,
  parsing: Pick<Loading, 'parse'> = {},
): Promise<void> {
  const loading = { ...parsing, marker: createMarker(mark), quarantine };
  let credit = ahead;
  let resume: (() => void) | undefined;
  port.on('message', () => {
    credit += 1;
    resume?.();
  });

  const left = [...lost];
  const take = () => left.shift() ?? Atomics.add(taken, 0, 1);
  for (let batch = take(); batch < order.ends.length; batch = take()) {
    const files = await loadBatch(order, batch, loading);
    while (credit <= 0) {
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
    }
    credit -= 1;
    port.postMessage({ batch, files } satisfies LoadedBatch);
  }
}
