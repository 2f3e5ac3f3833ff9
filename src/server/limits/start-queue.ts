/** Lets operations begin one after another, with turns of the event loop in between. */
export interface StartQueue {
  /** Counts a request, whatever becomes of it. */
  noteRequest(): void;
  /** Resolves when an operation may begin. Each call must be followed by its operation. */
  waitToStart(): Promise<void>;
}

/** How long requests that come in all the time can keep an operation waiting, in turns of the event loop. */
const MAX_TURNS = 8;

/**
 * An operation may begin when a turn of the event loop has brought no request. Without that, a request would be answered
 * in one go where it is read: those behind it would wait in the system's buffers, where no queue counts them and nobody
 * refuses them. And libuv accepts one connection a turn, so that strangers would not even be let in.
 */
export function createStartQueue(): StartQueue {
  const waiting: (() => void)[] = [];
  let requests = 0;

  function turn(seen: number, turns: number): void {
    if (requests !== seen && turns < MAX_TURNS) {
      setImmediate(turn, requests, turns + 1);
      return;
    }
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(turn, requests, 0);
  }

  return {
    noteRequest() {
      requests += 1;
    },
    waitToStart() {
      return new Promise((resolve) => {
        if (waiting.push(resolve) === 1) setImmediate(turn, requests, 0);
      });
    },
  };
}
