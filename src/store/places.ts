/** A bounded number of places for work of two kinds, of which the unbounded never takes the last one. */
export interface Places {
  /** Resolves when the place is taken: first come, first served among its kind. Rejects with the signal's reason. */
  enter(isBounded: boolean, signal: AbortSignal): Promise<void>;
  /** Gives a place back; once for each time one was taken. */
  leave(isBounded: boolean): void;
}

/** @param count of all places, at least 2 */
export function createPlaces(count: number): Places {
  const waiting = new Set<{ isBounded: boolean; admit(): void }>();
  let taken = 0;
  let unbounded = 0;

  const isFree = (isBounded: boolean) => taken < count && (isBounded || unbounded < count - 1);

  function take(isBounded: boolean): void {
    taken += 1;
    if (!isBounded) unbounded += 1;
  }

  return {
    async enter(isBounded, signal) {
      signal.throwIfAborted();
      if (isFree(isBounded)) {
        take(isBounded);
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => {
          waiting.delete(waiter);
          reject(signal.reason);
        };
        const waiter = {
          isBounded,
          admit() {
            waiting.delete(waiter);
            signal.removeEventListener('abort', onAbort);
            take(isBounded);
            resolve();
          },
        };
        waiting.add(waiter);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
    leave(isBounded) {
      taken -= 1;
      if (!isBounded) unbounded -= 1;
      for (const waiter of waiting) {
        if (!isFree(waiter.isBounded)) continue;
        waiter.admit();
        return;
      }
    },
  };
}
