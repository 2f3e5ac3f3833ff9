// The sync's own thread: syncs asked for by messages, one after another, and those that a watched folder asks for.
import { parentPort } from 'node:worker_threads';
import { syncContent } from './sync-content.ts';
import { type FromSyncThread, packFailure, type SyncOrder, type ToSyncThread } from './sync-messages.ts';
import { type FolderWatch, type WatchOptions, watchFolder } from './watch-folder.ts';

const port = parentPort;
if (!port) throw new Error('sync-worker runs as a worker thread only.');

const send = (message: FromSyncThread) => port.postMessage(message);
const aborts = new Map<number, AbortController>();
const watches: FolderWatch[] = [];
let queue: Promise<unknown> = Promise.resolve();

/** The database takes one sync at a time, and the second of this thread need not fail for that. */
function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work, work);
  queue = result.catch(() => {});
  return result;
}

async function sync(id: number, order: SyncOrder, wantsProgress: boolean): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    const report = await enqueue(() =>
      syncContent({
        ...order,
        signal: abort.signal,
        ...(wantsProgress && { onProgress: (progress) => send({ kind: 'progress', id, progress }) }),
      }),
    );
    send({ kind: 'report', id, report });
  } catch (error) {
    send({ kind: 'failure', id, failure: packFailure(error, abort.signal) });
  } finally {
    aborts.delete(id);
  }
}

function watch(order: SyncOrder, options: WatchOptions): void {
  const started = watchFolder(order.folder, options, {
    onReady: (mode) => send({ kind: 'watch-ready', mode }),
    onWarning: (message) => send({ kind: 'watch-warning', message }),
    async onChange(paths) {
      try {
        const report = await enqueue(() => syncContent({ ...order, wait: 5_000, ...(paths && { paths }) }));
        send({ kind: 'watch-report', report });
        return { again: report.problems.flatMap(({ code, path }) => (code === 'FILE_CHANGING' ? path : [])) };
      } catch (error) {
        send({ kind: 'watch-failure', failure: packFailure(error) });
        // The next look is at everything, so that what this one missed is not lost.
        return { again: null };
      }
    },
  });
  watches.push(started);
}

port.on('message', async (message: ToSyncThread) => {
  switch (message.kind) {
    case 'sync':
      return sync(message.id, message.order, message.wantsProgress);
    case 'abort':
      return aborts.get(message.id)?.abort();
    case 'watch':
      return watch(message.order, message.options);
    case 'close':
      for (const abort of aborts.values()) abort.abort();
      await Promise.all(watches.map((started) => started.close()));
      await queue;
      port.close();
  }
});
