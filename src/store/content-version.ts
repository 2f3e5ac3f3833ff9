import type { PrismaClient } from './clients.ts';

/** How many there are of each; a `public…` count leaves out what only readers with the preview scope may see. */
export interface ContentCounts {
  articles: number;
  publicArticles: number;
  providers: number;
  publicProviders: number;
  topics: number;
  publicTopics: number;
  images: number;
  publicImages: number;
  relatedLinks: number;
  publicRelatedLinks: number;
}

/** A version as one audience knows it. */
export interface AudienceVersion {
  number: number;
  /** SHA-256 in hex: the same files give the same digest anywhere. */
  digest: string;
  /** ISO 8601 in UTC with milliseconds. */
  syncedAt: string;
}

/**
 * The version that is served. What is `public…` is what everybody may know of it, which stays as it is while only hidden
 * articles change; the rest is for readers with the preview scope.
 */
export interface ContentVersionRow extends ContentCounts, AudienceVersion {
  publicNumber: number;
  publicDigest: string;
  publicSyncedAt: string;
  /** Changes before this version are not known; 0 when all are. */
  historyFrom: number;
  publicHistoryFrom: number;
  /** Changes whenever a problem does, which the digest need not. */
  problemsDigest: string;
}

/** The version as the public knows it, or as readers who see hidden articles do. */
export function versionOf(row: ContentVersionRow, seesHidden: boolean): AudienceVersion {
  if (seesHidden) return { number: row.number, digest: row.digest, syncedAt: row.syncedAt };
  return { number: row.publicNumber, digest: row.publicDigest, syncedAt: row.publicSyncedAt };
}

/** Gives the version as one row with the JSON of ContentVersionRow, or no row. */
export const selectContentVersion = `
  SELECT json_object(
    'number', v.number, 'digest', v.digest, 'syncedAt', v.syncedAt, 'historyFrom', v.historyFrom,
    'publicNumber', v.publicNumber, 'publicDigest', v.publicDigest, 'publicSyncedAt', v.publicSyncedAt,
    'publicHistoryFrom', v.publicHistoryFrom, 'problemsDigest', coalesce(s.problemsDigest, ''),
    'articles', v.articles, 'publicArticles', v.publicArticles,
    'providers', v.providers, 'publicProviders', v.publicProviders,
    'topics', v.topics, 'publicTopics', v.publicTopics,
    'images', v.images, 'publicImages', v.publicImages,
    'relatedLinks', v.relatedLinks, 'publicRelatedLinks', v.publicRelatedLinks) AS version
  FROM ContentVersion AS v LEFT JOIN SyncState AS s ON s.id = 1
  ORDER BY v.number DESC LIMIT 1`;

/** The version served now; null before the first sync. */
export async function readContentVersion(reader: PrismaClient): Promise<ContentVersionRow | null> {
  const rows = await reader.$queryRawUnsafe<{ version: string }[]>(selectContentVersion);
  const [row] = rows;
  return row ? JSON.parse(row.version) : null;
}
