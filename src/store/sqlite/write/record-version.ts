import { HIDDEN_REASONS } from '../../../content/visibility/hidden-reason.ts';
import { sharedKinds } from '../../../model/kinds/shared-kinds.ts';
import { countColumns, publicCountOf } from '../../../model/tables/counts.ts';
import type { ContentCounts, ContentVersionRow } from '../../content-version.ts';
import type { Writer } from '../../database/writer.ts';
import { publicDigest } from '../../rows/article-digest.ts';
import type { SyncReport } from '../../sync-report.ts';
import type { ArticleChange } from './apply-sync.ts';
import type { PartCounts } from './touched-keys.ts';

/** Who a version is for: readers who see hidden articles, or everybody. */
type Audience = 'preview' | 'public';

/** What happened to an article for one audience. */
type Event = 'appear' | 'change' | 'hide' | 'vanish';

/**
 * The rows of Change that follow from what became of articles: to preview readers every article exists, to the public
 * those that are published.
 */
export function planChanges(
  changes: readonly ArticleChange[],
): [audience: Audience, id: string, slug: string, Event][] {
  return changes.flatMap(({ id, slug, before, after }) => {
    const preview = eventOf(before !== null, after !== null);
    // What is for preview readers alone may differ, and nothing that everybody may see.
    const isSame = before && after ? publicDigest(before.digest) === publicDigest(after.digest) : false;
    const everybody = eventOf(before?.published === true, after?.published === true, isSame);
    const isHidden = before?.published === true && after?.published === false;
    const rows: [Audience, string, string, Event][] = [];
    if (preview) rows.push(['preview', id, slug, isHidden ? 'hide' : preview]);
    if (everybody) rows.push(['public', id, slug, everybody]);
    return rows;
  });
}

function eventOf(before: boolean, after: boolean, isSame = false): Event | null {
  if (before && after) return isSame ? null : 'change';
  if (before) return 'vanish';
  return after ? 'appear' : null;
}

const CHUNK = 5_000;

/** Writes the changes that make a version, whose number differs between audiences. */
export async function recordChanges(
  writer: Writer,
  numbers: Readonly<Record<Audience, number>>,
  changes: readonly ArticleChange[],
): Promise<void> {
  for (let start = 0; start < changes.length; start += CHUNK) {
    const events = planChanges(changes.slice(start, start + CHUNK));
    for (const audience of ['preview', 'public'] as const) {
      const its = events.filter(([of]) => of === audience);
      if (its.length > 0) await recordEvents(writer, numbers[audience], its);
    }
  }
}

async function recordEvents(
  writer: Writer,
  number: number,
  events: ReturnType<typeof planChanges>,
): Promise<void> {
  const appeared = events.filter(([, , , event]) => event === 'appear');
  await writer.run(
    `INSERT INTO Change (audience, articleId, slug, version, firstVersion, hiddenVersion, isRemoved)
     SELECT value ->> 0, value ->> 1, value ->> 2, CAST(?2 AS INTEGER), CAST(?2 AS INTEGER), NULL, 0
     FROM ${writer.dialect.rows('?1')} WHERE true
     ON CONFLICT (audience, articleId) DO UPDATE SET slug = excluded.slug, version = excluded.version,
       firstVersion = excluded.firstVersion, hiddenVersion = NULL, isRemoved = 0`,
    JSON.stringify(appeared),
    number,
  );
  await writer.run(
    `UPDATE Change SET version = CAST(?2 AS INTEGER), isRemoved = CASE value ->> 3 WHEN 'vanish' THEN 1 ELSE 0 END,
       hiddenVersion = CASE
         WHEN value ->> 3 = 'hide' THEN CAST(?2 AS INTEGER)
         WHEN (SELECT published FROM Article WHERE id = articleId) = 1 THEN NULL
         ELSE hiddenVersion END
     FROM ${writer.dialect.rows('?1')} WHERE audience = value ->> 0 AND articleId = value ->> 1`,
    JSON.stringify(events.filter(([, , , event]) => event !== 'appear')),
    number,
  );
}

/** How many things that articles share there are: rows of the tables by what is counted. */
const countThings = [
  ['providers', 'Provider'] as const,
  ...sharedKinds.map(({ many, type }) => [many, type] as const),
]
  .map(
    ([counted, table]) => `'${counted}', (SELECT count(*) FROM ${table}),
    '${publicCountOf(counted)}', (SELECT count(*) FROM ${table} WHERE isPublic = 1)`,
  )
  .join(', ');

/** The counts of the content in the database, from the last version's and what was done since. */
export async function countContent(
  writer: Writer,
  last: ContentCounts | null,
  changes: readonly ArticleChange[],
  gained: PartCounts,
): Promise<ContentCounts> {
  const text = await writer.text(`SELECT json_object(${countThings})`);
  const shared = JSON.parse(text ?? '{}');
  const balance = (is: (state: ArticleChange['after']) => boolean) =>
    changes.reduce((sum, { before, after }) => sum + Number(is(after)) - Number(is(before)), 0);
  return {
    articles: (last?.articles ?? 0) + balance((state) => state !== null),
    publicArticles: (last?.publicArticles ?? 0) + balance((state) => state?.published === true),
    ...shared,
    images: (last?.images ?? 0) + gained.images,
    publicImages: (last?.publicImages ?? 0) + gained.publicImages,
    relatedLinks: (last?.relatedLinks ?? 0) + gained.relatedLinks,
    publicRelatedLinks: (last?.publicRelatedLinks ?? 0) + gained.publicRelatedLinks,
  };
}

const place = `CASE reason.value ${HIDDEN_REASONS.map((reason, index) => `WHEN '${reason}' THEN ${index}`).join(' ')} END`;

/** Counts the hidden articles by reason, in the order of HIDDEN_REASONS. */
export async function countHidden(writer: Writer): Promise<void> {
  await writer.run('DELETE FROM HiddenCount');
  await writer.run(
    `INSERT INTO HiddenCount (reason, position, articles)
     SELECT reason.value, ${place}, count(*)
     FROM Article CROSS JOIN ${writer.dialect.itemsOf('Article.hiddenBecause', 'reason')}
     WHERE Article.published = 0 GROUP BY reason.value`,
  );
}

/** The articles hidden for each reason that any is, as of the last version. */
export async function readHidden(writer: Writer): Promise<SyncReport['totals']['hidden']> {
  const text = await writer.text(
    'SELECT json_group_object(reason, articles) FROM (SELECT * FROM HiddenCount ORDER BY position) AS known',
  );
  return JSON.parse(text ?? '{}');
}

/** Writes the row of a version. */
export async function recordVersion(
  writer: Writer,
  version: Omit<ContentVersionRow, 'problemsDigest'>,
): Promise<void> {
  const columns = [
    'number',
    'publicNumber',
    'digest',
    'publicDigest',
    'syncedAt',
    'publicSyncedAt',
    'historyFrom',
    'publicHistoryFrom',
    ...countColumns,
  ] as const;
  await writer.run(
    `INSERT INTO ContentVersion (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...columns.map((name) => version[name]),
  );
}

/** Writes the sync's own memory. */
export async function recordMemory(
  writer: Writer,
  memory: { folder: string; format: string; problemsDigest: string },
): Promise<void> {
  await writer.run(
    `INSERT INTO SyncState (id, folder, format, problemsDigest)
     VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET folder = excluded.folder, format = excluded.format,
       problemsDigest = excluded.problemsDigest`,
    ...[memory.folder, memory.format, memory.problemsDigest],
  );
}
