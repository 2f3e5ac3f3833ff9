import { systemNow } from '../../content/reading.ts';
import type { ContentVersionRow } from '../content-version.ts';
import type { Writer } from '../database/writer.ts';
import type { ArticleChange, ArticleStore } from '../sqlite/write/apply-sync.ts';
import { countContent, countHidden, recordChanges, recordVersion } from '../sqlite/write/record-version.ts';
import type { SyncMemory } from '../sqlite/write/sync-state.ts';
import type { SyncOptions } from '../sync-report.ts';

/** What a version is made from. */
interface VersionSources {
  writer: Writer;
  options: Pick<SyncOptions, 'now'>;
  memory: SyncMemory;
  articles: ArticleStore;
}

/** The version that a sync ends with. */
export interface NextVersion {
  /** The row; null when no content was ever loaded and there is none now. */
  version: ContentVersionRow | null;
  number: number;
  /** Whether its content differs from that of the version before. */
  isNew: boolean;
  /** Whether it differs in what everybody may see. */
  isPublicNew: boolean;
}

/**
 * Writes the next version and its changes where the content is another than that of the last one.
 * @param problemsDigest of all problems that there are now
 */
export async function recordNextVersion(
  { writer, options, memory, articles }: VersionSources,
  changes: readonly ArticleChange[],
  problemsDigest: string,
): Promise<NextVersion> {
  const last = memory.version;
  const isSame = changes.length === 0 && last !== null;
  const digest = isSame ? last.digest : articles.digest();
  const publicDigest = isSame ? last.publicDigest : articles.publicDigest();
  const isNew = digest !== last?.digest;
  const isPublicNew = publicDigest !== last?.publicDigest;
  const number = (last?.number ?? 0) + (isNew ? 1 : 0);
  const publicNumber = (last?.publicNumber ?? 0) + (isPublicNew ? 1 : 0);
  if (!isNew) return { version: last, number, isNew, isPublicNew };
  const counts = await countContent(writer, last, changes, articles.partsGained());
  const syncedAt = new Date((options.now ?? systemNow)()).toISOString();
  const version = {
    ...{ number, digest, syncedAt, historyFrom: last?.historyFrom ?? 0 },
    ...{ publicNumber, publicDigest, publicHistoryFrom: last?.publicHistoryFrom ?? 0 },
    publicSyncedAt: last && !isPublicNew ? last.publicSyncedAt : syncedAt,
    ...{ problemsDigest, ...counts },
  };
  await recordVersion(writer, version);
  await countHidden(writer);
  await recordChanges(writer, { preview: number, public: publicNumber }, changes);
  return { version, number, isNew, isPublicNew };
}
