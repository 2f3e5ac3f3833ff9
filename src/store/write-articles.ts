import { type EncodedArticle, tableColumns } from './encode-article.ts';
import type { Writer } from './writer.ts';

type Table = keyof typeof tableColumns;

/** Of these, a row has so many cells that it pays to make it binary before they are read one by one. */
const wideTables: ReadonlySet<Table> = new Set(['Article', 'RelatedLink', 'Image']);

/** One statement a table, whatever the number of rows. */
function insertInto(table: Table): string {
  const columns = tableColumns[table].split(' ');
  const cells = columns.map((_, index) => `value ->> ${index}`);
  // LIMIT keeps SQLite from making the row binary again for each cell.
  const rows = wideTables.has(table)
    ? '(SELECT jsonb(value) AS value FROM json_each(?) LIMIT -1)'
    : 'json_each(?)';
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${cells.join(', ')} FROM ${rows}`;
}

function upsertInto(table: Table, key: string): string {
  const others = tableColumns[table].split(' ').filter((column) => column !== key);
  const sets = others.map((column) => `${column} = excluded.${column}`);
  // Without WHERE the grammar takes ON CONFLICT for a join's condition: https://www.sqlite.org/lang_upsert.html
  return `${insertInto(table)} WHERE true ON CONFLICT (${key}) DO UPDATE SET ${sets.join(', ')}`;
}

const statements = {
  provider: `INSERT INTO Provider (id, name, nameFolded, domain, isPublic, articleCount, publicArticleCount)
    SELECT value ->> 0, '', '', value ->> 1, 0, 0, 0 FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING`,
  topic: `INSERT INTO Topic (id, slug, name, nameFolded, isPublic, articleCount, publicArticleCount)
    SELECT value ->> 0, value ->> 1, '', '', 0, 0, 0 FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING`,
  article: upsertInto('Article', 'id'),
  text: upsertInto('ArticleText', 'articleId'),
  articleTopic: insertInto('ArticleTopic'),
  link: insertInto('RelatedLink'),
  image: insertInto('Image'),
};

/**
 * Writes whole articles, whose parts of an earlier version are already deleted. RelatedLink.articleId stays null, and
 * new providers and topics without name and counts, until all articles are there.
 */
export async function writeArticles(writer: Writer, articles: readonly EncodedArticle[]): Promise<void> {
  const insert = async (sql: string, rows: readonly string[]) => {
    if (rows.length > 0) await writer.run(sql, `[${rows.join(',')}]`);
  };
  await insert(statements.provider, [...new Set(articles.flatMap((article) => article.providerMentions))]);
  await insert(statements.topic, [...new Set(articles.flatMap((article) => article.topicMentions))]);
  await insert(
    statements.article,
    articles.map(({ article }) => article),
  );
  await insert(
    statements.text,
    articles.map(({ text }) => text),
  );
  await insert(
    statements.articleTopic,
    articles.flatMap(({ topics }) => topics),
  );
  await insert(
    statements.link,
    articles.flatMap(({ links }) => links),
  );
  await insert(
    statements.image,
    articles.flatMap(({ images }) => images),
  );
}
