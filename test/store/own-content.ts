import { defaultReading } from '../../src/content/reading.ts';
import type { OwnModel } from '../../src/model/own-model.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { modelOfFormat } from '../../src/store/content-format.ts';
import { isPostgresql, openStore } from '../../src/store/open-store.ts';
import type { DatabaseReader } from '../../src/store/sqlite/read/clients.ts';
import { readRows } from './dump-content.ts';

/** A model as its owner writes it: `weight: int`. */
export function modelOf(...lines: string[]): OwnModel {
  if (lines.length === 0) return { fields: [] };
  const parsed = parseModel(`fields:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  return parsed.model;
}

/** The model that the index was made by. */
export async function readModel(reader: Pick<DatabaseReader, 'readText'>): Promise<OwnModel> {
  const sql = 'SELECT format FROM SyncState WHERE id = 1';
  return modelOfFormat(await reader.readText(sql, [], { isBounded: false }));
}

/** How files are read with a model. */
export function readingWith(model: OwnModel) {
  return { ...defaultReading, model };
}

/** All that the database has for the owner's keys: columns and rows in an order that does not depend on how they came. */
export async function dumpOwn(url: string): Promise<string[]> {
  const writer = await openStore(url).openWriter(5_000);
  try {
    const list = async (sql: string): Promise<string[]> => JSON.parse((await writer.text(sql)) ?? '[]');
    const tables = await list(
      isPostgresql(url)
        ? `SELECT json_agg(tablename) FROM pg_tables WHERE starts_with(tablename, 'own.')`
        : `SELECT json_group_array(name) FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 4) = 'own.'`,
    );
    // How they are made is each database's own.
    const lines = isPostgresql(url) ? [] : await readDefinitions(list);
    for (const table of tables) {
      // Numbers that count rows as they come.
      const rows = (await readRows(writer, table)).map(({ id, ...row }) =>
        typeof id === 'number' ? row : { id, ...row },
      );
      lines.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`));
    }
    return lines.sort();
  } finally {
    await writer.close();
  }
}

/** What makes the tables, columns and indexes of the owner's keys in SQLite. */
async function readDefinitions(list: (sql: string) => Promise<string[]>): Promise<string[]> {
  const made = await list(
    `SELECT json_group_array(sql) FROM sqlite_master
     WHERE (type = 'table' AND substr(name, 1, 4) = 'own.') OR substr(name, 1, 4) = 'own '`,
  );
  const columns = await list(
    `SELECT json_group_array(json_object('name', name, 'type', type, 'null', "notnull", 'otherwise', dflt_value))
     FROM pragma_table_info('Article') WHERE substr(name, 1, 4) = 'own.'`,
  );
  return [...made, ...columns.map((column) => `column ${JSON.stringify(column)}`)];
}
