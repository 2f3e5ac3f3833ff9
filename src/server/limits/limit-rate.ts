import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
const MAX_CLIENTS = 50_000;

/** Counts requests by client. */
export interface RateLimiter {
  /** Seconds to wait when this request is one too many; null when it may pass. */
  take(client: string): number | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A token bucket a client: `perMinute` requests at once, refilled evenly over the minute.
 * Memory is bounded: of more than 50,000 clients the longest unseen are forgotten.
 *
 * @param now Milliseconds of a clock that never goes back.
 */
export function createRateLimiter(
  perMinute: number,
  now: () => number = () => performance.now(),
): RateLimiter {
  const buckets = new LRUCache<string, Bucket>({ max: MAX_CLIENTS });
  const perMs = perMinute / WINDOW_MS;

  return {
    take(client) {
      const at = now();
      const bucket = buckets.get(client) ?? { tokens: perMinute, at };
      bucket.tokens = Math.min(perMinute, bucket.tokens + (at - bucket.at) * perMs);
      bucket.at = at;
      buckets.set(client, bucket);
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return null;
      }
      return Math.ceil((1 - bucket.tokens) / perMs / 1000);
    },
  };
}
