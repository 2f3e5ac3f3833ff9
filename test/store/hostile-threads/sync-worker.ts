// The thread of startSyncThread with a parser that does harm.
import { parentPort, workerData } from 'node:worker_threads';
import { runSyncWorker } from '../../../src/store/watch/run-sync-worker.ts';
import { parseHarmfully } from './parse-harmfully.ts';

if (parentPort) runSyncWorker(parentPort, workerData, parseHarmfully);
