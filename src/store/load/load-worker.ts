// The other thread of loadInThreads.
import { parentPort, workerData } from 'node:worker_threads';
import { runLoadWorker } from './run-load-worker.ts';

if (!parentPort) throw new Error('load-worker runs as a worker thread only.');
await runLoadWorker(parentPort, workerData);
