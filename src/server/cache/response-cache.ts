import { LRUCache } from 'lru-cache';
import { type StoredResponse, sizeOf } from './stored-response.ts';

/** Answers of one content version, by request. Bounded in bytes; the least recently used goes first. */
export interface ResponseCache {
  readonly bytes: number;
  get(key: string): StoredResponse | undefined;
  set(key: string, stored: StoredResponse): void;
  /** Counts the bytes of an answer anew after an encoding was added to it. */
  recount(key: string, stored: StoredResponse): void;
  clear(): void;
}

/** Of an answer that takes more than this part of the cache, none is kept: it would drive out too many others. */
const MAX_SHARE = 0.1;

export function createResponseCache(maxBytes: number): ResponseCache {
  const answers = new LRUCache<string, StoredResponse>({
    maxSize: maxBytes,
    maxEntrySize: Math.floor(maxBytes * MAX_SHARE),
    sizeCalculation: (stored, key) => sizeOf(stored) + key.length,
  });
  return {
    get bytes() {
      return answers.calculatedSize;
    },
    get: (key) => answers.get(key),
    set(key, stored) {
      answers.set(key, stored);
    },
    recount(key, stored) {
      // Between the compression's start and its end the version may have changed, or the answer have gone.
      if (answers.peek(key) !== stored) return;
      answers.delete(key);
      answers.set(key, stored);
    },
    clear: () => answers.clear(),
  };
}
