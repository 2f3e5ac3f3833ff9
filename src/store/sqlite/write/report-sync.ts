import { sharedKinds } from '../../../model/kinds/shared-kinds.ts';
import { countsBy } from '../../../model/tables/counts.ts';
import { type ContentVersionRow, versionOf } from '../../content-version.ts';
import type { Writer } from '../../database/writer.ts';
import {
  type ChangedKeys,
  type ChangedList,
  MAX_KEYS,
  makeChangedKeys,
  type SyncOptions,
  type SyncRefusal,
  type SyncReport,
} from '../../sync-report.ts';
import { builtInTables, type ContentTables } from '../own/content-tables.ts';
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
      ...countsBy((counted) => version?.[counted] ?? 0),
      publicArticles: version?.publicArticles ?? 0,
      hidden: await readHidden(writer),
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
export const noKeys: ChangedKeys = makeChangedKeys(false, () => []);

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
    SELECT json_object('files', count(*), 'rejected', count(*) FILTER (WHERE state = 'rejected'),
      'stale', count(*) FILTER (WHERE state = 'stale')) FROM SourceFile`);
  return JSON.parse(text ?? '{}');
}

/** Names and, beside each, whether a published article touches what everybody may see under it at this time. */
type TouchedNames = readonly (readonly [name: string, isPublic: 0 | 1])[];

/** Names that are touched. */
interface TouchedKeys {
  /** Of providers and of the things of each shared kind; of articles those that lead to another one now. */
  lists: ReadonlyMap<ChangedList, TouchedNames>;
  /** Of the things of the owner's kinds, by the prefix of their purge keys. */
  own: ReadonlyMap<string, { names: TouchedNames; isPublic: boolean }>;
}

const things: readonly { list: ChangedList; table: string; name: string; touched: string }[] = [
  { list: 'providers', ...builtInKind('Provider'), name: 'coalesce(it.domain, it.name)' },
  ...sharedKinds.map(({ many, type }) => ({ list: many, ...builtInKind(type), name: 'it.slug' })),
];

function builtInKind(type: string): { table: string; touched: string } {
  const kind = builtInTables.kinds.find(({ table }) => table === type);
  if (!kind) throw new Error(`There is no table of the kind ${type}.`);
  return kind;
}

/** The names of the providers and the slugs of the shared things that are touched and in the database at this time. */
export async function readTouchedKeys(writer: Writer, { kinds }: ContentTables): Promise<TouchedKeys> {
  const read = async (table: string, name: string, touched: string, shown: string): Promise<TouchedNames> => {
    const text = await writer.text(
      `SELECT json_group_array(json_array(name, isPublic)) FROM (
         SELECT ${name} AS name, touched.isPublic * it.${shown} AS isPublic
         FROM ${touched} AS touched JOIN ${table} AS it ON it.id = touched.key WHERE ${name} <> ''
         ORDER BY 2 DESC LIMIT ${MAX_KEYS + 1}) AS known`,
    );
    return JSON.parse(text ?? '[]');
  };
  const lists = new Map<ChangedList, TouchedNames>();
  for (const { list, table, name, touched } of things)
    lists.set(list, await read(table, name, touched, 'isPublic'));
  lists.set('articles', await read('Article', 'it.slug', 'relinkedArticle', 'published'));
  const own: [string, { names: TouchedNames; isPublic: boolean }][] = [];
  for (const { table, touched, own: kind } of kinds) {
    if (!kind) continue;
    const names = await read(table, 'it.slug', touched, 'isPublic');
    own.push([kind.prefix, { names, isPublic: kind.isPublic }]);
  }
  return { lists, own: new Map(own) };
}

/** The keys of what a sync changed: all of them, and what everybody may know. */
export interface MergedKeys {
  all: ChangedKeys;
  public: ChangedKeys;
}

/**
 * The keys of before and after linking: providers and shared things that went, and those that have a name only now. `public` has
 * only what everybody could see before, or can see after.
 */
export function mergeKeys(changes: readonly ArticleChange[], ...keys: TouchedKeys[]): MergedKeys {
  const isSeen = ({ before, after }: ArticleChange) => before?.published || after?.published;
  const merge = (articles: readonly ArticleChange[], isPublic: boolean) => {
    const open = (names: TouchedNames = []) =>
      names.flatMap(([name, isOpen]) => (isOpen || !isPublic ? [name] : []));
    const lists = makeChangedKeys(false, (list) => [
      ...new Set([
        ...(list === 'articles' ? articles.map(({ slug }) => slug) : []),
        ...keys.flatMap((key) => open(key.lists.get(list))),
      ]),
    ]);
    const prefixes = new Set(
      keys.flatMap(({ own }) =>
        [...own].flatMap(([prefix, kind]) => (kind.isPublic || !isPublic ? prefix : [])),
      ),
    );
    const own = [...prefixes].map((prefix) => [
      prefix,
      [...new Set(keys.flatMap((key) => open(key.own.get(prefix)?.names)))],
    ]);
    return cutKeys({ ...lists, ...(own.length > 0 && { own: Object.fromEntries(own) }) });
  };
  return { all: merge(changes, false), public: merge(changes.filter(isSeen), true) };
}

function cutKeys({ isCut: _, own, ...lists }: ChangedKeys): ChangedKeys {
  const all = [...Object.values(lists), ...Object.values(own ?? {})];
  const cut = (names: string[]) => names.sort().slice(0, MAX_KEYS);
  return {
    ...makeChangedKeys(
      all.some(({ length }) => length > MAX_KEYS),
      (list) => cut(lists[list]),
    ),
    ...(own && {
      own: Object.fromEntries(Object.entries(own).map(([prefix, names]) => [prefix, cut(names)])),
    }),
  };
}
