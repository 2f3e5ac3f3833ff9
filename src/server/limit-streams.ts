/** One request's right to a stream: taken before the stream is made, given back when its response closes. */
export interface StreamSlot {
  /** Whether a place was asked for and none was free. */
  readonly refused: boolean;
  /** Takes a place, or keeps the one taken before. */
  take(): boolean;
  /** Gives the place back; can be called again. */
  release(): void;
}

/** Makes the slots of requests, of which no more than `max` hold a place at the same time. */
export function createStreamSlots(max: number): () => StreamSlot {
  let open = 0;
  return () => {
    let taken = false;
    let refused = false;
    return {
      get refused() {
        return refused;
      },
      take() {
        if (taken) return true;
        refused = open >= max;
        if (refused) return false;
        open += 1;
        taken = true;
        return true;
      },
      release() {
        if (taken) open -= 1;
        taken = false;
      },
    };
  };
}
