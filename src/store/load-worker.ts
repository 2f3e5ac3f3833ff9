// The other end of loadFilesInWorker: reads and parses on its own thread.
import { parentPort, workerData } from 'node:worker_threads';
import type { ScannedFile } from '../content/read-files.ts';
import { loadFiles } from './load-files.ts';

/** What the thread is started with. */
export interface LoadOrder {
  root: string;
  files: readonly ScannedFile[];
  /** In the order of the files; null: parse in any case. */
  digests: readonly (string | null)[];
  /** Batches that may wait to be taken. */
  ahead: number;
}

const port = parentPort;
if (!port) throw new Error('load-worker runs as a worker thread only.');

const { root, files, digests, ahead } = workerData as LoadOrder;
let credit = ahead;
let resume: (() => void) | undefined;
port.on('message', () => {
  credit += 1;
  resume?.();
});

for await (const batch of loadFiles(root, files, (_, index) => digests[index] ?? null)) {
  while (credit === 0) {
    await new Promise<void>((resolve) => {
      resume = resolve;
    });
  }
  credit -= 1;
  port.postMessage(batch);
}
port.postMessage(null);
port.close();
