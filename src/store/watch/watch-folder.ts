import { existsSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { isArticleName, isIgnoredName } from '../../content/read/article-name.ts';
import type { ModelPlace } from '../../content/read/model-file.ts';
import { IGNORE_FILE, isTooDeep } from '../../content/read/select-files.ts';
import { isSystemError } from '../store-error.ts';
import { gatherChanges } from './gather-changes.ts';

/** In milliseconds: on a system without watches each try takes what is left of them for a moment. */
const MAX_RETRY_INTERVAL_MS = 3_600_000;

/** Milliseconds between two looks at which folder has the watched name. */
const ROOT_INTERVAL_MS = 1_000;

export interface WatchOptions {
  /** Where the owner's model may stand, to be followed too. @default it is not followed */
  model?: ModelPlace;
  /** Do not look at the folder: only articles whose time has come are read again. @default false */
  isOff?: boolean;
  /** Look at the whole folder again and again in place of being told: for network folders. @default false */
  polling?: boolean;
  /** Milliseconds between two looks when polling, at least; a large folder is looked at less often. @default 1000 */
  pollInterval?: number;
  /** Milliseconds after which the whole folder is looked at although nothing was told. @default 300000 */
  rescanInterval?: number;
  /** Milliseconds after which watching that failed is tried again; twice as long after each time, an hour at most. @default 60000 */
  retryInterval?: number;
}

export interface FolderListeners {
  /** Called again whenever the mode becomes another. */
  onReady(mode: 'events' | 'polling'): void;
  onWarning(message: string): void;
  /**
   * Some paths changed, relative to the folder with `/`; null: look at everything. Called once at the beginning, for
   * what changed before the watch began, and never while an earlier call is not done.
   * @returns the paths to look at again soon; null for everything
   */
  onChange(paths: string[] | null): Promise<{ again: string[] | null }>;
}

export interface FolderWatch {
  /** Everything is to be looked at, although nothing was told. */
  lookAgain(): void;
  close(): Promise<void>;
}

/**
 * Tells when article files of a folder change. Where watching fails, it looks at the folder by itself until watching works again.
 * @param watchPaths the watcher to use
 */
export function watchFolder(
  root: string,
  options: WatchOptions,
  listeners: FolderListeners,
  watchPaths: typeof watch = watch,
): FolderWatch {
  const { polling = false, pollInterval = 1_000, rescanInterval = 300_000, retryInterval = 60_000 } = options;
  const folder = resolve(root);
  const changes = gatherChanges(listeners.onChange);
  let pollTimer: NodeJS.Timeout | undefined;
  let rescanTimer: NodeJS.Timeout | undefined;
  let rootTimer: NodeJS.Timeout | undefined;
  let retryTimer: NodeJS.Timeout | undefined;
  let retryPause = retryInterval;
  let watcher: FSWatcher | undefined;
  let watchedRoot: string | null = null;
  let isPolling = false;

  function poll(): void {
    const startedAt = performance.now();
    changes.noteAll();
    void changes.settled().then(() => {
      if (!isPolling) return;
      pollTimer = setTimeout(poll, Math.max(pollInterval, 10 * (performance.now() - startedAt)));
    });
  }

  function startPolling(): void {
    isPolling = true;
    listeners.onReady('polling');
    poll();
  }

  function stopPolling(): void {
    isPolling = false;
    clearTimeout(pollTimer);
  }

  function stopEvents(): void {
    clearInterval(rescanTimer);
    clearInterval(rootTimer);
    void watcher?.close();
    // What it was about to look at may fail yet, and nobody else listens any more.
    watcher?.on('error', () => {});
    watcher = undefined;
  }

  /** The folder is looked at instead, and each try to watch it again is later than the one before. */
  function standIn(error: unknown): void {
    stopEvents();
    if (!isPolling) {
      listeners.onWarning(explainFailure(folder, error));
      startPolling();
    }
    retryTimer = setTimeout(startEvents, retryPause);
    retryPause = Math.min(retryPause * 2, MAX_RETRY_INTERVAL_MS);
  }

  /** Watches hang on the folder itself, and not on what later has its name or stands behind its link. */
  function followRoot(): void {
    watchedRoot = identifyRoot(folder);
    rootTimer = setInterval(() => {
      const now = identifyRoot(folder);
      if (now === watchedRoot) return;
      if (now === null) {
        changes.note(null, 'removed');
        // The watcher forgets a folder that is gone, even if the same one comes back.
        watchedRoot = null;
        return;
      }
      stopEvents();
      startEvents();
    }, ROOT_INTERVAL_MS);
  }

  function startEvents(): void {
    followRoot();
    const started = watchPaths(folder, {
      ignoreInitial: true,
      ignored: (path, stats) =>
        path !== folder && (isUninteresting(path, stats?.isFile() === true) || isOutOfSight(folder, path)),
    });
    watcher = started;
    started.on('all', (event, path) => {
      if (event === 'add' || event === 'change') changes.note(localPath(folder, path), 'written');
      if (event === 'unlink') changes.note(localPath(folder, path), 'removed');
      if (event === 'unlinkDir') changes.note(null, 'removed');
      if (event === 'unlinkDir' && path === folder) watchedRoot = null;
    });
    // Of the changes to one path within 50 ms the watcher tells only the first, and that may have been read by the last;
    // and of a file that moves it tells the new path long before the old one.
    started.on('raw', (_event, name, details) => {
      const { watchedPath } = details as { watchedPath: string };
      const path = basename(watchedPath) === name ? watchedPath : join(watchedPath, name ?? '');
      if (isUninteresting(path, true)) return;
      changes.note(localPath(folder, path), existsSync(path) ? 'written' : 'removed');
    });
    started.on('error', (error) => {
      if (watcher === started) standIn(error);
    });
    started.once('ready', () => {
      if (watcher !== started) return;
      stopPolling();
      listeners.onReady('events');
      changes.noteAll();
      rescanTimer = setInterval(changes.noteAll, rescanInterval);
    });
  }

  if (polling) startPolling();
  else startEvents();
  return {
    lookAgain: changes.noteAll,
    async close() {
      const last = watcher;
      clearTimeout(retryTimer);
      stopPolling();
      stopEvents();
      changes.stop();
      await last?.close();
      await changes.settled();
    },
  };
}

function explainFailure(folder: string, error: unknown): string {
  const meanwhile = `so ${folder} is polled until it can be watched again.`;
  if (isSystemError(error, 'ENOSPC')) {
    return `The system has no file watches left, ${meanwhile} More watches: sysctl fs.inotify.max_user_watches=524288`;
  }
  // inotify_init(2) has one code for both.
  if (isSystemError(error, 'EMFILE')) {
    return `The process has too many files open, or its user too many watchers, ${meanwhile} More files: ulimit -n 65536. More watchers: sysctl fs.inotify.max_user_instances=1024`;
  }
  return `Watching ${folder} failed (${error}), ${meanwhile}`;
}

/** Null while there is none that can be looked at. A folder made anew may have the number of the one before. */
function identifyRoot(folder: string): string | null {
  try {
    const { dev, ino, birthtimeNs } = statSync(folder, { bigint: true });
    return `${dev}:${ino}:${birthtimeNs}`;
  } catch {
    return null;
  }
}

function isUninteresting(path: string, isFile: boolean): boolean {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (name === IGNORE_FILE) return false;
  return isFile ? !isArticleName(name) : isIgnoredName(name);
}

/** So deep that it is not looked at, whatever it is: a folder there takes no watch. */
function isOutOfSight(folder: string, path: string): boolean {
  return isTooDeep(localPath(folder, path), false);
}

function localPath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
