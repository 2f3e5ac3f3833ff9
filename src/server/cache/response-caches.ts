import { type ContentVersionRow, versionOf } from '../../store/content-version.ts';
import type { VersionSource } from '../../store/version-source.ts';
import type { Reader } from '../access/readers.ts';
import type { GatewayResponse } from '../http/exchange.ts';
import { followVersion, type VersionFollower } from './follow-version.ts';
import { createInFlightRequests, type InFlightRequests } from './in-flight-requests.ts';
import { createResponseCache, type ResponseCache } from './response-cache.ts';
import type { StoredResponse } from './stored-response.ts';

/** The answers to one audience that are kept or under way, and whether they are still good. */
export interface AudienceCache {
  cache: ResponseCache;
  inFlight: InFlightRequests<StoredResponse | GatewayResponse>;
  follower: VersionFollower;
}

/**
 * The answers that are kept, apart for the public and for readers who see hidden articles: what is kept for the one
 * goes by versions, by room and by traffic of its own, so that nothing tells the public of the other.
 */
export interface ResponseCaches {
  of(reader: Reader): AudienceCache;
  readonly bytes: number;
  /** Looks whether there is another version, and lets go of what was made from the one before. */
  follow(): void;
  clear(): void;
}

/** The part of the room that is for readers who see hidden articles, where there can be any. */
const PREVIEW_SHARE = 0.25;

/** @param hasPreview whether there can be readers who see hidden articles */
export function createResponseCaches(
  versions: VersionSource,
  { maxBytes, hasPreview }: { maxBytes: number; hasPreview: boolean },
): ResponseCaches {
  const previewBytes = Math.ceil(maxBytes * PREVIEW_SHARE);
  const audiences = {
    public: createAudienceCache(versions, hasPreview ? maxBytes - previewBytes : maxBytes, whatPublicSees),
    preview: createAudienceCache(versions, previewBytes, JSON.stringify),
  };
  const all = [audiences.public, audiences.preview];
  return {
    of: ({ scopes }) => (scopes.preview ? audiences.preview : audiences.public),
    get bytes() {
      return all.reduce((sum, { cache }) => sum + cache.bytes, 0);
    },
    follow() {
      for (const { follower } of all) if (!follower.check()) void follower.refresh();
    },
    clear() {
      for (const { cache } of all) cache.clear();
    },
  };
}

function createAudienceCache(
  versions: VersionSource,
  maxBytes: number,
  identify: (version: ContentVersionRow | null) => string,
): AudienceCache {
  const cache = createResponseCache(maxBytes);
  const inFlight = createInFlightRequests<StoredResponse | GatewayResponse>();
  const follower = followVersion(versions, identify, () => {
    cache.clear();
    inFlight.forget();
  });
  return { cache, inFlight, follower };
}

function whatPublicSees(version: ContentVersionRow | null): string {
  return JSON.stringify(version && [versionOf(version, false), version.publicHistoryFrom, version.model]);
}
