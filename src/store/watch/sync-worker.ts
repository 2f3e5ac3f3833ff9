// The thread of startSyncThread.
import { parentPort, workerData } from 'node:worker_threads';
import { runSyncWorker } from './run-sync-worker.ts';

if (!parentPort) throw new Error('sync-worker runs as a worker thread only.');
runSyncWorker(parentPort, workerData);
