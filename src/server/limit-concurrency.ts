import { overloaded } from './refusals.ts';

export interface GateOptions {
  /** Operations that run at the same time. */
  maxConcurrency: number;
  /** Operations that may wait for a place. */
  maxQueue: number;
}

/** Lets a bounded number in; a bounded number waits, first come first served; the rest is refused at once. */
export interface Gate {
  readonly running: number;
  readonly waiting: number;
  /**
   * Takes a place: null when it was free, else a promise of it. A waiter whose signal aborts leaves the queue and
   * its promise rejects with the signal's reason. Throws OVERLOADED when the queue is full.
   */
  enter(signal: AbortSignal): Promise<void> | null;
  /** Gives the place back; once for each time it was taken. */
  leave(): void;
}

interface Waiter {
  admit(): void;
  gone: boolean;
}

export function createGate({ maxConcurrency, maxQueue }: GateOptions): Gate {
  let running = 0;
  let waiting = 0;
  // Waiters that gave up stay in the list until their turn; `waiting` counts the others.
  let queue: Waiter[] = [];

  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
    enter(signal) {
      if (running < maxConcurrency) {
        running += 1;
        return null;
      }
      if (waiting >= maxQueue) throw overloaded(maxQueue);
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          waiter.gone = true;
          waiting -= 1;
          if (queue.length > 2 * (waiting + maxConcurrency)) queue = queue.filter(({ gone }) => !gone);
          reject(signal.reason);
        };
        const waiter: Waiter = {
          gone: false,
          admit() {
            signal.removeEventListener('abort', onAbort);
            waiting -= 1;
            resolve();
          },
        };
        waiting += 1;
        queue.push(waiter);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    leave() {
      let next = queue.shift();
      while (next?.gone) next = queue.shift();
      // The place goes to the next waiter without being free in between.
      if (next) next.admit();
      else running -= 1;
    },
  };
}
