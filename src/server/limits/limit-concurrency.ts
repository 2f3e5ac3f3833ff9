import { FairQueue } from '../../store/fair-queue.ts';
import { overloaded } from '../http/refusals.ts';

export interface SemaphoreOptions {
  /** Operations that run at the same time. */
  maxConcurrency: number;
  /** Operations that may wait for a place. */
  maxQueue: number;
}

/**
 * Lets a bounded number in; a bounded number waits, and the rest is refused at once. Clients that wait have their turns
 * one after another, one client never takes more than three quarters of the places, and where the queue is full the
 * last of who waits for most makes room for others: a client that asks for more than its share takes it from itself.
 */
export interface Semaphore {
  /** How many may be in at the same time. */
  readonly permits: number;
  readonly running: number;
  readonly waiting: number;
  /**
   * Takes a place: null when it was free, else a promise of it. A waiter whose signal aborts leaves the queue.
   * @throws OVERLOADED when the queue is full; the promise, the signal's reason, or OVERLOADED when it must make room
   */
  acquire(client: string, signal: AbortSignal): Promise<void> | null;
  /** Gives the client's place back; once for each time it was taken. */
  release(client: string): void;
}

interface Waiter {
  client: string;
  admit(): void;
  refuse(): void;
}

export function createSemaphore({ maxConcurrency, maxQueue }: SemaphoreOptions): Semaphore {
  const share = maxConcurrency - Math.floor(maxConcurrency / 4);
  const queue = new FairQueue<Waiter>();
  // Those who have a place, and how many.
  const clients = new Map<string, number>();
  let running = 0;

  const mayEnter = (client: string) => running < maxConcurrency && (clients.get(client) ?? 0) < share;

  function take(client: string): void {
    running += 1;
    clients.set(client, (clients.get(client) ?? 0) + 1);
  }

  function makeRoom(client: string): void {
    if (queue.size < maxQueue) return;
    // With this one the newcomer waits for no more than the other does without it.
    const last = queue.lastOfGreediest(queue.weightOf(client) + 1);
    if (!last) throw overloaded(maxQueue);
    queue.delete(last);
    last.refuse();
  }

  return {
    permits: maxConcurrency,
    get running() {
      return running;
    },
    get waiting() {
      return queue.size;
    },
    acquire(client, signal) {
      if (mayEnter(client)) {
        take(client);
        return null;
      }
      makeRoom(client);
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          queue.delete(waiter);
          reject(signal.reason);
        };
        const waiter: Waiter = {
          client,
          admit() {
            signal.removeEventListener('abort', onAbort);
            resolve();
          },
          refuse() {
            signal.removeEventListener('abort', onAbort);
            reject(overloaded(maxQueue));
          },
        };
        queue.add(waiter);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    release(client) {
      running -= 1;
      const left = (clients.get(client) ?? 0) - 1;
      if (left > 0) clients.set(client, left);
      else clients.delete(client);
      for (let next = queue.next(mayEnter); next; next = queue.next(mayEnter)) {
        queue.delete(next, true);
        take(next.client);
        next.admit();
      }
    },
  };
}
