import type { WriteDialect } from '../../database/write-dialect.ts';
import type { LinkTable } from '../own/content-tables.ts';

/**
 * Articles that one address may lead to, at most. Articles that share an address are few, but for those of
 * somebody who gives all of them that of the home page: without a bound each save of one would take time by the square of their number.
 */
const MAX_CANDIDATES = 100;

/** The article that each touched link meets, and the same where everybody may see it. */
const MEETING =
  'SELECT link, articleId, (SELECT id FROM Article WHERE id = articleId AND published = 1) AS publicId FROM temp.meeting';

/**
 * Statements by which the rows of a table find their articles, for the touched keys only. An article that everybody may see is met
 * rather than a hidden one, then one at the address rather than one of the slug or of the file's place, then one in the language of the
 * row's own article, then one that stands at the path rather than one that once did.
 */
export function resolveLinkTargets(
  { table, owner, target, publicTarget, hasNames }: LinkTable,
  { rowKey }: Pick<WriteDialect, 'rowKey'>,
): string[] {
  const names = hasNames ? 'link.slug, link.placeKey, ' : '';
  return [
    ...['meeting', 'candidate', 'touchedLink'].map((name) => `DROP TABLE IF EXISTS temp.${name}`),
    `CREATE TEMP TABLE touchedLink AS
     SELECT link.${rowKey} AS link, link.${owner} AS sourceId, link.urlKey, link.pathKey, ${names}own.locale
     FROM ${table} AS link CROSS JOIN Article AS own
     WHERE own.id = link.${owner} AND link.${rowKey} IN (${touchedRows(table, owner, hasNames, rowKey)})`,
    'CREATE UNIQUE INDEX touchedLinkByRow ON touchedLink (link)',
    `CREATE TEMP TABLE candidate AS
     SELECT * FROM (
       SELECT claim.key, claim.way, its.id, its.published, its.locale, its.localeKey, claim.stands, row_number() OVER (
         PARTITION BY claim.way, claim.key ORDER BY its.published DESC, its.localeKey, claim.stands DESC, its.id) AS place
       FROM (${claims(hasNames)}) AS claim CROSS JOIN Article AS its WHERE its.id = claim.id) AS ranked
     WHERE place <= ${MAX_CANDIDATES}`,
    'CREATE INDEX candidateByKey ON candidate (key)',
    // `link` is the row itself: where rows are ordered, columns of the outer statement are not found.
    `CREATE TEMP TABLE meeting AS
     SELECT link, (
       SELECT its.id FROM temp.touchedLink AS link CROSS JOIN temp.candidate AS its
       WHERE link.link = asking.link AND its.key IN (${names}link.urlKey, link.pathKey) AND its.id <> link.sourceId
         AND ${hasNames ? 'CASE its.way WHEN 1 THEN its.key = link.slug WHEN 2 THEN its.key = link.placeKey ELSE its.key IN (link.urlKey, link.pathKey) END' : 'true'}
       ORDER BY its.published DESC, its.way, (its.locale IS NOT DISTINCT FROM link.locale) DESC, its.localeKey, its.stands DESC, its.id
       LIMIT 1) AS articleId
     FROM temp.touchedLink AS asking`,
    // Of articles that are as they were, as answers that show them show another one now. Changed ones are told anyway.
    `INSERT INTO relinkedArticle (key, isPublic)
     SELECT ${table}.${owner}, max(CASE WHEN ${table}.${publicTarget} IS DISTINCT FROM met.publicId THEN ${table}.isPublic ELSE 0 END)
     FROM (${MEETING}) AS met CROSS JOIN ${table}
     WHERE ${table}.${rowKey} = met.link
       AND (${table}.${target} IS DISTINCT FROM met.articleId OR ${table}.${publicTarget} IS DISTINCT FROM met.publicId)
       AND ${table}.${owner} NOT IN (SELECT key FROM touchedArticle)
     GROUP BY 1 ON CONFLICT (key) DO UPDATE SET isPublic = 1 WHERE excluded.isPublic = 1`,
    `UPDATE ${table} SET ${target} = met.articleId, ${publicTarget} = met.publicId
     FROM (${MEETING}) AS met
     WHERE ${table}.${rowKey} = met.link
       AND (${table}.${target} IS DISTINCT FROM met.articleId OR ${table}.${publicTarget} IS DISTINCT FROM met.publicId)`,
  ];
}

/** The paths of touched articles: those that they had are among the touched keys. */
function touchedRows(table: string, owner: string, hasNames: boolean, rowKey: string): string {
  const touched = 'SELECT key FROM touchedArticle';
  const byName = (column: string, before: string) => `
    UNION SELECT ${rowKey} FROM ${table} WHERE ${column} IN (SELECT key FROM ${before})
    UNION SELECT ${rowKey} FROM ${table} WHERE ${column} IN (SELECT ${column} FROM Article WHERE id IN (${touched}))`;
  return `
    SELECT ${rowKey} FROM ${table} WHERE urlKey IN (SELECT key FROM touchedUrl)
    UNION SELECT ${rowKey} FROM ${table} WHERE pathKey IN (SELECT key FROM touchedUrl)
    UNION SELECT ${rowKey} FROM ${table} WHERE pathKey IN (
      SELECT pathKey FROM Article WHERE id IN (${touched})
      UNION SELECT pathKey FROM ArticleAlias WHERE articleId IN (${touched}))
    UNION SELECT ${rowKey} FROM ${table} WHERE ${owner} IN (${touched})
    ${hasNames ? byName('slug', 'touchedSlug') + byName('placeKey', 'touchedPlace') : ''}`;
}

/** Articles by what the touched rows ask for: `way` 0 is by address, 1 by slug, 2 by the file's place. */
function claims(hasNames: boolean): string {
  const byName = (column: string, way: number) => `
    UNION ALL SELECT ${column}, ${way}, id, 1 FROM Article WHERE ${column} IN (SELECT ${column} FROM temp.touchedLink)`;
  return `
    SELECT webUrlKey AS key, 0 AS way, id, 0 AS stands FROM Article WHERE webUrlKey IN (SELECT urlKey FROM temp.touchedLink)
    UNION SELECT originalUrlKey, 0, id, 0 FROM Article WHERE originalUrlKey IN (SELECT urlKey FROM temp.touchedLink)
    UNION ALL SELECT pathKey, 0, id, 1 FROM Article WHERE pathKey IN (SELECT pathKey FROM temp.touchedLink)
    UNION ALL SELECT pathKey, 0, articleId, 0 FROM ArticleAlias WHERE pathKey IN (SELECT pathKey FROM temp.touchedLink)
    ${hasNames ? byName('slug', 1) + byName('placeKey', 2) : ''}`;
}
