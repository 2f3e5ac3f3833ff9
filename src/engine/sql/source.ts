import type { Join, TableMapping } from '../mapping/mapping.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import { joinFrom, type Seen, seenOf, whereJoinSeen, whereSeen } from './visibility.ts';

/** Something with columns: the row that joins start from. */
export interface Row {
  column(name: string): string;
}

/** One expression that rows are sorted by. */
export interface SortTerm {
  sql: string;
  descending: boolean;
}

/** FROM and WHERE of the rows of one table, as reached from a parent row or from the root. */
export interface Source {
  table: TableMapping;
  /** The alias of the table itself. */
  alias: string;
  /** The alias of the joined row before it, and the join between them; null where there is none. */
  via: { alias: string; join: Join } | null;
  from: string;
  /** All conditions but what `seen` says. */
  where: string[];
  seen: Seen | null;
  order: readonly SortTerm[];
  limit: number | null;
  /** Whether the rows are found by a key of their parent's. */
  isNarrow: boolean;
  /** Whether a condition of a filter finds few rows, by an index that has what is seen, too. */
  isFound: boolean;
  /** Whether indexes have the rows in the orders of their type, for each value of what is seen. */
  isIndexed: boolean;
  /** Whether the rows of each value of what is seen are read in their order and merged; else they are sorted. */
  merges: boolean;
  /** FROM and WHERE of the same rows for counting them, where fewer tables tell their number. */
  counted: Pick<Source, 'from' | 'where'> | null;
}

type Via = NonNullable<Source['via']>;

/** A column of a source's table, read from the joined row before it where that carries it: its index has the order. */
export function columnSql({ alias, via }: Pick<Source, 'alias' | 'via'>, column: string): string {
  if (via && column === via.join.to) return `${via.alias}."${via.join.from}"`;
  const carried = via?.join.carried[column];
  return via && carried ? `${via.alias}."${carried}"` : `${alias}."${column}"`;
}

/** All rows of a table that the reader may see. */
export function rootSource(builder: PlanBuilder, table: TableMapping): Source {
  const alias = builder.alias();
  return {
    table,
    alias,
    via: null,
    from: `"${table.table}" AS ${alias}`,
    where: [],
    seen: seenOf(builder, table, (column) => `${alias}."${column}"`),
    order: [],
    limit: null,
    isNarrow: false,
    isFound: false,
    isIndexed: true,
    merges: false,
    counted: null,
  };
}

/**
 * The rows that `joins` reach from a row of `parent`, visible ones only. With `distinct`, a row that several joined
 * rows reach is there once; such a source is read through its keys and not in the order of the joined rows.
 */
export function joinedSource(
  builder: PlanBuilder,
  parent: Row,
  joins: readonly Join[],
  table: TableMapping,
  distinct = false,
): Source {
  const aliases = joins.map(() => builder.alias());
  const last = joins.length - 1;
  const alias = aliases[last] as string;
  const names = joins.map((join, i) => `"${join.table}" AS ${aliases[i]}`);
  const links = joins.map((join, i) => {
    const from = joinFrom(builder, join);
    return `${aliases[i]}."${join.to}" = ${i === 0 ? parent.column(from) : `${aliases[i - 1]}."${from}"`}`;
  });
  const seenBefore = joins
    .slice(0, -1)
    .map((join, i) => whereJoinSeen(builder, join, aliases[i] as string, true));
  const base = { table, alias, order: [], limit: null, isNarrow: true, isFound: false, merges: false };
  if (distinct && joins.length > 1) {
    const reached = [
      `SELECT ${aliases[last - 1]}."${joins[last]?.from}" FROM ${names.slice(0, -1).join(' CROSS JOIN ')}`,
      ` WHERE ${[...links.slice(0, -1), ...seenBefore.flat()].join(' AND ')}`,
    ].join('');
    return {
      ...base,
      via: null,
      from: names[last] as string,
      where: [`${alias}."${joins[last]?.to}" IN (${reached})`],
      seen: seenOf(builder, table, (column) => `${alias}."${column}"`),
      isIndexed: false,
      counted: null,
    };
  }
  const via = joins.length > 1 ? { alias: aliases[last - 1] as string, join: joins[last] as Join } : null;
  const carries = carriesVisibility(builder, table, via);
  // What the row before carries is what `seen` says.
  const others = (carries ? seenBefore.slice(0, -1) : seenBefore).flat();
  return {
    ...base,
    via,
    // CROSS JOIN keeps the order of the tables: the parent's key comes first, and the join table's order with it.
    from: names.join(' CROSS JOIN '),
    where: [...links, ...others],
    seen: seenOf(builder, table, (column) => columnSql({ alias, via }, column)),
    isIndexed: true,
    counted: carries
      ? {
          from: names.slice(0, -1).join(' CROSS JOIN '),
          where: [...links.slice(0, -1), ...others, ...whereNamed(builder, via)],
        }
      : null,
  };
}

