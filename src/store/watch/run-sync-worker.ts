import type { MessagePort } from 'node:worker_threads';
import { defaultReading, systemNow } from '../../content/reading.ts';
import type { Loading } from '../load/load-files.ts';
import type { LoadingInThreads } from '../load/load-in-threads.ts';
import { createMarker } from '../load/reading-mark.ts';
import { openStore } from '../open-store.ts';
import { syncContent } from '../sync/sync-content.ts';
import type { SyncOptions, SyncReport } from '../sync-report.ts';
import { createAlarm } from './alarm.ts';
import { followModel } from './follow-model.ts';
import { followSchedule } from './follow-schedule.ts';
import {
  type FromSyncThread,
  packFailure,
  type SyncOrder,
  type SyncThreadOrder,
  type ToSyncThread,
} from './sync-messages.ts';
import { type FolderWatch, type WatchOptions, watchFolder } from './watch-folder.ts';

/** Milliseconds after which a look that failed is tried again for the articles whose time has come. */
const RETRY_MS = 5_000;

/**
 * The work of the sync's own thread: syncs asked for by messages, one after another, and those that a watched folder asks for.
 * @param parse as of Loading
 * @param now as of SyncOptions
 */
export function runSyncWorker(
  port: MessagePort,
  { mark, isCareful, maxFileMs, threadsFrom }: SyncThreadOrder,
  parse?: Loading['parse'],
  now = systemNow,
): void {
  const send = (message: FromSyncThread) => port.postMessage(message);
  const aborts = new Map<number, AbortController>();
  const watches: FolderWatch[] = [];
  const closing = new AbortController();
  const loading: LoadingInThreads = {
    isCareful,
    marker: createMarker(mark),
    // Kept between syncs, so that one that failed has not found it out for nothing.
    quarantine: new Map(),
    ...(parse && { parse }),
    maxFileMs,
    ...(threadsFrom !== undefined && { threadsFrom }),
  };
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
          loading,
          now,
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
    const { reading = defaultReading } = order;
    const followed = options.model && followModel(options.model, reading.model, () => started?.lookAgain());
    let wasRefused = false;
    async function look(paths: string[] | null): Promise<{ again: string[] | null }> {
      send({ kind: 'watch-begin' });
      try {
        // What was refused is still refused when one more file has changed: that is decided by looking at them all.
        const some = paths && !wasRefused ? { paths } : {};
        const { signal } = closing;
        // Time hides and shows by what was read: that waits for no file.
        if (paths?.length !== 0) await followed?.refresh();
        // With a model that is wrong the last good one goes on, so that what is hidden meanwhile is hidden.
        const { model, failure } = followed ?? { model: reading.model, failure: null };
        const report = await enqueue(() =>
          syncOrRemake({
            ...order,
            reading: { ...reading, model },
            withProblems: false,
            loading,
            now,
            signal,
            wait: 5_000,
            ...some,
          }),
        );
        wasRefused = report.refusal !== null;
        alarm.set(report.schedule.due);
        send({ kind: 'watch-report', report, model, failure: failure && packFailure(failure) });
        return { again: report.changing };
      } catch (error) {
        send({ kind: 'watch-failure', failure: packFailure(error) });
        alarm.set(new Date(now() + RETRY_MS).toISOString());
        // The next look is at everything, so that what this one missed is not lost.
        return { again: null };
      }
    }
    // No path at all: only those whose time has come are shown or hidden.
    const alarm = createAlarm(() => void look([]), now);
    closing.signal.addEventListener('abort', () => alarm.stop());
    closing.signal.addEventListener('abort', () => followed?.stop());
    let started: FolderWatch | undefined;
    if (options.isOff) {
      const stop = followSchedule(order.databaseUrl, reading, (time) => alarm.set(time), now);
      closing.signal.addEventListener('abort', stop);
      void look([]);
      return;
    }
    started = watchFolder(order.folder, options, {
      onReady: (mode) => send({ kind: 'watch-ready', mode }),
      onWarning: (message) => send({ kind: 'watch-warning', message }),
      onChange: look,
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
        closing.abort();
        for (const abort of aborts.values()) abort.abort();
        await Promise.all(watches.map((started) => started.close()));
        await queue;
        port.close();
    }
  });
}

/** The index may be deleted at any time. It is made anew beside its place, so that readers go on with what they hold. */
async function syncOrRemake(options: SyncOptions): Promise<SyncReport> {
  if (await openStore(options.databaseUrl).exists()) return syncContent(options);
  const { rebuildIndex } = await import('../sync/rebuild-index.ts');
  return rebuildIndex(options);
}
