import type { Join, TableMapping } from './mapping.ts';
import type { PlanBuilder } from './plan.ts';

/** Something with columns: the row that joins start from. */
export interface Row {
  column(name: string): string;
}

/** FROM and WHERE of the rows of one table, as reached from a parent row or from the root. */
export interface Source {
  table: TableMapping;
  /** The alias of the table itself. */
  alias: string;
  /** The alias of the joined row before it, and the join between them; null where there is none. */
  via: { alias: string; join: Join } | null;
  from: string;
  where: string[];
  orderBy: string;
  limit: number | null;
  /** FROM and WHERE of the same rows for counting them, where fewer tables tell their number. */
  counted: { from: string; where: readonly string[] } | null;
}

type Via = NonNullable<Source['via']>;

/**
 * The predicate of a type's visibility on `alias`, or on the joined row that carries it; none for readers who see
 * hidden rows.
 */
export function visibility(
  builder: PlanBuilder,
  table: TableMapping,
  alias: string,
  via: Via | null = null,
): string[] {
  if (table.visibility === null) return [];
  if (table.visibility === 'preview') return builder.seesHidden ? [] : ['1 = 0'];
  const { column, everybody, preview } = table.visibility;
  const value = builder.seesHidden ? preview : everybody;
  if (value === null) return [];
  const sql = columnOf({ alias, via }, column);
  return [`${sql} = ${typeof value === 'number' ? value : builder.dialect.textLiteral(value)}`];
}

/** A column of a source's table, read from the joined row before it where that carries it: its index has the order. */
export function columnOf({ alias, via }: Pick<Source, 'alias' | 'via'>, column: string): string {
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
    where: visibility(builder, table, alias),
    orderBy: '',
    limit: null,
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
  const conditions = joins.map((join, i) => {
    const before = i === 0 ? parent.column(join.from) : `${aliases[i - 1]}."${join.from}"`;
    return `${aliases[i]}."${join.to}" = ${before}`;
  });
  const base = { table, alias, orderBy: '', limit: null, counted: null };
  if (distinct && joins.length > 1) {
    const target = joins[last] as Join;
    const reached = `SELECT ${aliases[last - 1]}."${target.from}" FROM ${names.slice(0, -1).join(' CROSS JOIN ')} WHERE ${conditions.slice(0, -1).join(' AND ')}`;
    return {
      ...base,
      via: null,
      from: names[last] as string,
      where: [`${alias}."${target.to}" IN (${reached})`, ...visibility(builder, table, alias)],
    };
  }
  const via = joins.length > 1 ? { alias: aliases[last - 1] as string, join: joins[last] as Join } : null;
  const seen = visibility(builder, table, alias, via);
  return {
    ...base,
    via,
    // CROSS JOIN keeps the order of the tables: the parent's key comes first, and the join table's order with it.
    from: names.join(' CROSS JOIN '),
    where: [...conditions, ...seen],
    counted:
      via && carriesVisibility(builder, table, via)
        ? { from: names.slice(0, -1).join(' CROSS JOIN '), where: [...conditions.slice(0, -1), ...seen] }
        : null,
  };
}

/** Whether the joined rows alone tell which rows are seen: each has exactly one row behind it. */
function carriesVisibility(builder: PlanBuilder, table: TableMapping, via: Via): boolean {
  const column = table.visibility === 'preview' ? undefined : table.visibility?.column;
  return builder.seesHidden || column === undefined || via.join.carried[column] !== undefined;
}

/** What can be asked of the visible rows that `joins` reach from a row. */
export interface Reach {
  /** The alias of the reached row, for conditions on it. */
  alias: string;
  /** That one is reached on which `condition` holds. Looks for each row of its own: for rows that reach few. */
  exists(condition: string): string;
  /** The same. Collects the keys of all rows that reach one, once a statement: for rows that may reach many. */
  isAmong(condition: string): string;
  /** That the number of reached rows meets `condition`, which is given the SQL of a number. Counts once a statement. */
  counts(condition: (count: string) => string): string;
}

export function reach(builder: PlanBuilder, row: Row, joins: readonly Join[], table: TableMapping): Reach {
  const source = joinedSource(builder, row, joins, table);
  const [first, ...others] = joins;
  if (!first) throw new Error('There is nothing to reach without joins.');
  const mine = () => row.column(first.from);
  // Without the parent's row, so that the planner may begin where its index is best.
  const free = freeJoins(builder, joins, table, source.alias, others.length);
  const keys = (condition: string, more = '') =>
    `SELECT ${free.key} FROM ${free.from} WHERE ${[...free.where, ...(condition ? [condition] : [])].join(' AND ')}${more}`;
  return {
    alias: source.alias,
    exists: (condition) => `EXISTS (${select(source, '1', condition ? [condition] : [])})`,
    isAmong: (condition) => `(${mine()} IS NOT NULL AND ${mine()} IN (${keys(condition)}))`,
    counts: (condition) => {
      const some = `${mine()} IN (${keys('', ` GROUP BY ${free.key} HAVING ${condition('count(*)')}`)})`;
      return `(${some} OR (${condition('0')} AND ${mine()} NOT IN (${keys('')})))`;
    },
  };
}

/** The joined tables apart from the row they start from, whose key they give; the last table has the alias `alias`. */
function freeJoins(
  builder: PlanBuilder,
  joins: readonly Join[],
  table: TableMapping,
  alias: string,
  last: number,
): { key: string; from: string; where: string[] } {
  const aliases = joins.map((_, i) => (i === last ? alias : builder.alias()));
  const key = `${aliases[0]}."${joins[0]?.to}"`;
  const links = joins
    .slice(1)
    .map((join, i) => `${aliases[i + 1]}."${join.to}" = ${aliases[i]}."${join.from}"`);
  const via = last > 0 ? { alias: aliases[last - 1] as string, join: joins[last] as Join } : null;
  return {
    key,
    from: joins.map((join, i) => `"${join.table}" AS ${aliases[i]}`).join(' JOIN '),
    where: [`${key} IS NOT NULL`, ...links, ...visibility(builder, table, alias, via)],
  };
}

/** How many rows a source has. */
export function countOf(source: Source, filter: string): string {
  if (filter !== '' || source.counted === null) return `(${select(source, 'count(*)')})`;
  const { from, where } = source.counted;
  return `(SELECT count(*) FROM ${from} WHERE ${where.join(' AND ')})`;
}

/** SELECT over a source. */
export function select(source: Source, columns: string, extraWhere: readonly string[] = []): string {
  const where = [...source.where, ...extraWhere];
  return [
    `SELECT ${columns} FROM ${source.from}`,
    where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '',
    source.orderBy ? ` ORDER BY ${source.orderBy}` : '',
    source.limit === null ? '' : ` LIMIT ${source.limit}`,
  ].join('');
}
