import type { SyncOptions, SyncReport } from '../../src/store/sync-report.ts';
import { startSyncThread, type WatchListeners } from '../../src/store/watch/sync-thread.ts';
import type { WatchOptions } from '../../src/store/watch/watch-folder.ts';

export interface WatchContentOptions
  extends Pick<SyncOptions, 'folder' | 'databaseUrl' | 'allowMassRemoval'> {
  watch?: WatchOptions;
  /** A report comes after every look at the folder, also when nothing had changed. */
  listeners: WatchListeners;
}

export interface ContentWatch {
  /** A sync on the same thread, in turn with those of the watch. */
  sync(options: SyncOptions): Promise<SyncReport>;
  close(): Promise<void>;
}

/**
 * Keeps the database in step with the folder, on a thread of its own. Beginning and end of the watch, and its failures,
 * are told to the listeners; after a failure it goes on.
 */
export function watchContent(options: WatchContentOptions): ContentWatch {
  const { watch = {}, listeners, ...order } = options;
  const thread = startSyncThread();
  thread.watch(order, watch, listeners);
  return { sync: (those) => thread.sync(those), close: () => thread.close() };
}
