import type { WriteDialect } from '../../database/write-dialect.ts';

/** SQLite 3.45 or newer. */
export const sqliteWriting: WriteDialect = {
  texts: (parameter) => `json_each(${parameter})`,
  rows: (parameter) => `json_each(${parameter})`,
  cell: (index) => `value ->> ${index}`,
  itemsOf: (column, alias) => `json_each(${column}) AS ${alias}`,
  insertRows(table, columns) {
    const names = columns.map(({ name }) => name);
    const cells = columns.map((_, index) => `value ->> ${index}`);
    // OFFSET keeps SQLite from flattening this and so parsing the row again for each cell: rule 14 of
    // https://www.sqlite.org/optoverview.html#subquery_flattening
    const rows = '(SELECT jsonb(value) AS value FROM json_each(?) LIMIT -1 OFFSET 0)';
    // Without WHERE the grammar takes ON CONFLICT for a join's condition: https://www.sqlite.org/lang_upsert.html
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${cells.join(', ')} FROM ${rows} WHERE true`;
  },
  makeKeyTable: (table) =>
    `CREATE TEMP TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, isPublic NOT NULL DEFAULT 0) WITHOUT ROWID`,
  rowKey: 'rowid',
  selectIndexes: `SELECT json_group_object(name, sql) FROM sqlite_master
    WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?1))`,
  dropsIndexesInUse: true,
};
