import type { Join, TableMapping } from '../mapping/mapping.ts';
import type { PlanBuilder } from '../plan/plan.ts';

/**
 * Which rows of a table the reader sees: those where `column` is one of `values`, all three SQL. Several values are all
 * that the column has.
 */
export interface Seen {
  column: string;
  values: readonly string[];
}

/** What the reader sees of a table; `columnOf` gives the SQL of its visibility column. Null where nothing is hidden. */
export function seenOf(
  { seesHidden, dialect }: PlanBuilder,
  { visibility }: TableMapping,
  toSql: (name: string) => string,
): Seen | null {
  if (visibility === null) return null;
  if (visibility === 'preview') return seesHidden ? null : { column: '1', values: ['0'] };
  const { column, everybody, preview } = visibility;
  const values = seesHidden ? preview : [everybody];
  return { column: toSql(column), values: values.map((value) => literal(dialect, value)) };
}

/**
 * The condition that a row is seen; none where all are. `isNarrow` says that a key finds the rows, or an order: of
 * these indexes the planner is to take one that has the visibility, too, and not the visibility alone.
 */
export function whereSeen({ dialect }: PlanBuilder, seen: Seen | null, isNarrow: boolean): string[] {
  if (seen === null || seen.values.length > 1) return [];
  const condition = `${seen.column} = ${seen.values[0]}`;
  return [isNarrow ? dialect.likely(condition) : condition];
}

/** The predicate of a type's visibility on the row of `alias` that a key finds. */
export function visibility(builder: PlanBuilder, table: TableMapping, alias: string): string[] {
  return whereSeen(
    builder,
    seenOf(builder, table, (name) => `${alias}."${name}"`),
    true,
  );
}

/** The condition that a joined row is for everybody, where the reader is; `isNarrow` as in `whereSeen`. */
export function whereJoinSeen(
  builder: PlanBuilder,
  { visible }: Join,
  alias: string,
  isNarrow: boolean,
): string[] {
  if (visible === null || builder.seesHidden) return [];
  return whereSeen(builder, { column: `${alias}."${visible}"`, values: ['1'] }, isNarrow);
}

/** The column that a join starts from: for the public one that names no hidden row. */
export function joinFrom({ seesHidden }: PlanBuilder, { from, publicFrom }: Join): string {
  return seesHidden ? from : (publicFrom ?? from);
}

/** The value that a visibility column has in every row the reader sees; null where they differ or it is another column. */
export function constantOf(
  { seesHidden, dialect }: PlanBuilder,
  { visibility }: TableMapping,
  column: string,
): string | null {
  if (seesHidden || visibility === null || visibility === 'preview' || visibility.column !== column)
    return null;
  return literal(dialect, visibility.everybody);
}

function literal(dialect: PlanBuilder['dialect'], value: string | number): string {
  return typeof value === 'number' ? String(value) : dialect.textLiteral(value);
}
