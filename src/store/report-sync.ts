import type { Problem } from '../content/problem.ts';
import type { ArticleChange } from './apply-sync.ts';
import type { ContentVersionRow } from './content-version.ts';
import { readProblems } from './record-files.ts';
import type { ChangedKeys, SyncRefusal, SyncReport } from './sync-report.ts';
import { readSyncMemory } from './sync-state.ts';
import type { Writer } from './writer.ts';

/** At most this many keys of a kind. */
const keyLimit = 1_000;

/** What the database holds, as the report of a sync that did nothing. */
export async function reportContent(
  writer: Writer,
  version: ContentVersionRow | null,
  problems: Problem[],
): Promise<SyncReport> {
  return {
    version: version && { number: version.number, digest: version.digest, syncedAt: version.syncedAt },
    changed: false,
    refusal: null,
    created: 0,
    updated: 0,
    unchanged: version?.articles ?? 0,
    removed: 0,
    ...(await countFiles(writer)),
    unread: null,
    ms: 0,
    totals: {
      articles: version?.articles ?? 0,
      providers: version?.providers ?? 0,
      topics: version?.topics ?? 0,
      images: version?.images ?? 0,
      relatedLinks: version?.relatedLinks ?? 0,
    },
    problems,
    changedKeys: { articles: [], providers: [], topics: [], isCut: false },
  };
}

/** The report of a sync that kept the old content, when all that it did is rolled back. */
export async function reportRefusal(writer: Writer, refusal: SyncRefusal): Promise<SyncReport> {
  const { version } = await readSyncMemory(writer);
  return { ...(await reportContent(writer, version, await readProblems(writer))), refusal };
}

async function countFiles(writer: Writer): Promise<Pick<SyncReport, 'files' | 'rejected' | 'stale'>> {
  const text = await writer.text(`
    SELECT json_object('files', count(*), 'rejected', coalesce(sum(state IN ('rejected', 'duplicate')), 0),
      'stale', coalesce(sum(state = 'stale'), 0)) FROM SourceFile`);
  return JSON.parse(text ?? '{}');
}

/** The names of the providers and the slugs of the topics that are touched and in the database at this time. */
export async function readTouchedKeys(writer: Writer): Promise<{ providers: string[]; topics: string[] }> {
  const list = async (sql: string): Promise<string[]> =>
    JSON.parse(
      (await writer.text(`SELECT json_group_array(name) FROM (${sql} LIMIT ${keyLimit + 1})`)) ?? '[]',
    );
  return {
    providers: await list(
      `SELECT coalesce(domain, name) AS name FROM Provider
       WHERE id IN (SELECT key FROM touchedProvider) AND coalesce(domain, name) <> ''`,
    ),
    topics: await list('SELECT slug AS name FROM Topic WHERE id IN (SELECT key FROM touchedTopic)'),
  };
}

/** The keys of before and after linking: providers and topics that went, and those that have a name only now. */
export function mergeKeys(
  changes: readonly ArticleChange[],
  ...keys: { providers: string[]; topics: string[] }[]
): ChangedKeys {
  const articles = changes.map(({ slug }) => slug);
  const providers = [...new Set(keys.flatMap((key) => key.providers))];
  const topics = [...new Set(keys.flatMap((key) => key.topics))];
  const cut = (names: string[]) => names.sort().slice(0, keyLimit);
  return {
    isCut: [articles, providers, topics].some(({ length }) => length > keyLimit),
    articles: cut(articles),
    providers: cut(providers),
    topics: cut(topics),
  };
}
