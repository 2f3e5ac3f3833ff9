import { FairQueue } from '../fair-queue.ts';

/** Who wants a place, and for what. */
export interface PermitRequest {
  client: string;
  /** Whether the work is known to be short. */
  isBounded: boolean;
}

/**
 * A bounded number of places, shared evenly between clients. Work that may take long never takes the last one, nor
 * one client's the last that is left to such work: whatever somebody asks for, others find a place.
 */
export interface FairSemaphore {
  /** Resolves when the place is taken: first come, first served of one client and kind. @throws the signal's reason */
  acquire(request: PermitRequest, signal: AbortSignal): Promise<void>;
  /** Gives a place back; once for each time one was taken. */
  release(request: PermitRequest): void;
}

interface Waiter extends PermitRequest {
  /** When it came, counted from the first. */
  number: number;
  admit(): void;
}

/** Places that are taken, by kind. */
interface Taken {
  bounded: number;
  unbounded: number;
}

/** @param count of all places, at least MIN_PLACES */
export function createFairSemaphore(count: number): FairSemaphore {
  const queues = { bounded: new FairQueue<Waiter>(), unbounded: new FairQueue<Waiter>() };
  const all: Taken = { bounded: 0, unbounded: 0 };
  // Those who have a place.
  const clients = new Map<string, Taken>();
  let arrivals = 0;

  function isFree(client: string, kind: keyof Taken): boolean {
    const own = clients.get(client) ?? { bounded: 0, unbounded: 0 };
    if (all.bounded + all.unbounded >= count || own.bounded + own.unbounded >= count - 1) return false;
    return kind === 'bounded' || (all.unbounded < count - 1 && own.unbounded < count - 2);
  }

  function take({ client, isBounded }: PermitRequest): void {
    const own = clients.get(client) ?? { bounded: 0, unbounded: 0 };
    clients.set(client, own);
    for (const taken of [all, own]) taken[kindOf(isBounded)] += 1;
  }

  function giveBack({ client, isBounded }: PermitRequest): void {
    const own = clients.get(client);
    if (!own) throw new Error(`${client} gives back a place that it has not taken.`);
    for (const taken of [all, own]) taken[kindOf(isBounded)] -= 1;
    if (own.bounded + own.unbounded === 0) clients.delete(client);
  }

  /** The next to have a place: of each kind the one in turn, and of these the one who has waited longer. */
  function findNext(): Waiter | undefined {
    const bounded = queues.bounded.next((client) => isFree(client, 'bounded'));
    const unbounded = queues.unbounded.next((client) => isFree(client, 'unbounded'));
    if (!bounded || !unbounded) return bounded ?? unbounded;
    return bounded.number < unbounded.number ? bounded : unbounded;
  }

  return {
    async acquire(request, signal) {
      signal.throwIfAborted();
      const kind = kindOf(request.isBounded);
      if (isFree(request.client, kind)) {
        take(request);
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => {
          queues[kind].delete(waiter);
          reject(signal.reason);
        };
        const waiter = {
          ...request,
          number: arrivals++,
          admit() {
            signal.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        queues[kind].add(waiter);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    release(request) {
      giveBack(request);
      for (let next = findNext(); next; next = findNext()) {
        queues[kindOf(next.isBounded)].delete(next, true);
        take(next);
        next.admit();
      }
    },
  };
}

function kindOf(isBounded: boolean): keyof Taken {
  return isBounded ? 'bounded' : 'unbounded';
}
