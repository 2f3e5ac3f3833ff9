/** How long after the last change, in milliseconds, a burst of them is over; and how long it is waited for at most. */
const savedPause = { quiet: 40, most: 1_000 };

/** Where several files change, more are likely to follow. */
const burstPause = { quiet: 120, most: 1_500 };

/**
 * Removals are in no hurry, and those of a whole folder come one by one: seen in parts, no part would be so large
 * that it looked wrong.
 */
const removedPause = { quiet: 700, most: 10_000 };

/** With more paths than this, a look at the whole folder is not slower. */
const MAX_PATHS = 1_000;

/** Milliseconds until what failed is tried again; twice as long after each failure of everything. */
const FIRST_RETRY_PAUSE_MS = 1_000;
const MAX_RETRY_PAUSE_MS = 60_000;

export interface Changes {
  /** @param path null when it is not known which paths changed */
  note(path: string | null, kind: 'written' | 'removed'): void;
  /** Everything may have changed. */
  noteAll(): void;
  /** Drops what was noted, and notes no more. */
  stop(): void;
  /** When all that was noted so far is done. */
  settled(): Promise<void>;
}

/**
 * Gathers changes into bursts and hands over one at a time.
 * @param apply gets the paths, or null for everything, and gives those to try again, or null for everything
 */
export function gatherChanges(
  apply: (paths: string[] | null) => Promise<{ again: string[] | null }>,
): Changes {
  let paths = new Set<string>();
  let isEverything = false;
  let hasWritten = false;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isStopped = false;
  let retryPause = FIRST_RETRY_PAUSE_MS;
  let retryTimer: NodeJS.Timeout | undefined;
  let waiting: (() => void)[] = [];

  function schedule(): void {
    if (isStopped || isRunning) return;
    const { quiet, most } = pauseNow();
    const left = since + most - performance.now();
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, Math.min(quiet, left)));
  }

  function pauseNow(): typeof savedPause {
    if (!hasWritten) return removedPause;
    return paths.size > 1 ? burstPause : savedPause;
  }

  async function run(): Promise<void> {
    const batch = isEverything || paths.size > MAX_PATHS ? null : [...paths];
    paths = new Set();
    isEverything = false;
    hasWritten = false;
    since = 0;
    isRunning = true;
    const { again } = await apply(batch).catch(() => ({ again: null }));
    isRunning = false;
    if (again === null) retryAll();
    else if (again.length > 0) setTimeout(() => retry(again), FIRST_RETRY_PAUSE_MS).unref();
    if (again !== null && batch === null) endRetries();
    if (isPending()) schedule();
    else finish();
  }

  /** One at a time, each later than the one before: a disk that is full stays so for a while. */
  function retryAll(): void {
    if (retryTimer !== undefined) return;
    retryTimer = setTimeout(() => {
      retryTimer = undefined;
      retry(null);
    }, retryPause).unref();
    retryPause = Math.min(retryPause * 2, MAX_RETRY_PAUSE_MS);
  }

  function endRetries(): void {
    clearTimeout(retryTimer);
    retryTimer = undefined;
    retryPause = FIRST_RETRY_PAUSE_MS;
  }

  const isPending = () => isEverything || paths.size > 0;

  function retry(again: string[] | null): void {
    if (again === null) note(null, 'written');
    else for (const path of again) note(path, 'written');
  }

  function finish(): void {
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  function note(path: string | null, kind: 'written' | 'removed'): void {
    if (isStopped) return;
    if (path === null) isEverything = true;
    else paths.add(path);
    if (kind === 'written') hasWritten = true;
    if (since === 0) since = performance.now();
    schedule();
  }

  return {
    note,
    noteAll: () => note(null, 'written'),
    stop() {
      isStopped = true;
      clearTimeout(timer);
      clearTimeout(retryTimer);
      paths.clear();
      isEverything = false;
      if (!isRunning) finish();
    },
    settled() {
      if (!isRunning && !isPending()) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
