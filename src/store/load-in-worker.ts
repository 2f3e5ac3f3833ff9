import { on } from 'node:events';
import { availableParallelism } from 'node:os';
import type { ScannedFile } from '../content/read-files.ts';
import { type LoadedFile, loadFiles } from './load-files.ts';
import type { LoadOrder } from './load-worker.ts';
import { startThread } from './start-thread.ts';

/** A thread takes as long to start as it takes to parse some hundred files. */
const worthIt = 1_500;

/** In MB: batches go through it, and all it keeps is the list of files. */
const heap = 80;

/** As loadFiles, but of many files a thread of its own does the reading and parsing while this one writes. */
export function loadFilesAside(
  root: string,
  files: readonly ScannedFile[],
  knownDigest: (path: string) => string | null,
): AsyncGenerator<LoadedFile[]> {
  if (files.length < worthIt || availableParallelism() === 1) return loadFiles(root, files, knownDigest);
  return loadFilesInWorker({ root, files, digests: files.map(({ path }) => knownDigest(path)), ahead: 3 });
}

async function* loadFilesInWorker(order: LoadOrder): AsyncGenerator<LoadedFile[]> {
  const worker = startThread('load-worker', order, heap);
  const failed = new AbortController();
  worker.once('error', (error) => failed.abort(error));
  worker.once('exit', (code) => failed.abort(new Error(`The loading thread ended with code ${code}.`)));
  try {
    for await (const [batch] of on(worker, 'message', { signal: failed.signal })) {
      if (batch === null) return;
      yield batch as LoadedFile[];
      worker.postMessage('next');
    }
  } catch (error) {
    throw failed.signal.aborted ? failed.signal.reason : error;
  } finally {
    worker.removeAllListeners('exit');
    await worker.terminate();
  }
}
