/** The most that a timer of Node waits: a longer one would ring at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Calls `ring` once, when the clock shows `at` (milliseconds since 1970; Infinity is never) or later. The wall clock may
 * be set, so it is looked at again at every turn. Gives the way to call it off.
 */
export function setAlarm(at: number, ring: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    const left = at - Date.now();
    if (left <= 0) ring();
    else timer = setTimeout(wait, Math.min(left, MAX_TIMEOUT_MS)).unref();
  };
  wait();
  return () => clearTimeout(timer);
}
