import { type ContentVersionRow, versionOf } from '../../content-version.ts';
import {
  type ChangedKeys,
  MAX_KEYS,
  type SyncOptions,
  type SyncRefusal,
  type SyncReport,
} from '../../sync-report.ts';
import type { Writer } from '../file/writer.ts';
import type { ArticleChange } from './apply-sync.ts';
import { countProblems, type KnownProblems, readProblems } from './record-problems.ts';
import { readHidden } from './record-version.ts';
import { readSyncMemory } from './sync-state.ts';

/** What the database holds, as the report of a sync that did nothing. */
export async function reportContent(
  writer: Writer,
  version: ContentVersionRow | null,
  { problems, counts, changing }: Omit<KnownProblems, 'digest'>,
): Promise<SyncReport> {
  return {
    version: version && versionOf(version, true),
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
      publicArticles: version?.publicArticles ?? 0,
      hidden: await readHidden(writer),
      providers: version?.providers ?? 0,
      topics: version?.topics ?? 0,
      categories: version?.categories ?? 0,
      images: version?.images ?? 0,
      relatedLinks: version?.relatedLinks ?? 0,
    },
    problems,
    problemCounts: counts,
    newProblems: [],
    areProblemsChanged: false,
    changing,
    schedule: { waiting: 0, next: null, due: null },
    changedKeys: noKeys,
    public: { version: version && versionOf(version, false), changed: false, changedKeys: noKeys },
  };
}

/** What changed when nothing did. */
export const noKeys: ChangedKeys = { articles: [], providers: [], topics: [], categories: [], isCut: false };

/** The report of a sync that kept the old content, when all that it did is rolled back. */
export async function reportRefusal(
  writer: Writer,
  options: SyncOptions,
  refusal: SyncRefusal,
): Promise<SyncReport> {
  const { version } = await readSyncMemory(writer);
  return { ...(await reportContent(writer, version, await problemsFor(writer, options))), refusal };
}

/** The problems as the report of a sync that changed none of them has them. */
export async function problemsFor(
  writer: Writer,
  { withProblems = true }: SyncOptions,
): Promise<Omit<KnownProblems, 'digest'>> {
  return withProblems ? readProblems(writer) : { problems: [], ...(await countProblems(writer)) };
}

async function countFiles(writer: Writer): Promise<Pick<SyncReport, 'files' | 'rejected' | 'stale'>> {
  const text = await writer.text(`
    SELECT json_object('files', count(*), 'rejected', coalesce(sum(state = 'rejected'), 0),
      'stale', coalesce(sum(state = 'stale'), 0)) FROM SourceFile`);
  return JSON.parse(text ?? '{}');
}

/** Names and, beside each, whether a published article touches what everybody may see under it at this time. */
type TouchedNames = readonly (readonly [name: string, isPublic: 0 | 1])[];

interface TouchedKeys {
  providers: TouchedNames;
  topics: TouchedNames;
  categories: TouchedNames;
}

/** The names of the providers and the slugs of the topics and categories that are touched and in the database at this time. */
export async function readTouchedKeys(writer: Writer): Promise<TouchedKeys> {
  const list = async (name: string, table: string, touched: string): Promise<TouchedNames> => {
    const text = await writer.text(
      `SELECT json_group_array(json_array(name, isPublic)) FROM (
         SELECT ${name} AS name, touched.isPublic AND it.isPublic AS isPublic
         FROM ${touched} AS touched JOIN ${table} AS it ON it.id = touched.key WHERE ${name} <> ''
         ORDER BY 2 DESC LIMIT ${MAX_KEYS + 1})`,
    );
    return JSON.parse(text ?? '[]');
  };
  return {
    providers: await list('coalesce(it.domain, it.name)', 'Provider', 'touchedProvider'),
    topics: await list('it.slug', 'Topic', 'touchedTopic'),
    categories: await list('it.slug', 'Category', 'touchedCategory'),
  };
}

/** The keys of what a sync changed: all of them, and what everybody may know. */
export interface MergedKeys {
  all: ChangedKeys;
  public: ChangedKeys;
}

/**
 * The keys of before and after linking: providers, topics and categories that went, and those that have a name only now. `public` has
 * only what everybody could see before, or can see after.
 */
export function mergeKeys(changes: readonly ArticleChange[], ...keys: TouchedKeys[]): MergedKeys {
  const names = (kind: keyof TouchedKeys, isPublic: boolean) =>
    new Set(keys.flatMap((key) => key[kind].filter(([, open]) => open || !isPublic).map(([name]) => name)));
  const isSeen = ({ before, after }: ArticleChange) => before?.published || after?.published;
  const merge = (articles: readonly ArticleChange[], isPublic: boolean) =>
    cutKeys({
      articles: articles.map(({ slug }) => slug),
      providers: [...names('providers', isPublic)],
      topics: [...names('topics', isPublic)],
      categories: [...names('categories', isPublic)],
    });
  return { all: merge(changes, false), public: merge(changes.filter(isSeen), true) };
}

function cutKeys({ articles, providers, topics, categories }: Omit<ChangedKeys, 'isCut'>): ChangedKeys {
  const cut = (names: string[]) => names.sort().slice(0, MAX_KEYS);
  return {
    isCut: [articles, providers, topics, categories].some(({ length }) => length > MAX_KEYS),
    articles: cut(articles),
    providers: cut(providers),
    topics: cut(topics),
    categories: cut(categories),
  };
}
