import { useTables } from '../../../model/tables/content-tables.ts';
import type { Writer } from '../../database/writer.ts';
import { builtInTables, type ContentTables, type KindTables } from '../own/content-tables.ts';
import type { Switched } from './sync-state.ts';

/**
 * Which keys a sync touches, kept in temporary tables, so that the statements that follow do the same for one changed
 * article as for all of them, only on fewer rows.
 */
const touchedTables = [
  'touchedArticle',
  'touchedUrl',
  'touchedSlug',
  'touchedPlace',
  // Those whose links or references lead to another article than before; see meetArticles.
  'relinkedArticle',
] as const;

/** Makes the tables, or empties those of an earlier sync on this connection. */
export async function clearTouched(writer: Writer, { kinds }: ContentTables = builtInTables): Promise<void> {
  for (const table of [...touchedTables, ...kinds.map(({ touched }) => touched)]) {
    await writer.run(writer.dialect.makeKeyTable(table));
    await writer.run(`DELETE FROM ${table}`);
  }
}

const givenTo = ({ dialect }: Writer) => `SELECT value FROM ${dialect.texts('?1')}`;

/** Without WHERE the grammar of SQLite takes ON CONFLICT for a join's condition. */
const orIgnore = 'WHERE true ON CONFLICT DO NOTHING';

/** A thing that a published article touches is marked, whatever touched it before. */
const orMark = 'ON CONFLICT (key) DO UPDATE SET isPublic = 1 WHERE excluded.isPublic = 1';

/** Ids of things of one kind. */
export interface TouchedThings {
  all: ReadonlySet<string>;
  /** Those of them that published articles show. */
  public: ReadonlySet<string>;
}

/** Notes keys that are known. @param keys things in the order of the kinds */
export async function touchKeys(
  writer: Writer,
  keys: { articles?: ReadonlySet<string>; urls?: ReadonlySet<string>; things?: readonly TouchedThings[] },
  { kinds }: ContentTables = builtInTables,
): Promise<void> {
  const given = givenTo(writer);
  const insert = async (table: string, list: ReadonlySet<string> = new Set()) => {
    if (list.size > 0)
      await writer.run(`INSERT INTO ${table} (key) ${given} ${orIgnore}`, JSON.stringify([...list]));
  };
  await insert('touchedArticle', keys.articles);
  await insert('touchedUrl', keys.urls);
  for (const [kind, { touched }] of kinds.entries()) {
    const things = keys.things?.[kind];
    await insert(touched, things?.all);
    if (!things || things.public.size === 0) continue;
    const sql = `INSERT INTO ${touched} SELECT value, 1 FROM ${writer.dialect.texts('?1')} WHERE true ${orMark}`;
    await writer.run(sql, JSON.stringify([...things.public]));
  }
}

/** Notes every thing of the owner's kinds: what names one may have gone with its table. */
export async function touchOwnThings(writer: Writer, { kinds }: ContentTables): Promise<void> {
  for (const { table, touched } of kinds.slice(builtInTables.kinds.length))
    await writer.run(`INSERT INTO ${touched} (key) SELECT id FROM ${table} ${orIgnore}`);
}

/** Notes the keys that articles have in the database, before they are overwritten or deleted. */
export async function touchArticles(
  writer: Writer,
  ids: readonly string[],
  { kinds, hasNames }: ContentTables = builtInTables,
): Promise<void> {
  const list = JSON.stringify(ids);
  const given = givenTo(writer);
  const things = ({ touched, uses }: KindTables) => `INSERT INTO ${touched}
     SELECT key, max(isPublic) FROM (${uses
       .map(
         ({ table, key, isPublic, owner }) =>
           `SELECT ${key} AS key, ${isPublic} AS isPublic FROM ${table} WHERE ${owner} IN (${given})`,
       )
       .join(' UNION ALL ')}) AS uses
     WHERE key IS NOT NULL GROUP BY key ${orMark}`;
  for (const sql of [
    `INSERT INTO touchedArticle (key) ${given} ${orIgnore}`,
    `INSERT INTO touchedUrl (key)
     SELECT webUrlKey FROM Article WHERE id IN (${given}) AND webUrlKey IS NOT NULL
     UNION SELECT originalUrlKey FROM Article WHERE id IN (${given}) AND originalUrlKey IS NOT NULL
     UNION SELECT pathKey FROM Article WHERE id IN (${given})
     UNION SELECT pathKey FROM ArticleAlias WHERE articleId IN (${given}) ON CONFLICT DO NOTHING`,
    ...(hasNames ? touchNames(given) : []),
    ...kinds.map(things),
  ]) {
    await writer.run(sql, list);
  }
}

