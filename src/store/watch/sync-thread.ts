import { defaultReading } from '../../content/reading.ts';
import {
  MAX_FILE_MS,
  startWatchedThread,
  type ThreadEnd,
  type WatchedThread,
} from '../load/watched-thread.ts';
import { syncInterrupted } from '../store-error.ts';
import type { SyncOptions, SyncReport } from '../sync-report.ts';
import {
  type FromSyncThread,
  type SyncOrder,
  type SyncThreadOrder,
  type ToSyncThread,
  unpackFailure,
} from './sync-messages.ts';
import type { WatchOptions } from './watch-folder.ts';

export interface WatchListeners {
  onReady?(mode: 'events' | 'polling'): void;
  /** A look at the folder begins; a report or a failure ends it. */
  onBegin?(): void;
  onWarning?(message: string): void;
  /** @param modelFailure what is wrong with the owner's model, in place of which the last good one goes on */
  onReport?(report: SyncReport, modelFailure?: unknown): void;
  /** A look has failed, or the thread has ended and is started again. */
  onFailure?(error: unknown): void;
  /** The thread has been started again. */
  onRestart?(): void;
}

/** A thread that syncs, so that this one goes on serving. One that ends before its time is started again. */
export interface SyncThread {
  /** As syncContent; several asked for at once run one after another. One whose thread ends is tried once more. */
  sync(options: SyncOptions): Promise<SyncReport>;
  /** Syncs whenever the folder changes, until the thread is closed. At most once a thread. */
  watch(order: SyncOrder, options: WatchOptions, listeners: WatchListeners): void;
  /** Ends the sync that is running, whose work is undone, and the thread. */
  close(): Promise<void>;
}

export interface SyncThreadOptions {
  /** What reading one file may take, in milliseconds. @default 10000 */
  maxFileMs?: number;
  /** As of startThread. */
  threadsFrom?: string;
}

interface Pending {
  options: SyncOptions;
  tries: number;
  resolve(report: SyncReport): void;
  reject(error: unknown): void;
}

/** In MB: a file's state takes about one KB, twice that while all are new. */
const HEAP_MB = 1_024;
/** Times that a sync is begun whose thread ends. */
const MAX_TRIES = 3;
/** Milliseconds until the next thread is started; twice as long after each that ended before a sync did. */
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 60_000;
/** What the thread may take to end what it is doing when it is closed, in milliseconds. */
const MAX_CLOSE_MS = 10_000;

/** Starts the thread. It keeps the process alive until it is closed. */
export function startSyncThread({
  maxFileMs = MAX_FILE_MS,
  threadsFrom,
}: SyncThreadOptions = {}): SyncThread {
  const pending = new Map<number, Pending>();
  let watching: { order: SyncOrder; options: WatchOptions; listeners: WatchListeners } | null = null;
  let thread: WatchedThread | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let hasDied = false;
  let deathsInRow = 0;
  let isClosed = false;

  const send = (message: ToSyncThread) => thread?.send(message);

  function start(): void {
    timer = undefined;
    thread = startWatchedThread<FromSyncThread>({
      name: 'sync-worker',
      heap: HEAP_MB,
      from: threadsFrom ?? import.meta.url,
      maxFileMs,
      // Once a file may have ended it, the thread leaves reading to others, which tell for certain.
      makeData: (mark): SyncThreadOrder => ({ mark, isCareful: hasDied, maxFileMs, threadsFrom }),
      onMessage: receive,
      onEnd: restart,
    });
  }

  function restart({ file, harm, error }: ThreadEnd): void {
    if (isClosed) return;
    const reason = syncInterrupted(harm, file?.path ?? null, error);
    thread = null;
    hasDied = true;
    deathsInRow += 1;
    for (const [id, { tries, reject }] of pending) {
      if (tries < MAX_TRIES) continue;
      pending.delete(id);
      reject(reason);
    }
    watching?.listeners.onFailure?.(reason);
    if (!watching && pending.size === 0) return;
    timer = setTimeout(goOn, Math.min(FIRST_PAUSE_MS * 2 ** (deathsInRow - 1), MAX_PAUSE_MS));
  }

  function goOn(): void {
    start();
    if (watching) {
      watching.listeners.onRestart?.();
      send({ kind: 'watch', order: watching.order, options: watching.options });
    }
    for (const id of pending.keys()) begin(id);
  }

  function begin(id: number): void {
    const wanted = pending.get(id);
    if (!wanted) return;
    const { onProgress, signal, loading: _, now: __, ...order } = wanted.options;
    wanted.tries += 1;
    if (signal?.aborted) {
      pending.delete(id);
      wanted.reject(signal.reason);
    } else send({ kind: 'sync', id, order, wantsProgress: onProgress !== undefined });
  }

  function receive(message: FromSyncThread): void {
    const listeners = isClosed ? {} : (watching?.listeners ?? {});
    switch (message.kind) {
      case 'progress':
        pending.get(message.id)?.options.onProgress?.(message.progress);
        return;
      case 'report':
        deathsInRow = 0;
        pending.get(message.id)?.resolve(message.report);
        pending.delete(message.id);
        return;
      case 'failure': {
        const { options, reject } = pending.get(message.id) ?? {};
        reject?.(unpackFailure(message.failure, options?.signal));
        pending.delete(message.id);
        return;
      }
      case 'watch-begin':
        listeners.onBegin?.();
        return;
      case 'watch-ready':
        listeners.onReady?.(message.mode);
        return;
      case 'watch-warning':
        listeners.onWarning?.(message.message);
        return;
      case 'watch-report': {
        deathsInRow = 0;
        const { report, model, failure } = message;
        // A thread that is started again begins with the model that is in force.
        if (watching) {
          const { reading = defaultReading } = watching.order;
          watching.order = { ...watching.order, reading: { ...reading, model } };
        }
        listeners.onReport?.(report, failure && unpackFailure(failure));
        return;
      }
      case 'watch-failure':
        listeners.onFailure?.(unpackFailure(message.failure));
        return;
    }
  }

  start();
  return {
    sync(options) {
      const { signal } = options;
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (isClosed) return Promise.reject(new Error('The sync thread has ended.'));
      const id = ++lastId;
      signal?.addEventListener('abort', () => send({ kind: 'abort', id }), { once: true });
      return new Promise((resolve, reject) => {
        pending.set(id, { options, tries: 0, resolve, reject });
        if (!thread && timer === undefined) start();
        if (thread) begin(id);
      });
    },
    watch(order, options, listeners) {
      watching = { order, options, listeners };
      if (!thread && timer === undefined) start();
      send({ kind: 'watch', order, options });
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const ending = thread;
      if (ending) {
        send({ kind: 'close' });
        const limit = new Promise<void>((resolve) => {
          timer = setTimeout(resolve, MAX_CLOSE_MS);
        });
        await Promise.race([ending.ended, limit]);
        clearTimeout(timer);
        await ending.end();
      }
      for (const { reject } of pending.values()) reject(new Error('The sync thread has ended.'));
      pending.clear();
    },
  };
}
