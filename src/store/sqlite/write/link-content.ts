import { foldText } from '../../../text/keys/fold-text.ts';
import type { Writer } from '../../database/writer.ts';
import { builtInTables, type ContentTables, type KindTables } from '../own/content-tables.ts';
import { resolveLinkTargets } from './resolve-link-targets.ts';

/**
 * Brings everything that hangs on several articles up to date, for the touched keys only: which article a related link
 * or a reference meets, and the names, counts and visibility of things of all kinds; those that nothing uses any more go. Writes
 * no row that is right already.
 */
export async function linkContent(writer: Writer, tables: ContentTables = builtInTables): Promise<void> {
  for (const table of tables.links) {
    for (const sql of resolveLinkTargets(table, writer.dialect)) await writer.run(sql);
  }
  for (const kind of tables.kinds) await summarise(writer, kind);
}

/** The spelling used most among public uses, or among all when none is public; ties by code point. */
async function summarise(writer: Writer, { table, touched, uses: places }: KindTables): Promise<void> {
  if ((await writer.text(`SELECT 1 FROM ${touched} LIMIT 1`)) === null) return;
  const uses = places
    .map(
      ({ table: place, key, name, isPublic, owner, isCounted }) =>
        `SELECT ${key} AS id, ${name} AS name, ${isPublic} AS isPublic, ${isCounted ? owner : 'NULL'} AS articleId
         FROM ${place} WHERE ${key} IN (SELECT key FROM ${touched})`,
    )
    .join(' UNION ALL ');
  await writer.run(`DROP TABLE IF EXISTS temp.summary`);
  await writer.run(`
    CREATE TEMP TABLE summary AS
    WITH uses AS (${uses}),
    spelling AS (
      SELECT id, name, count(*) AS everyUse, sum(isPublic) AS publicUse
      FROM uses GROUP BY id, name),
    ranked AS (
      SELECT id, name, row_number() OVER (
        PARTITION BY id
        ORDER BY publicUse DESC, CASE WHEN mostPublic = 0 THEN everyUse END DESC, name) AS place
      FROM (SELECT *, max(publicUse) OVER (PARTITION BY id) AS mostPublic FROM spelling) AS spelt)
    SELECT ranked.id, ranked.name, total.isPublic, total.articles, total.publicArticles
    FROM ranked JOIN (
      SELECT id, max(isPublic) AS isPublic, count(DISTINCT articleId) AS articles,
        count(DISTINCT CASE WHEN isPublic = 1 THEN articleId END) AS publicArticles
      FROM uses GROUP BY id) AS total ON total.id = ranked.id
    WHERE ranked.place = 1`);
  await writer.run(
    `DELETE FROM ${table} WHERE id IN (SELECT key FROM ${touched}) AND id NOT IN (SELECT id FROM temp.summary)`,
  );
  await writer.run(`
    UPDATE ${table} SET isPublic = fresh.isPublic, articleCount = fresh.articles, publicArticleCount = fresh.publicArticles
    FROM temp.summary AS fresh
    WHERE ${table}.id = fresh.id AND (${table}.isPublic, articleCount, publicArticleCount)
      <> (fresh.isPublic, fresh.articles, fresh.publicArticles)`);
  await rename(writer, table);
}

/** Folding is JavaScript's, so that new names take a way through here. */
async function rename(writer: Writer, table: string): Promise<void> {
  const names = await writer.text(`
    SELECT json_group_array(json_array(fresh.id, fresh.name))
    FROM temp.summary AS fresh JOIN ${table} ON ${table}.id = fresh.id WHERE ${table}.name <> fresh.name`);
  const rows: [string, string][] = JSON.parse(names ?? '[]');
  if (rows.length === 0) return;
  await writer.run(
    `UPDATE ${table} SET name = value ->> 1, nameFolded = value ->> 2 FROM ${writer.dialect.rows('?')} WHERE ${table}.id = value ->> 0`,
    JSON.stringify(rows.map(([id, name]) => [id, name, foldText(name)])),
  );
}
