/** Where an alarm has the time from: the machine, or a test. */
export interface Clock {
  /** Milliseconds of the epoch. */
  now(): number;
  setTimeout(work: () => void, ms: number): NodeJS.Timeout;
}

export interface Alarm {
  /** Rings once at this time, in ISO 8601, in place of the time before; null: never. */
  set(time: string | null): void;
  stop(): void;
}

/** A longer wait is cut, so that a clock that was set is noticed. */
const longestWait = 30_000;

export function createAlarm(
  ring: () => void,
  clock: Clock = { now: Date.now, setTimeout: (work, ms) => setTimeout(work, ms).unref() },
): Alarm {
  let timer: NodeJS.Timeout | undefined;
  const wait = (until: number) => {
    const left = until - clock.now();
    if (left <= 0) ring();
    else timer = clock.setTimeout(() => wait(until), Math.min(left, longestWait));
  };
  return {
    set(time) {
      clearTimeout(timer);
      const until = time === null ? Number.NaN : Date.parse(time);
      // Never within the call: what rings sets the alarm again.
      if (!Number.isNaN(until))
        timer = clock.setTimeout(() => wait(until), Math.min(Math.max(until - clock.now(), 0), longestWait));
    },
    stop: () => clearTimeout(timer),
  };
}
