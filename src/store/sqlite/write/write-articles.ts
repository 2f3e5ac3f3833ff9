import { aliasTable, articleTable, textTable } from '../../../model/tables/article-tables.ts';
import { useTables } from '../../../model/tables/content-tables.ts';
import { imageTable, linkTable } from '../../../model/tables/part-tables.ts';
import type { Table, TableColumn } from '../../../model/tables/table.ts';
import type { WriteDialect, WrittenColumn } from '../../database/write-dialect.ts';
import type { Writer } from '../../database/writer.ts';
import type { EncodedArticle } from '../../rows/encode-article.ts';
import { builtInTables, type ContentTables, type KindTables } from '../own/content-tables.ts';

/** Bodies go by so many in a statement: one takes three times as long to get out of JSON as to bind. */
const MAX_BODIES = 32;

const TYPES: Readonly<Record<TableColumn['type'], WrittenColumn['type']>> = {
  ...{ String: 'text', DateTime: 'text', Int: 'integer', BigInt: 'integer', Boolean: 'integer' },
};

/** The columns of a new row, as its cells come. */
function rowColumns({ name: table, columns, row }: Table): WrittenColumn[] {
  const types = new Map(columns.map(({ name, type }) => [name, TYPES[type]]));
  return row.map((name) => {
    const type = types.get(name);
    if (!type) throw new Error(`${table} has no column ${name}.`);
    return { name, type };
  });
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

function insertThings({ table, handle }: KindTables, dialect: WriteDialect): string {
  return `INSERT INTO ${table} (id, ${handle}, name, nameFolded, isPublic, articleCount, publicArticleCount)
    SELECT value ->> 0, value ->> 1, '', '', 0, 0, 0 FROM ${dialect.rows('?')} WHERE true ON CONFLICT (id) DO NOTHING`;
}

/** In the order in which they are run but for bodies; made once for a model's tables. */
function makeStatements({ kinds, parts, columns }: ContentTables, dialect: WriteDialect) {
  const articleColumns = [...rowColumns(articleTable), ...columns];
  const names = articleColumns.map(({ name }) => name);
  const insertRows = (table: Table) => dialect.insertRows(table.name, rowColumns(table));
  return {
    kinds: kinds.map((kind) => insertThings(kind, dialect)),
    article: `${dialect.insertRows(articleTable.name, articleColumns)} ${orUpdate(names, 'id')}`,
    aliases: insertRows(aliasTable),
    uses: useTables.map(insertRows),
    links: insertRows(linkTable),
    images: insertRows(imageTable),
    parts: parts.map((part) => dialect.insertRows(part.table, part.columns)),
  };
}

type Statements = ReturnType<typeof makeStatements>;

const known = new WeakMap<WriteDialect, WeakMap<ContentTables, Statements>>();

function statementsFor(tables: ContentTables, dialect: WriteDialect): Statements {
  const its = known.get(dialect) ?? new WeakMap<ContentTables, Statements>();
  known.set(dialect, its);
  const made = its.get(tables) ?? makeStatements(tables, dialect);
  its.set(tables, made);
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
  const statements = statementsFor(tables, writer.dialect);
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
