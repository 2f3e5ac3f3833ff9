import { setImmediate } from 'node:timers/promises';

const SLICE_MS = 10;

/**
 * Lets a long loop of synchronous work share the process: call the answer once a step, and await what it gives, if
 * anything. Requests are served between two slices of about 10 ms.
 */
export function takeTurns(): () => Promise<void> | undefined {
  let start = performance.now();
  return () => {
    if (performance.now() - start < SLICE_MS) return undefined;
    return setImmediate().then(() => {
      start = performance.now();
    });
  };
}
