import type { Writer } from '../file/writer.ts';
import type { Switched } from './sync-state.ts';

/**
 * Which keys a sync touches, kept in temporary tables, so that the statements that follow do the same for one changed
 * article as for all of them, only on fewer rows.
 */
const touchedTables = [
  'touchedArticle',
  'touchedUrl',
  'touchedProvider',
  'touchedTopic',
  'touchedCategory',
] as const;

/** Makes the tables, or empties those of an earlier sync on this connection. */
export async function clearTouched(writer: Writer): Promise<void> {
  for (const table of touchedTables) {
    await writer.run(
      `CREATE TEMP TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, isPublic NOT NULL DEFAULT 0) WITHOUT ROWID`,
    );
    await writer.run(`DELETE FROM ${table}`);
  }
}

const given = 'SELECT value FROM json_each(?1)';

/** A provider, topic or category that a published article touches is marked, whatever touched it before. */
const orMark = 'ON CONFLICT (key) DO UPDATE SET isPublic = 1 WHERE excluded.isPublic';

/** Notes keys that are known. Those of published articles stand among `providers` and `topics` too. */
export async function touchKeys(
  writer: Writer,
  keys: Partial<
    Record<
      | 'articles'
      | 'urls'
      | 'providers'
      | 'publicProviders'
      | 'topics'
      | 'publicTopics'
      | 'categories'
      | 'publicCategories',
      ReadonlySet<string>
    >
  >,
): Promise<void> {
  const insert = async (table: (typeof touchedTables)[number], list: ReadonlySet<string> = new Set()) => {
    if (list.size > 0)
      await writer.run(`INSERT OR IGNORE INTO ${table} (key) ${given}`, JSON.stringify([...list]));
  };
  const mark = async (table: (typeof touchedTables)[number], list: ReadonlySet<string> = new Set()) => {
    if (list.size === 0) return;
    const sql = `INSERT INTO ${table} SELECT value, 1 FROM json_each(?1) WHERE true ${orMark}`;
    await writer.run(sql, JSON.stringify([...list]));
  };
  await insert('touchedArticle', keys.articles);
  await insert('touchedUrl', keys.urls);
  await insert('touchedProvider', keys.providers);
  await mark('touchedProvider', keys.publicProviders);
  await insert('touchedTopic', keys.topics);
  await mark('touchedTopic', keys.publicTopics);
  await insert('touchedCategory', keys.categories);
  await mark('touchedCategory', keys.publicCategories);
}

/** Notes the keys that articles have in the database, before they are overwritten or deleted. */
export async function touchArticles(writer: Writer, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids);
  for (const sql of [
    `INSERT OR IGNORE INTO touchedArticle (key) ${given}`,
    `INSERT OR IGNORE INTO touchedUrl (key)
     SELECT webUrlKey FROM Article WHERE id IN (${given}) AND webUrlKey IS NOT NULL
     UNION SELECT originalUrlKey FROM Article WHERE id IN (${given}) AND originalUrlKey IS NOT NULL
     UNION SELECT pathKey FROM Article WHERE id IN (${given})
     UNION SELECT pathKey FROM ArticleAlias WHERE articleId IN (${given})`,
    `INSERT INTO touchedProvider
     SELECT providerId, max(isPublic) FROM (
       SELECT providerId, published AS isPublic FROM Article WHERE id IN (${given})
       UNION ALL SELECT providerId, isPublic FROM RelatedLink WHERE sourceId IN (${given}))
     WHERE providerId IS NOT NULL GROUP BY providerId ${orMark}`,
    `INSERT INTO touchedTopic
     SELECT topicId, max(isPublic) FROM ArticleTopic WHERE articleId IN (${given}) GROUP BY topicId ${orMark}`,
    `INSERT INTO touchedCategory
     SELECT categoryId, max(isPublic) FROM ArticleCategory WHERE articleId IN (${given}) GROUP BY categoryId ${orMark}`,
  ]) {
    await writer.run(sql, list);
  }
}

/** How many images and related links articles have, all and public. */
export interface PartCounts {
  images: number;
  publicImages: number;
  relatedLinks: number;
  publicRelatedLinks: number;
}

/** Counts the parts of the given articles. */
export async function countParts(writer: Writer, ids: readonly string[]): Promise<PartCounts> {
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
export async function deleteParts(writer: Writer, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids);
  for (const sql of [
    `DELETE FROM Image WHERE relatedLinkId IN (SELECT id FROM RelatedLink WHERE sourceId IN (${given}))`,
    `DELETE FROM Image WHERE articleId IN (${given})`,
    `DELETE FROM RelatedLink WHERE sourceId IN (${given})`,
    `DELETE FROM ArticleAlias WHERE articleId IN (${given})`,
    `DELETE FROM ArticleTopic WHERE articleId IN (${given})`,
    `DELETE FROM ArticleCategory WHERE articleId IN (${given})`,
  ]) {
    await writer.run(sql, list);
  }
}

/** Shows or hides articles with all that belongs to them. */
export async function showParts(writer: Writer, articles: readonly Switched[]): Promise<void> {
  const rows = JSON.stringify(
    articles.map(({ id, published, hiddenBecause, digest }) => [
      ...[id, Number(published), JSON.stringify(hiddenBecause), digest],
    ]),
  );
  const switched = `(SELECT value ->> 0 AS owner, value ->> 1 AS shows, value ->> 2 AS reasons, value ->> 3 AS mark FROM json_each(?1)) AS its`;
  const showPart = (table: string, owner: string) =>
    `UPDATE ${table} SET isPublic = its.shows FROM ${switched} WHERE ${owner} = its.owner AND isPublic IS NOT its.shows`;
  const itsLink = '(SELECT isPublic FROM RelatedLink WHERE RelatedLink.id = relatedLinkId)';
  for (const sql of [
    `UPDATE Article SET published = its.shows, hiddenBecause = its.reasons, digest = its.mark
     FROM ${switched} WHERE Article.id = its.owner`,
    showPart('ArticleAlias', 'articleId'),
    showPart('ArticleTopic', 'articleId'),
    showPart('ArticleCategory', 'articleId'),
    showPart('RelatedLink', 'sourceId'),
    showPart('Image', 'articleId'),
    // The links are shown or hidden by now. Joined to them, SQLite would go through all images for each article.
    `UPDATE Image SET isPublic = ${itsLink}
     WHERE isPublic IS NOT ${itsLink} AND relatedLinkId IN (
       SELECT id FROM RelatedLink WHERE sourceId IN (SELECT value ->> 0 FROM json_each(?1)))`,
  ]) {
    await writer.run(sql, rows);
  }
}

/** Deletes articles with all that belongs to them; links that met one of them meet none. */
export async function deleteArticles(writer: Writer, ids: readonly string[]): Promise<void> {
  await deleteParts(writer, ids);
  await writer.run(`DELETE FROM Article WHERE id IN (${given})`, JSON.stringify(ids));
}
