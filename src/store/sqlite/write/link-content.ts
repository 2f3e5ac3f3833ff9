import { foldText } from '../../../text/keys/fold-text.ts';
import type { Writer } from '../file/writer.ts';

/**
 * Brings everything that hangs on several articles up to date, for the touched keys only: which article a related link
 * meets, and the names, counts and visibility of providers, topics and categories; those that nothing uses any more go. Writes
 * no row that is right already.
 */
export async function linkContent(writer: Writer): Promise<void> {
  for (const sql of meetArticles) await writer.run(sql);
  await summarise(writer, topics);
  await summarise(writer, categories);
  await summarise(writer, providers);
}

// The paths of touched articles: those that they had are among the touched keys.
const touchedLinks = `
  SELECT rowid FROM RelatedLink WHERE urlKey IN (SELECT key FROM touchedUrl)
  UNION SELECT rowid FROM RelatedLink WHERE pathKey IN (SELECT key FROM touchedUrl)
  UNION SELECT rowid FROM RelatedLink WHERE pathKey IN (
    SELECT pathKey FROM Article WHERE id IN (SELECT key FROM touchedArticle)
    UNION SELECT pathKey FROM ArticleAlias WHERE articleId IN (SELECT key FROM touchedArticle))
  UNION SELECT rowid FROM RelatedLink WHERE sourceId IN (SELECT key FROM touchedArticle)`;

/**
 * Articles that one address may lead to, at most. Articles that share an address are few, but for those of
 * somebody who gives all of them that of the home page: without a bound each save of one would take time by the square of their number.
 */
const MAX_CANDIDATES = 100;

// An article that everybody may see is met rather than a hidden one, then one in the language of the link's own article, then one
// that stands at the path rather than one that once did.
const meetArticles = [
  ...['meeting', 'candidate', 'touchedLink'].map((table) => `DROP TABLE IF EXISTS temp.${table}`),
  `CREATE TEMP TABLE touchedLink AS
   SELECT link.rowid AS link, link.sourceId, link.urlKey, link.pathKey, own.locale
   FROM RelatedLink AS link CROSS JOIN Article AS own ON own.id = link.sourceId
   WHERE link.rowid IN (${touchedLinks})`,
  `CREATE TEMP TABLE candidate AS
   SELECT * FROM (
     SELECT claim.key, its.id, its.published, its.locale, its.localeKey, claim.stands, row_number() OVER (
       PARTITION BY claim.key ORDER BY its.published DESC, its.localeKey, claim.stands DESC, its.id) AS place
     FROM (
       SELECT webUrlKey AS key, id, 0 AS stands FROM Article WHERE webUrlKey IN (SELECT urlKey FROM temp.touchedLink)
       UNION SELECT originalUrlKey, id, 0 FROM Article WHERE originalUrlKey IN (SELECT urlKey FROM temp.touchedLink)
       UNION ALL SELECT pathKey, id, 1 FROM Article WHERE pathKey IN (SELECT pathKey FROM temp.touchedLink)
       UNION ALL SELECT pathKey, articleId, 0 FROM ArticleAlias WHERE pathKey IN (SELECT pathKey FROM temp.touchedLink)
     ) AS claim CROSS JOIN Article AS its ON its.id = claim.id)
   WHERE place <= ${MAX_CANDIDATES}`,
  'CREATE INDEX temp.candidateByKey ON candidate (key)',
  // `link` is the row itself: where rows are ordered, columns of the outer statement are not found.
  `CREATE TEMP TABLE meeting AS
   SELECT link, (
     SELECT its.id FROM temp.touchedLink AS link CROSS JOIN temp.candidate AS its
     WHERE link.rowid = asking.rowid AND its.key IN (link.urlKey, link.pathKey) AND its.id <> link.sourceId
     ORDER BY its.published DESC, its.locale IS link.locale DESC, its.localeKey, its.stands DESC, its.id
     LIMIT 1) AS articleId
   FROM temp.touchedLink AS asking`,
  `UPDATE RelatedLink SET articleId = met.articleId, publicArticleId = met.publicId
   FROM (SELECT link, articleId, (SELECT id FROM Article WHERE id = articleId AND published) AS publicId FROM temp.meeting) AS met
   WHERE RelatedLink.rowid = met.link
     AND (RelatedLink.articleId, RelatedLink.publicArticleId) IS NOT (met.articleId, met.publicId)`,
];

interface Summary {
  table: 'Topic' | 'Category' | 'Provider';
  touched: string;
  /** Rows of id, name, isPublic, articleId: one a use; articleId is null where the use is no article. */
  uses: string;
}

function labels(table: 'Topic' | 'Category', key: string): Summary {
  const touched = `touched${table}`;
  const uses = `SELECT ${key} AS id, name, isPublic, articleId FROM Article${table} WHERE ${key} IN (SELECT key FROM ${touched})`;
  return { table, touched, uses };
}

const topics = labels('Topic', 'topicId');
const categories = labels('Category', 'categoryId');

const providers: Summary = {
  table: 'Provider',
  touched: 'touchedProvider',
  uses: `
    SELECT providerId AS id, providerName AS name, published AS isPublic, id AS articleId
    FROM Article WHERE providerId IN (SELECT key FROM touchedProvider)
    UNION ALL SELECT providerId, providerName, isPublic, NULL
    FROM RelatedLink WHERE providerId IN (SELECT key FROM touchedProvider)`,
};

/** The spelling used most among public uses, or among all when none is public; ties by code point. */
async function summarise(writer: Writer, { table, touched, uses }: Summary): Promise<void> {
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
      FROM (SELECT *, max(publicUse) OVER (PARTITION BY id) AS mostPublic FROM spelling))
    SELECT ranked.id, ranked.name, total.isPublic, total.articles, total.publicArticles
    FROM ranked JOIN (
      SELECT id, max(isPublic) AS isPublic, count(DISTINCT articleId) AS articles,
        count(DISTINCT CASE WHEN isPublic THEN articleId END) AS publicArticles
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
async function rename(writer: Writer, table: Summary['table']): Promise<void> {
  const names = await writer.text(`
    SELECT json_group_array(json_array(fresh.id, fresh.name))
    FROM temp.summary AS fresh JOIN ${table} ON ${table}.id = fresh.id WHERE ${table}.name <> fresh.name`);
  const rows: [string, string][] = JSON.parse(names ?? '[]');
  if (rows.length === 0) return;
  await writer.run(
    `UPDATE ${table} SET name = value ->> 1, nameFolded = value ->> 2 FROM json_each(?) WHERE ${table}.id = value ->> 0`,
    JSON.stringify(rows.map(([id, name]) => [id, name, foldText(name)])),
  );
}