const touchNames = (given: string) => [
  `INSERT INTO touchedSlug (key) SELECT slug FROM Article WHERE id IN (${given}) ON CONFLICT DO NOTHING`,
  `INSERT INTO touchedPlace (key) SELECT placeKey FROM Article WHERE id IN (${given}) ON CONFLICT DO NOTHING`,
];

/** How many images and related links articles have, all and public. */
export interface PartCounts {
  images: number;
  publicImages: number;
  relatedLinks: number;
  publicRelatedLinks: number;
}

/** Counts the parts of the given articles. */
export async function countParts(writer: Writer, ids: readonly string[]): Promise<PartCounts> {
  const given = givenTo(writer);
  const counts = await writer.text(
    `WITH links AS (SELECT id, isPublic FROM RelatedLink WHERE sourceId IN (${given})),
     pictures AS (
       SELECT isPublic FROM Image WHERE articleId IN (${given})
       UNION ALL SELECT Image.isPublic FROM Image JOIN links ON Image.relatedLinkId = links.id)
     SELECT json_object(
       'images', (SELECT count(*) FROM pictures), 'publicImages', (SELECT coalesce(sum(isPublic), 0) FROM pictures),
       'relatedLinks', (SELECT count(*) FROM links), 'publicRelatedLinks', (SELECT coalesce(sum(isPublic), 0) FROM links))`,
    JSON.stringify(ids),
  );
  return JSON.parse(counts ?? '{}');
}

/** Deletes what belongs to the given articles, their own rows excepted. */
export async function deleteParts(
  writer: Writer,
  ids: readonly string[],
  { parts }: ContentTables = builtInTables,
): Promise<void> {
  const list = JSON.stringify(ids);
  const given = givenTo(writer);
  for (const sql of [
    `DELETE FROM Image WHERE relatedLinkId IN (SELECT id FROM RelatedLink WHERE sourceId IN (${given}))`,
    `DELETE FROM Image WHERE articleId IN (${given})`,
    `DELETE FROM RelatedLink WHERE sourceId IN (${given})`,
    `DELETE FROM ArticleAlias WHERE articleId IN (${given})`,
    ...useTables.map(({ name }) => `DELETE FROM ${name} WHERE articleId IN (${given})`),
    ...parts.map(({ table }) => `DELETE FROM ${table} WHERE articleId IN (${given})`),
  ]) {
    await writer.run(sql, list);
  }
}

/** Shows or hides articles with all that belongs to them. */
export async function showParts(
  writer: Writer,
  articles: readonly Switched[],
  { parts }: ContentTables = builtInTables,
): Promise<void> {
  const rows = JSON.stringify(
    articles.map(({ id, published, hiddenBecause, digest }) => [
      ...[id, Number(published), JSON.stringify(hiddenBecause), digest],
    ]),
  );
  const { dialect } = writer;
  const switched = `(SELECT value ->> 0 AS owner, ${dialect.cell(1, 'integer')} AS shows, value ->> 2 AS reasons, value ->> 3 AS mark
    FROM ${dialect.rows('?1')}) AS its`;
  const showPart = (table: string, owner: string) =>
    `UPDATE ${table} SET isPublic = its.shows FROM ${switched} WHERE ${owner} = its.owner AND isPublic <> its.shows`;
  const itsLink = '(SELECT isPublic FROM RelatedLink WHERE RelatedLink.id = relatedLinkId)';
  for (const sql of [
    `UPDATE Article SET published = its.shows, hiddenBecause = its.reasons, digest = its.mark
     FROM ${switched} WHERE Article.id = its.owner`,
    showPart('ArticleAlias', 'articleId'),
    ...useTables.map(({ name }) => showPart(name, 'articleId')),
    showPart('RelatedLink', 'sourceId'),
    showPart('Image', 'articleId'),
    ...parts.flatMap(({ table, isPublic }) => (isPublic ? showPart(table, 'articleId') : [])),
    // The links are shown or hidden by now. Joined to them, SQLite would go through all images for each article.
    `UPDATE Image SET isPublic = ${itsLink}
     WHERE isPublic <> ${itsLink} AND relatedLinkId IN (
       SELECT id FROM RelatedLink WHERE sourceId IN (SELECT value ->> 0 FROM ${dialect.rows('?1')}))`,
  ]) {
    await writer.run(sql, rows);
  }
}

/**
 * Deletes articles with all that belongs to them. Foreign keys may not be enforced: links that met one of them meet another, or
 * none, when all are linked.
 */
export async function deleteArticles(
  writer: Writer,
  ids: readonly string[],
  tables: ContentTables = builtInTables,
): Promise<void> {
  await deleteParts(writer, ids, tables);
  const list = JSON.stringify(ids);
  const given = givenTo(writer);
  await writer.run(`DELETE FROM ArticleText WHERE articleId IN (${given})`, list);
  await writer.run(`DELETE FROM Article WHERE id IN (${given})`, list);
}
