import { systemNow } from '../../content/reading.ts';

export interface Alarm {
  /** Rings once at this time, in ISO 8601, in place of the time before; null: not until the clock is set back. */
  set(time: string | null): void;
  stop(): void;
}

/** A longer wait is cut, so that a clock that was set is noticed within a second of it. */
const MAX_WAIT_MS = 1_000;

/** Clocks are corrected by milliseconds all the time. */
const SET_BACK_MS = 250;

/**
 * An alarm that rings as well when the clock is set back, since what was over may be to come again.
 * @param clock as `now` of SyncOptions
 */
export function createAlarm(ring: () => void, clock = systemNow): Alarm {
  let timer: NodeJS.Timeout | undefined;
  let until = Number.POSITIVE_INFINITY;
  let before = clock();
  let isStopped = false;
  // Never within a call of `set`: what rings sets the alarm again.
  const wait = () => {
    const left = Math.min(Math.max(until - clock(), 0), MAX_WAIT_MS);
    timer = setTimeout(look, left).unref();
  };
  const look = () => {
    const now = clock();
    const isSetBack = now < before - SET_BACK_MS;
    before = now;
    if (now < until && !isSetBack) return wait();
    until = Number.POSITIVE_INFINITY;
    wait();
    ring();
  };
  wait();
  return {
    set(time) {
      clearTimeout(timer);
      const at = time === null ? Number.NaN : Date.parse(time);
      until = Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
      if (!isStopped) wait();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
