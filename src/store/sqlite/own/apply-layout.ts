import { type LayoutColumn, type LayoutTable, ownLayout } from '../../../model/own-layout.ts';
import type { OwnModel } from '../../../model/own-model.ts';
import { differing, noteOf } from '../../database/layout-changes.ts';
import type { Writer } from '../../database/writer.ts';
import { quoted } from './quoted.ts';
import { rebuildArticles } from './rebuild-articles.ts';
import { settleEnums } from './settle-enums.ts';

/**
 * Brings the columns, tables and indexes of the owner's keys to those that a model wants, inside the caller's transaction. What
 * is right already keeps its values; what is new is empty.
 *
 * @param addIndex creates an index, now or later. @default now
 */
export async function applyLayout(
  writer: Writer,
  model: OwnModel,
  addIndex: (name: string, sql: string) => Promise<unknown> = (_name, sql) => writer.run(sql),
): Promise<void> {
  const layout = ownLayout(model);
  const wanted = {
    columns: new Map(layout.article.columns.map((column) => [column.name, describeColumn(column)])),
    tables: new Map(layout.tables.map((table) => [table.name, createTable(table, noteOf(model, table))])),
    indexes: new Map(
      [
        ...layout.article.indexes.map((columns) => createIndex('Article', columns)),
        ...layout.tables.flatMap(({ name, indexes }) => indexes.map((columns) => createIndex(name, columns))),
      ].map(({ name, sql }) => [name, sql]),
    ),
  };
  const found = await readLayout(writer);
  const wrongColumns = differing(found.columns, wanted.columns);
  // An index may not lose one of its columns.
  for (const [name, sql] of found.indexes) {
    const isOfWrong = wrongColumns.some((column) => sql.includes(quoted(column)));
    if (wanted.indexes.get(name) === sql && !isOfWrong) continue;
    await writer.run(`DROP INDEX ${quoted(name)}`);
    found.indexes.delete(name);
  }
  for (const name of differing(found.tables, wanted.tables)) {
    await writer.run(`DROP TABLE ${quoted(name)}`);
    found.tables.delete(name);
    for (const [index, sql] of found.indexes)
      if (sql.includes(` ON ${quoted(name)} `)) found.indexes.delete(index);
  }
  for (const name of wrongColumns) found.columns.delete(name);
  await changeColumns(
    writer,
    wrongColumns,
    new Map([...wanted.columns].filter(([name]) => !found.columns.has(name))),
  );
  for (const [name, sql] of wanted.tables) if (!found.tables.has(name)) await writer.run(sql);
  for (const [name, sql] of wanted.indexes) if (!found.indexes.has(name)) await addIndex(name, sql);
  await settleEnums(writer, model);
}

/** Adding a column reads no row, dropping one rewrites them all. */
async function changeColumns(
  writer: Writer,
  dropped: readonly string[],
  added: ReadonlyMap<string, string>,
): Promise<void> {
  const mayRebuild = (await writer.text('PRAGMA foreign_keys')) === '0';
  if (dropped.length > 0 && mayRebuild) return rebuildArticles(writer, dropped, added);
  for (const name of dropped) await writer.run(`ALTER TABLE Article DROP COLUMN ${quoted(name)}`);
  for (const [name, sql] of added) await writer.run(`ALTER TABLE Article ADD COLUMN ${quoted(name)} ${sql}`);
}

/** What the database has, by name: of a column what describes it, of all else the statement that made it. */
type FoundLayout = Record<'columns' | 'tables' | 'indexes', Map<string, string>>;

async function readLayout(writer: Writer): Promise<FoundLayout> {
  const read = async (sql: string) =>
    new Map<string, string>(
      JSON.parse((await writer.text(`SELECT json_group_array(json_array(name, it)) FROM (${sql})`)) ?? '[]'),
    );
  return {
    columns: await read(
      `SELECT name, type || iif("notnull", ' NOT NULL', '') || coalesce(' DEFAULT ' || dflt_value, '') AS it
       FROM pragma_table_info('Article') WHERE substr(name, 1, 4) = 'own.'`,
    ),
    tables: await read(
      `SELECT name, sql AS it FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 4) = 'own.'`,
    ),
    indexes: await read(
      `SELECT name, sql AS it FROM sqlite_master WHERE type = 'index' AND substr(name, 1, 4) = 'own '`,
    ),
  };
}

function describeColumn({ type, otherwise, isNullable }: LayoutColumn): string {
  const kind = type.toUpperCase();
  if (otherwise === null) return kind;
  const value = typeof otherwise === 'number' ? otherwise : `'${otherwise.replaceAll("'", "''")}'`;
  return `${kind}${isNullable ? '' : ' NOT NULL'} DEFAULT ${value}`;
}

function createTable({ name, columns, key }: LayoutTable, note: string): string {
  const parts = [
    ...(key ? [] : ['id INTEGER PRIMARY KEY']),
    ...columns.map((column) => `${quoted(column.name)} ${describeColumn(column)}`),
    ...(key ? [`PRIMARY KEY (${key.map(quoted).join(', ')})`] : []),
  ];
  return `CREATE TABLE ${quoted(name)} (${parts.join(', ')} /* ${note} */)`;
}

function createIndex(table: string, columns: readonly string[]): { name: string; sql: string } {
  const name = `own ${table}: ${columns.join(', ')}`;
  return {
    name,
    sql: `CREATE INDEX ${quoted(name)} ON ${quoted(table)} (${columns.map(quoted).join(', ')})`,
  };
}
