import type { WriteDialect, WrittenColumn } from '../../database/write-dialect.ts';

const CASTS: Readonly<Record<WrittenColumn['type'], string>> = {
  text: '',
  integer: '::bigint',
  real: '::float8',
};

/** PostgreSQL 12 or newer, in the spelling that spellForPostgresql takes. */
export const postgresqlWriting: WriteDialect = {
  texts: (parameter) => `json_array_elements_text(${parameter}::json) AS given(value)`,
  rows: (parameter) => `json_array_elements(${parameter}::json) AS given(value)`,
  cell: (index, type) => `(value ->> ${index})${CASTS[type]}`,
  itemsOf: (column, alias) => `json_array_elements_text(${column}::json) AS ${alias}(value)`,
  insertRows(table, columns) {
    const names = columns.map(({ name }) => name);
    const cells = columns.map(({ type }, index) => `cells[${index + 1}]${CASTS[type]}`);
    // Each row is parsed once, and not once a cell; OFFSET keeps the array from being made again for each.
    const rows = `(SELECT ARRAY(SELECT json_array_elements_text(value)) AS cells
      FROM json_array_elements(?::json) AS given(value) OFFSET 0) AS filled`;
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${cells.join(', ')} FROM ${rows} WHERE true`;
  },
  makeKeyTable: (table) =>
    `CREATE TEMP TABLE IF NOT EXISTS ${table} (key text COLLATE "C" PRIMARY KEY, isPublic smallint NOT NULL DEFAULT 0) ON COMMIT DROP`,
  // No row is written between its reading and its use.
  rowKey: 'ctid',
  // A comment is of the definition that the index was made from.
  selectIndexes: `SELECT json_object_agg(indexname, indexdef || coalesce(
      '; COMMENT ON INDEX ' || quote_ident(indexname) || ' IS ' || quote_literal(obj_description(its.oid, 'pg_class')), ''))
    FROM pg_indexes JOIN pg_class AS its ON its.relname = indexname AND its.relnamespace = current_schema()::regnamespace
    WHERE schemaname = current_schema() AND tablename IN (SELECT json_array_elements_text(?1::json))
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = its.oid)`,
  dropsIndexesInUse: false,
};
