import { foldText } from '../text/fold-text.ts';
import type { Writer } from './writer.ts';

/**
 * Brings everything that hangs on several articles up to date, for the touched keys only: which article a related link
 * meets, and the names, counts and visibility of providers, topics and categories; those that nothing uses any more go. Writes
 * no row that is right already.
 */
export async function linkContent(writer: Writer): Promise<void> {
  await writer.run(meetArticles);
  await summarise(writer, topics);
  await summarise(writer, categories);
  await summarise(writer, providers);
}

// An article that everybody may see is met rather than a hidden one with the same URL.
const target = `(
  SELECT id, iif(published, id, NULL) FROM Article
  WHERE (webUrlKey = urlKey OR originalUrlKey = urlKey) AND id <> sourceId
  ORDER BY published DESC, id LIMIT 1)`;
const meetArticles = `
  UPDATE RelatedLink SET (articleId, publicArticleId) = ${target}
  WHERE rowid IN (
    SELECT rowid FROM RelatedLink WHERE urlKey IN (SELECT key FROM touchedUrl)
    UNION SELECT rowid FROM RelatedLink WHERE sourceId IN (SELECT key FROM touchedArticle))
  AND (articleId, publicArticleId) IS NOT ${target}`;

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
