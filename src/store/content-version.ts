import type { Counted, PublicCount } from '../model/tables/counts.ts';

/** How many there are of each; a `public…` count leaves out what only readers with the preview scope may see. */
export type ContentCounts = Record<Counted | PublicCount, number>;

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
  /** The model of the owner's keys that the index was made by, as JSON. Absent: there is none. */
  model?: string;
}

/** The version as the public knows it, or as readers who see hidden articles do. */
export function versionOf(row: ContentVersionRow, seesHidden: boolean): AudienceVersion {
  if (seesHidden) return { number: row.number, digest: row.digest, syncedAt: row.syncedAt };
  return { number: row.publicNumber, digest: row.publicDigest, syncedAt: row.publicSyncedAt };
}
