import { MARK } from './cursor-mark.ts';
import type { Dialect } from './dialect.ts';

/** SQLite functions take at most 127 arguments. */
const MAX_ARGUMENTS = 120;
const PAIRS_A_CALL = MAX_ARGUMENTS / 2;

/** SQLite 3.44 or newer. */
export const sqlite: Dialect = {
  parameter: (number) => `?${number}`,
  typed: (parameter) => parameter,
  nameLiteral,
  textLiteral,
  object(pairs) {
    if (pairs.length <= PAIRS_A_CALL) return `json_object(${pairText(pairs)})`;
    const [head, tail] = [pairs.slice(0, PAIRS_A_CALL), pairs.slice(PAIRS_A_CALL)];
    return chunk(tail, PAIRS_A_CALL).reduce(
      (object, part) =>
        `json_insert(${object}, ${part.map(([name, value]) => `'$."${name}"', ${value}`).join(', ')})`,
      `json_object(${pairText(head)})`,
    );
  },
  arrayOf(value, { filter, orderBy } = {}) {
    const order = orderBy ? ` ORDER BY ${orderBy}` : '';
    return `json_group_array(${value}${order})${filter ? ` FILTER (WHERE ${filter})` : ''}`;
  },
  itemOf: (array, end) => `json_extract(${array}, '${end === 'first' ? '$[0]' : '$[#-1]'}')`,
  column(sql, encoding) {
    if (encoding === 'plain' || encoding === 'float') return sql;
    if (encoding === 'list') return `json(${sql})`;
    return `CASE ${sql} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END`;
  },
  condition: (sql) => `json(iif(${sql}, 'true', 'false'))`,
  fromText: (sql) => `json(${sql})`,
  cursor(signature, keys) {
    const values = [textLiteral(signature), ...keys.map(({ sql }) => sql)];
    return `char(1) || '${MARK}' || hex(json_array(${values.join(', ')}))`;
  },
  within: (table, parameter) =>
    `SELECT CASE WHEN octet_length(data) > ${parameter} THEN '' || octet_length(data) ELSE data END AS data FROM ${table}`,
  inList: (sql, parameter) => `${sql} IN (SELECT value FROM json_each(${parameter}))`,
  listRows: (parameter, alias) => `json_each(${parameter}) AS ${alias}`,
  listValue: (alias) => `${alias}.value`,
  lower: (sql) => `lower(${sql})`,
  greatest,
  contains: (sql, parameter) => `instr(${sql}, ${parameter}) > 0`,
  startsWith: (sql, parameter) => `substr(${sql}, 1, length(${parameter})) = ${parameter}`,
  // substr(x, -0) is the whole text, so an empty suffix needs a word of its own.
  endsWith: (sql, parameter) => `(${parameter} = '' OR substr(${sql}, -length(${parameter})) = ${parameter})`,
  // Without figures of ANALYZE a value of a column is taken for rare: https://www.sqlite.org/lang_corefunc.html#likely
  likely: (condition) => `likely(${condition})`,
  opaque: (condition) => `iif(${condition}, 1, 0)`,
  unindexed: (sql) => `+${sql}`,
  inlinesCommonTables: false,
  // YYSTACKDEPTH; it grows only from SQLite 3.46 on.
  parserStack: 100,
};

function pairText(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${nameLiteral(name)}, ${value}`).join(', ');
}

function greatest(values: readonly string[]): string {
  // With one argument, `max` is the aggregate.
  if (values.length <= 1) return values[0] ?? 'NULL';
  if (values.length <= MAX_ARGUMENTS) return `max(${values.join(', ')})`;
  return greatest(chunk(values, MAX_ARGUMENTS).map(greatest));
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}

function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function nameLiteral(name: string): string {
  return `'${name}'`;
}
