import { aliasTable, articleTable, textTable } from '../../../model/tables/article-tables.ts';
import { useTables } from '../../../model/tables/content-tables.ts';
import { imageTable, linkTable } from '../../../model/tables/part-tables.ts';
import type { Table } from '../../../model/tables/table.ts';
import type { EncodedArticle } from '../../rows/encode-article.ts';
import type { Writer } from '../file/writer.ts';
import { builtInTables, type ContentTables, type KindTables } from '../own/content-tables.ts';

/** Bodies go by so many in a statement: one takes three times as long to get out of JSON as to bind. */
const MAX_BODIES = 32;

/** One statement a table, whatever the number of rows. */
function insertInto(table: string, columns: readonly string[]): string {
  const cells = columns.map((_, index) => `value ->> ${index}`);
  // OFFSET keeps SQLite from flattening this and so parsing the row again for each cell: rule 14 of
  // https://www.sqlite.org/optoverview.html#subquery_flattening
  const rows = '(SELECT jsonb(value) AS value FROM json_each(?) LIMIT -1 OFFSET 0)';
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${cells.join(', ')} FROM ${rows}`;
}

function orUpdate(columns: readonly string[], key: string): string {
  const others = columns.filter((column) => column !== key);
  const sets = others.map((column) => `${column} = excluded.${column}`);
  return `ON CONFLICT (${key}) DO UPDATE SET ${sets.join(', ')}`;
}

function insertTexts(count: number): string {
  const { name, row } = textTable;
  const cells = `(${row.map(() => '?').join(', ')})`;
  return `INSERT INTO ${name} (${row.join(', ')}) VALUES ${new Array(count).fill(cells).join(', ')}
    ${orUpdate(row, 'articleId')}`;
}

function insertThings({ table, handle }: KindTables): string {
  return `INSERT INTO ${table} (id, ${handle}, name, nameFolded, isPublic, articleCount, publicArticleCount)
    SELECT value ->> 0, value ->> 1, '', '', 0, 0, 0 FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING`;
}

/** In the order in which they are run but for bodies; made once for a model's tables. */
function makeStatements({ kinds, parts, columns }: ContentTables) {
  const articleColumns = [...articleTable.row, ...columns];
  const insertRows = ({ name, row }: Table) => insertInto(name, row);
  return {
    kinds: kinds.map(insertThings),
    // Without WHERE the grammar takes ON CONFLICT for a join's condition: https://www.sqlite.org/lang_upsert.html
    article: `${insertInto(articleTable.name, articleColumns)} WHERE true ${orUpdate(articleColumns, 'id')}`,
    aliases: insertRows(aliasTable),
    uses: useTables.map(insertRows),
    links: insertRows(linkTable),
    images: insertRows(imageTable),
    parts: parts.map((part) => insertInto(part.table, part.columns)),
  };
}

const known = new WeakMap<ContentTables, ReturnType<typeof makeStatements>>();

function statementsFor(tables: ContentTables): ReturnType<typeof makeStatements> {
  const made = known.get(tables) ?? makeStatements(tables);
  known.set(tables, made);
  return made;
}

/**
 * Writes whole articles, whose parts of an earlier version are already deleted. What leads to other articles stays null, and
 * new things of all kinds without name and counts, until all articles are there.
 */
export async function writeArticles(
  writer: Writer,
  articles: readonly EncodedArticle[],
  tables: ContentTables = builtInTables,
): Promise<void> {
  const statements = statementsFor(tables);
  const insert = async (sql: string, rows: readonly string[]) => {
    const filled = rows.filter((row) => row !== '');
    if (filled.length > 0) await writer.run(sql, `[${filled.join(',')}]`);
  };
  for (const [kind, sql] of statements.kinds.entries()) {
    await insert(sql, [...new Set(articles.flatMap(({ mentions }) => mentions[kind] ?? []))]);
  }
  await insert(
    statements.article,
    articles.map(({ article }) => article),
  );
  for (let start = 0; start < articles.length; start += MAX_BODIES) {
    const texts = articles.slice(start, start + MAX_BODIES).map(({ text }) => text);
    await writer.run(insertTexts(texts.length), ...texts.flat());
  }
  for (const part of ['aliases', 'links', 'images'] as const) {
    await insert(
      statements[part],
      articles.map((article) => article[part]),
    );
  }
  for (const [kind, sql] of statements.uses.entries()) {
    await insert(
      sql,
      articles.map(({ uses }) => uses[kind] ?? ''),
    );
  }
  for (const [part, sql] of statements.parts.entries()) {
    await insert(
      sql,
      articles.map(({ parts }) => parts[part] ?? ''),
    );
  }
}
