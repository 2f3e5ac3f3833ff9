// The other thread of loadInThreads with a parser that does harm.
import { parentPort, workerData } from 'node:worker_threads';
import { runLoadWorker } from '../../../src/store/load/run-load-worker.ts';
import { parseHarmfully } from './parse-harmfully.ts';

if (parentPort) await runLoadWorker(parentPort, workerData, { parse: parseHarmfully });
