import { type EncodedArticle, tableColumns } from '../../rows/encode-article.ts';
import type { Writer } from '../file/writer.ts';

type Table = keyof typeof tableColumns;

/** Bodies go by so many in a statement: one takes three times as long to get out of JSON as to bind. */
const BODIES_AT_ONCE = 32;

/** One statement a table, whatever the number of rows. */
function insertInto(table: Table): string {
  const columns = tableColumns[table].split(' ');
  const cells = columns.map((_, index) => `value ->> ${index}`);
  // OFFSET keeps SQLite from flattening this and so parsing the row again for each cell: rule 14 of
  // https://www.sqlite.org/optoverview.html#subquery_flattening
  const rows = '(SELECT jsonb(value) AS value FROM json_each(?) LIMIT -1 OFFSET 0)';
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${cells.join(', ')} FROM ${rows}`;
}

function orUpdate(table: Table, key: string): string {
  const others = tableColumns[table].split(' ').filter((column) => column !== key);
  const sets = others.map((column) => `${column} = excluded.${column}`);
  return `ON CONFLICT (${key}) DO UPDATE SET ${sets.join(', ')}`;
}

function insertTexts(count: number): string {
  const columns = tableColumns.ArticleText.split(' ');
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ArticleText (${columns.join(', ')}) VALUES ${new Array(count).fill(row).join(', ')}
    ${orUpdate('ArticleText', 'articleId')}`;
}

function insertLabels(table: 'Topic' | 'Category'): string {
  return `INSERT INTO ${table} (id, slug, name, nameFolded, isPublic, articleCount, publicArticleCount)
    SELECT value ->> 0, value ->> 1, '', '', 0, 0, 0 FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING`;
}

const statements = {
  provider: `INSERT INTO Provider (id, name, nameFolded, domain, isPublic, articleCount, publicArticleCount)
    SELECT value ->> 0, '', '', value ->> 1, 0, 0, 0 FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING`,
  topic: insertLabels('Topic'),
  category: insertLabels('Category'),
  // Without WHERE the grammar takes ON CONFLICT for a join's condition: https://www.sqlite.org/lang_upsert.html
  article: `${insertInto('Article')} WHERE true ${orUpdate('Article', 'id')}`,
  alias: insertInto('ArticleAlias'),
  articleTopic: insertInto('ArticleTopic'),
  articleCategory: insertInto('ArticleCategory'),
  link: insertInto('RelatedLink'),
  image: insertInto('Image'),
};

/**
 * Writes whole articles, whose parts of an earlier version are already deleted. RelatedLink.articleId stays null, and
 * new providers, topics and categories without name and counts, until all articles are there.
 */
export async function writeArticles(writer: Writer, articles: readonly EncodedArticle[]): Promise<void> {
  const insert = async (sql: string, rows: readonly string[]) => {
    const filled = rows.filter((row) => row !== '');
    if (filled.length > 0) await writer.run(sql, `[${filled.join(',')}]`);
  };
  const column = (name: 'article' | 'aliases' | 'topics' | 'categories' | 'links' | 'images') =>
    articles.map((article) => article[name]);
  await insert(statements.provider, [...new Set(articles.flatMap((article) => article.providerMentions))]);
  await insert(statements.topic, [...new Set(articles.flatMap((article) => article.topicMentions))]);
  const categories = articles.flatMap((article) => article.categoryMentions);
  await insert(statements.category, [...new Set(categories)]);
  await insert(statements.article, column('article'));
  for (let start = 0; start < articles.length; start += BODIES_AT_ONCE) {
    const texts = articles.slice(start, start + BODIES_AT_ONCE).map(({ text }) => text);
    await writer.run(insertTexts(texts.length), ...texts.flat());
  }
  await insert(statements.alias, column('aliases'));
  await insert(statements.articleTopic, column('topics'));
  await insert(statements.articleCategory, column('categories'));
  await insert(statements.link, column('links'));
  await insert(statements.image, column('images'));
}
