import { MARK } from './cursor-mark.ts';
import type { Dialect, ValueType } from './dialect.ts';

// PostgreSQL functions take at most 100 arguments.
const MAX_ARGUMENTS = 90;

const CASTS: Readonly<Record<ValueType, string>> = { string: 'text', int: 'bigint', float: 'float8' };

/**
 * PostgreSQL 12 or newer, with texts in COLLATE "C" and truths as 0 and 1. JSON is put together as text: json_build_object puts
 * blanks between its parts, and jsonb sorts them. Values on their way into JSON are of the type text or json.
 */
export const postgresql: Dialect = {
  parameter: (number) => `$${number}`,
  typed: (parameter, type) => `${parameter}::${CASTS[type]}`,
  nameLiteral: (name) => textLiteral(`"${name}"`),
  textLiteral,
  object(pairs) {
    const parts = pairs.flatMap(([name, value], i) => [
      textLiteral(`${i === 0 ? '{' : ','}"${name}":`),
      orNull(value),
    ]);
    return concat(pairs.length === 0 ? ["'{}'"] : [...parts, "'}'"]);
  },
  arrayOf(value, { filter, orderBy } = {}) {
    const order = orderBy ? ` ORDER BY ${orderBy}` : '';
    const items = `string_agg(${asText(value)}, ','${order})${filter ? ` FILTER (WHERE ${filter})` : ''}`;
    return concat(["'['", items, "']'"]);
  },
  itemOf: (array, end) => `(${array})::json->${end === 'first' ? 0 : -1}`,
  column(sql, encoding) {
    if (encoding === 'boolean') return `CASE ${sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
    if (encoding === 'list') return sql;
    return encoding === 'float' ? float(sql) : `to_json(${sql})`;
  },
  condition: (sql) => `CASE WHEN ${sql} THEN 'true' ELSE 'false' END`,
  fromText: (sql) => sql,
  cursor(signature, keys) {
    const values = keys.map(({ sql, type }) => (type === 'float' ? float(sql) : `to_json(${sql})`));
    const parts = values.flatMap((value) => ["','", value]);
    const json = concat([textLiteral(`[${JSON.stringify(signature)}`), ...parts, "']'"]);
    return concat([textLiteral(`"\\u0001${MARK}`), `encode(convert_to(${json}, 'UTF8'), 'hex')`, `'"'`]);
  },
  within: (table, parameter) =>
    `SELECT CASE WHEN octet_length(data) > ${parameter}::bigint THEN octet_length(data)::text ELSE data END AS data FROM ${table}`,
  // As an array it is made once a statement, and an index finds its items.
  inList: (sql, parameter, type) =>
    `${sql} = ANY (ARRAY(SELECT json_array_elements_text(${parameter}::json)::${CASTS[type]}))`,
  listRows: (parameter, alias) =>
    `json_array_elements_text(${parameter}::json) WITH ORDINALITY AS ${alias}(value, position)`,
  listValue: (alias) => `${alias}.value`,
  // In this collation ASCII alone has cases.
  lower: (sql) => `lower(${sql} COLLATE "C")`,
  greatest: (values) => `greatest(${values.join(', ')})`,
  contains: (sql, parameter) => `strpos(${sql}, ${parameter}::text) > 0`,
  startsWith: (sql, parameter) => `starts_with(${sql}, ${parameter}::text)`,
  endsWith: (sql, parameter) => `right(${sql}, length(${parameter}::text)) = ${parameter}::text`,
  // The planner has figures of its own.
  likely: (condition) => condition,
  opaque: (condition) => `CASE WHEN ${condition} THEN true ELSE false END`,
  unindexed: (sql) => `coalesce(${sql}, ${sql})`,
  inlinesCommonTables: true,
  parserStack: Number.POSITIVE_INFINITY,
};

function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** One text of parts of any type; what is null is left out. Literals side by side become one. */
function concat(parts: readonly string[]): string {
  const merged = parts.reduce<string[]>((done, part) => {
    const last = done.at(-1);
    if (last !== undefined && isLiteral(last) && isLiteral(part))
      done[done.length - 1] = last.slice(0, -1) + part.slice(1);
    else done.push(part);
    return done;
  }, []);
  if (merged.length <= MAX_ARGUMENTS) return `concat(${merged.join(', ')})`;
  const groups = Array.from({ length: Math.ceil(merged.length / MAX_ARGUMENTS) }, (_, i) =>
    concat(merged.slice(i * MAX_ARGUMENTS, (i + 1) * MAX_ARGUMENTS)),
  );
  return concat(groups);
}

function isLiteral(sql: string): boolean {
  return /^'(?:[^']|'')*'$/.test(sql);
}

function isNeverNull(sql: string): boolean {
  return sql.startsWith('concat(') || isLiteral(sql);
}

function orNull(value: string): string {
  return isNeverNull(value) ? value : `coalesce(${value}, 'null')`;
}

function asText(value: string): string {
  return isNeverNull(value) ? value : `coalesce((${value})::text, 'null')`;
}

/** A number as SQLite prints it: with a point, as `5.0` or `1.0e+15`. Content has numbers of 15 digits at most. */
function float(sql: string): string {
  return `regexp_replace((${sql})::text, '^(-?\\d+)(e|$)', '\\1.0\\2')`;
}
