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

/** The version that readers see. */
export interface ContentVersionRow extends ContentCounts {
  number: number;
  /** SHA-256 in hex: the same files give the same digest anywhere. */
  digest: string;
  /** ISO 8601 in UTC with milliseconds. */
  syncedAt: string;
  /** Changes whenever a problem does, which the digest need not. */
  problemsDigest: string;
  /** Changes before this version are not known; 0 when all are. */
  historyFrom: number;
}

/** Gives the version as one row with the JSON of ContentVersionRow, or no row. */
export const selectContentVersion = `
  SELECT json_object(
    'number', v.number, 'digest', v.digest, 'syncedAt', v.syncedAt,
    'problemsDigest', coalesce(s.problemsDigest, ''), 'historyFrom', coalesce(s.historyFrom, 0),
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