/** That a joined row has a row behind it, where it may have none: what may name a hidden row may name one that there is not. */
function whereNamed(builder: PlanBuilder, via: Via | null): string[] {
  if (via === null || via.join.publicFrom === null) return [];
  return [`${via.alias}."${joinFrom(builder, via.join)}" IS NOT NULL`];
}

/** Whether the joined rows alone tell which rows are seen: each has one row behind it, or says that it has none. */
function carriesVisibility(builder: PlanBuilder, table: TableMapping, via: Via | null): boolean {
  if (via === null) return false;
  const column = table.visibility === 'preview' ? undefined : table.visibility?.column;
  return builder.seesHidden || column === undefined || via.join.carried[column] !== undefined;
}

/** SELECT over a source, in its order and within its limit. Columns have names where its rows are merged. */
export function select(
  builder: PlanBuilder,
  source: Source,
  columns: string,
  more: readonly string[] = [],
): string {
  if (source.merges) return selectMerged(builder, source, columns, more);
  const { from, seen, order, isNarrow, isFound } = source;
  const seenHere = whereSeen(builder, seen, (isNarrow || order.length > 0) && !isFound);
  const where = [...source.where, ...more, ...seenHere];
  return `SELECT ${columns} FROM ${from}${whereAll(where)}${endOf(source, order)}`;
}

/** The same with one column, however the source is read. */
export function selectColumn(builder: PlanBuilder, source: Source, column: string): string {
  if (!source.merges) return select(builder, source, column);
  return `SELECT v FROM (${select(builder, source, `${column} AS v`)}) AS ${builder.alias()}`;
}

/**
 * The rows of each value of what is seen are a range of an index; a compound SELECT with ORDER BY reads such ranges
 * side by side and no further than it must: https://www.sqlite.org/lang_select.html#compound_select_statements
 */
function selectMerged(
  builder: PlanBuilder,
  source: Source,
  columns: string,
  more: readonly string[],
): string {
  const { from, seen, order, isFound } = source;
  if (!seen) throw new Error('There is nothing to merge.');
  const list = [columns, ...order.map(({ sql }, i) => `${sql} AS s${i}`)].join(', ');
  const ranges = seen.values.map((value) => {
    // In a range the column is a constant: where a filter excludes it, nothing of the range is read.
    const where = [...source.where, ...more].map((sql) => replaceSeen(source, sql, value));
    const inRange = whereSeen(builder, { ...seen, values: [value] }, !isFound);
    return `SELECT ${list} FROM ${from}${whereAll([...where, ...inRange])}`;
  });
  const names = order.map(({ descending }, i) => ({ sql: `s${i}`, descending }));
  return `${ranges.join(' UNION ALL ')}${endOf(source, names)}`;
}

function replaceSeen({ table, alias, seen }: Source, sql: string, value: string): string {
  const { visibility } = table;
  const own = visibility === null || visibility === 'preview' ? '' : `${alias}."${visibility.column}"`;
  return [seen?.column ?? '', own].reduce(
    (text, column) => (column ? text.replaceAll(column, value) : text),
    sql,
  );
}

/** Whether a source has a row that meets `conditions`, which an index compares by range. */
export function exists(builder: PlanBuilder, source: Source, conditions: readonly string[]): string {
  const { from, seen, isIndexed, isFound } = source;
  // Each value by name, so that the range is found behind it.
  const all =
    seen && seen.values.length > 1 && isIndexed ? [`${seen.column} IN (${seen.values.join(', ')})`] : [];
  const where = [...source.where, ...conditions, ...whereSeen(builder, seen, !isFound), ...all];
  return `EXISTS (SELECT 1 FROM ${from}${whereAll(where)})`;
}

/** How many rows a source has. */
export function countOf(builder: PlanBuilder, source: Source, filter: string): string {
  if (filter !== '' || source.counted === null) return `(${select(builder, source, 'count(*)')})`;
  return `(${select(builder, { ...source, ...source.counted }, 'count(*)')})`;
}

function whereAll(conditions: readonly string[]): string {
  return conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
}

function endOf({ limit }: Source, order: readonly SortTerm[]): string {
  const terms = order.map(({ sql, descending }) => `${sql} ${descending ? 'DESC' : 'ASC'}`);
  const sorted = terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : '';
  return limit === null ? sorted : `${sorted} LIMIT ${limit}`;
}
