import { type ContentVersionRow, versionOf } from '../../store/content-version.ts';
import type { VersionSource } from '../../store/sqlite/read/version-source.ts';
import type { Reader } from '../access/readers.ts';
import type { Answer } from '../http/exchange.ts';
import { type ContentWatch, watchContent } from './content-watch.ts';
import { createResponseCache, type ResponseCache } from './response-cache.ts';
import { createFlights, type Flights } from './share-flights.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** The answers to one audience that are kept or under way, and whether they are still good. */
export interface AnswerShelf {
  cache: ResponseCache;
  flights: Flights<StoredAnswer | Answer>;
  watch: ContentWatch;
}

/**
 * The answers that are kept, apart for the public and for readers who see hidden articles: what is kept for the one
 * goes by versions, by room and by traffic of its own, so that nothing tells the public of the other.
 */
export interface KeptAnswers {
  of(reader: Reader): AnswerShelf;
  readonly bytes: number;
  /** Looks whether there is another version, and lets go of what was made from the one before. */
  follow(): void;
  clear(): void;
}

/** The part of the room that is for readers who see hidden articles, where there can be any. */
const PREVIEW_SHARE = 0.25;

/** @param hasPreview whether there can be readers who see hidden articles */
export function keepAnswers(
  versions: VersionSource,
  { maxBytes, hasPreview }: { maxBytes: number; hasPreview: boolean },
): KeptAnswers {
  const previewBytes = Math.ceil(maxBytes * PREVIEW_SHARE);
  const shelves = {
    public: createShelf(versions, hasPreview ? maxBytes - previewBytes : maxBytes, whatPublicSees),
    preview: createShelf(versions, previewBytes, JSON.stringify),
  };
  const all = [shelves.public, shelves.preview];
  return {
    of: ({ scopes }) => (scopes.preview ? shelves.preview : shelves.public),
    get bytes() {
      return all.reduce((sum, { cache }) => sum + cache.bytes, 0);
    },
    follow() {
      for (const { watch } of all) if (!watch.check()) void watch.refresh();
    },
    clear() {
      for (const { cache } of all) cache.clear();
    },
  };
}

function createShelf(
  versions: VersionSource,
  maxBytes: number,
  identify: (version: ContentVersionRow | null) => string,
): AnswerShelf {
  const cache = createResponseCache(maxBytes);
  const flights = createFlights<StoredAnswer | Answer>();
  const watch = watchContent(versions, identify, () => {
    cache.clear();
    flights.forget();
  });
  return { cache, flights, watch };
}

function whatPublicSees(version: ContentVersionRow | null): string {
  return JSON.stringify(version && [versionOf(version, false), version.publicHistoryFrom, version.model]);
}
