/** Room for things of different sizes, which take their turns when there is too little. */
export interface Room {
  /**
   * Waits until there is room; what is larger than all of it has it alone.
   * @returns the way to leave it
   * @throws the signal's reason when that comes first
   */
  enter(size: number, signal: AbortSignal | undefined): Promise<() => void>;
}

interface Wait {
  size: number;
  begin(): void;
}

export function createRoom(max: number): Room {
  const waiting = new Set<Wait>();
  let taken = 0;

  const fits = (size: number) => taken === 0 || taken + size <= max;

  function take(size: number): () => void {
    taken += size;
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      taken -= size;
      for (const wait of waiting) {
        if (!fits(wait.size)) return;
        waiting.delete(wait);
        wait.begin();
      }
    };
  }

  return {
    async enter(size, signal) {
      signal?.throwIfAborted();
      if (waiting.size === 0 && fits(size)) return take(size);
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(wait);
          reject(signal?.reason);
        };
        const wait: Wait = {
          size,
          begin() {
            signal?.removeEventListener('abort', leave);
            resolve(take(size));
          },
        };
        waiting.add(wait);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
