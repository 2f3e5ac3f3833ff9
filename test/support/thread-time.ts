import { readFileSync } from 'node:fs';

/**
 * Watches how long this thread is busy at a stretch, in milliseconds of its own processor time between two turns of the
 * event loop: another process that takes the processor counts for nothing. Linux only.
 */
export function watchThread(): { stop(): { longestMs: number; turns: number } } {
  let longestMs = 0;
  let turns = 0;
  let last = busyMs();
  const turn = () => {
    const now = busyMs();
    longestMs = Math.max(longestMs, now - last);
    turns += 1;
    last = now;
    timer = setTimeout(turn, 1);
  };
  let timer = setTimeout(turn, 1);
  return {
    stop() {
      clearTimeout(timer);
      return { longestMs: Math.max(longestMs, busyMs() - last), turns };
    },
  };
}

/** https://docs.kernel.org/scheduler/sched-stats.html: the first number is nanoseconds on a processor. */
function busyMs(): number {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}
