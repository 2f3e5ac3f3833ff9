import { startThread } from './start-thread.ts';
import {
  type Failure,
  type FromSyncThread,
  type SyncOrder,
  type ToSyncThread,
  unpackFailure,
} from './sync-messages.ts';
import type { SyncOptions, SyncReport } from './sync-report.ts';
import type { WatchOptions } from './watch-folder.ts';

export interface WatchListeners {
  onReady?(mode: 'events' | 'polling'): void;
  onWarning?(message: string): void;
  onReport?(report: SyncReport): void;
  onFailure?(error: unknown): void;
}

/** A thread that syncs, so that this one goes on serving. */
export interface SyncThread {
  /** As syncContent; several asked for at once run one after another. */
  sync(options: SyncOptions): Promise<SyncReport>;
  /** Syncs whenever the folder changes, until the thread is closed. At most once a thread. */
  watch(order: SyncOrder, options: WatchOptions, listeners: WatchListeners): void;
  /** Ends the sync that is running, whose work is undone, and the thread. */
  close(): Promise<void>;
}

interface Pending {
  options: SyncOptions;
  resolve(report: SyncReport): void;
  reject(error: unknown): void;
}

/** In MB: a file's state takes about one KB, twice that while all are new. */
const heap = 1_024;

/** Starts the thread. It keeps the process alive until it is closed. */
export function startSyncThread(): SyncThread {
  const worker = startThread('sync-worker', null, heap);
  const pending = new Map<number, Pending>();
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let listeners: WatchListeners = {};
  let lastId = 0;
  const send = (message: ToSyncThread) => worker.postMessage(message);
  const fail = (id: number, failure: Failure) => {
    const { options, reject } = pending.get(id) ?? {};
    reject?.(unpackFailure(failure, options?.signal));
  };
  let ended: { error: unknown } | undefined;
  const failAll = (error: unknown) => {
    ended ??= { error };
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };

  worker.on('message', (message: FromSyncThread) => {
    switch (message.kind) {
      case 'progress':
        return pending.get(message.id)?.options.onProgress?.(message.progress);
      case 'report':
        pending.get(message.id)?.resolve(message.report);
        return pending.delete(message.id);
      case 'failure':
        fail(message.id, message.failure);
        return pending.delete(message.id);
      case 'watch-ready':
        return listeners.onReady?.(message.mode);
      case 'watch-warning':
        return listeners.onWarning?.(message.message);
      case 'watch-report':
        return listeners.onReport?.(message.report);
      case 'watch-failure':
        return listeners.onFailure?.(unpackFailure(message.failure));
    }
  });
  worker.on('error', (error) => {
    failAll(error);
    listeners.onFailure?.(error);
  });
  worker.once('exit', () => failAll(new Error('The sync thread has ended.')));

  return {
    sync(options) {
      const { onProgress, signal, ...order } = options;
      const id = ++lastId;
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (ended) return Promise.reject(ended.error);
      signal?.addEventListener('abort', () => send({ kind: 'abort', id }), { once: true });
      return new Promise((resolve, reject) => {
        pending.set(id, { options, resolve, reject });
        send({ kind: 'sync', id, order, wantsProgress: onProgress !== undefined });
      });
    },
    watch(order, options, those) {
      listeners = those;
      send({ kind: 'watch', order, options });
    },
    async close() {
      send({ kind: 'close' });
      await exited;
    },
  };
}
