/** How far the content that is served is behind the folder, as whoever follows the folder tells. */
export interface ContentLag {
  /** @param ms for how long the folder could not be followed by now; null when it is followed again */
  note(ms: number | null): void;
  /** Seconds for which the folder could not be followed; 0 when it is followed. */
  seconds(): number;
  /** Whether that is longer than allowed: what was hidden since then may still be public. */
  isStale(): boolean;
}

/**
 * @param staleAfterMs how long the content may be behind, in milliseconds; 0 is without end
 * @param now milliseconds of a clock that never goes back
 */
export function createContentLag(
  staleAfterMs: number,
  now: () => number = () => performance.now(),
): ContentLag {
  let since: number | null = null;
  const behindMs = () => (since === null ? 0 : now() - since);
  return {
    note(ms) {
      since = ms === null ? null : now() - ms;
    },
    seconds: () => behindMs() / 1000,
    isStale: () => staleAfterMs > 0 && since !== null && behindMs() >= staleAfterMs,
  };
}
