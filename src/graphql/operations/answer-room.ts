import { codedError } from '../../engine/mapping/errors.ts';
import { FairQueue } from '../../store/fair-queue.ts';

export interface RoomOptions {
  /** Characters of answers that are in at one time. */
  max: number;
  /** Characters of answers that may wait. */
  maxWaiting: number;
}

/** Room for answers, each of which takes as much of it as it is long. */
export interface AnswerRoom {
  /**
   * Waits until there is room. Clients have their turns one after another, and one client never takes more than three quarters of
   * the room. An answer larger than that share comes alone for its client; one larger than the room comes alone.
   * @returns the way to leave it
   * @throws the signal's reason when that comes first; OVERLOADED when too much waits and no client waits for more characters than this one
   */
  enter(size: number, client: string, signal: AbortSignal | undefined): Promise<() => void>;
}

interface Waiter {
  client: string;
  size: number;
  admit(): void;
  refuse(): void;
}

export function createAnswerRoom({ max, maxWaiting }: RoomOptions): AnswerRoom {
  const share = max - Math.floor(max / 4);
  const queue = new FairQueue<Waiter>(({ size }) => size);
  const takenBy = new Map<string, number>();
  let taken = 0;
  let waiting = 0;

  function isWithinShare({ client, size }: Pick<Waiter, 'size' | 'client'>): boolean {
    const own = takenBy.get(client) ?? 0;
    return own === 0 || own + size <= share;
  }

  function fits(answer: Pick<Waiter, 'size' | 'client'>): boolean {
    return (taken === 0 || taken + answer.size <= max) && isWithinShare(answer);
  }

  function take(size: number, client: string): () => void {
    taken += size;
    takenBy.set(client, (takenBy.get(client) ?? 0) + size);
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      taken -= size;
      const own = (takenBy.get(client) ?? 0) - size;
      if (own > 0) takenBy.set(client, own);
      else takenBy.delete(client);
      admitNext();
    };
  }

  function admitNext(): void {
    for (let next = nextInTurn(); next && fits(next); next = nextInTurn()) {
      remove(next, true);
      next.admit();
    }
  }

  /** Whoever's turn it is and has not taken its share; it is waited for, so that small answers cannot keep a large one out. */
  function nextInTurn(): Waiter | undefined {
    return queue.next(() => true, isWithinShare);
  }

  function remove(waiter: Waiter, hasTurn = false): void {
    queue.delete(waiter, hasTurn);
    waiting -= waiter.size;
  }

  function makeWaitingRoom(size: number, client: string): void {
    while (queue.size > 0 && waiting + size > maxWaiting) {
      const last = queue.lastOfGreediest(queue.weightOf(client) + size);
      if (!last) throw overloaded();
      remove(last);
      last.refuse();
    }
  }

  return {
    async enter(size, client, signal) {
      signal?.throwIfAborted();
      if (queue.size === 0 && fits({ size, client })) return take(size, client);
      makeWaitingRoom(size, client);
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          remove(waiter);
          reject(signal?.reason);
          admitNext();
        };
        const waiter: Waiter = {
          client,
          size,
          admit() {
            signal?.removeEventListener('abort', onAbort);
            resolve(take(size, client));
          },
          refuse() {
            signal?.removeEventListener('abort', onAbort);
            reject(overloaded());
          },
        };
        queue.add(waiter);
        waiting += size;
        signal?.addEventListener('abort', onAbort, { once: true });
        admitNext();
      });
    },
  };
}

function overloaded() {
  const message = 'Too many large answers are waiting. Try again later, or ask for smaller pages.';
  return codedError('OVERLOADED', message, {
    http: { status: 503, headers: { 'retry-after': '1' }, spec: false },
  });
}
