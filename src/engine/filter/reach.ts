import type { Join, TableMapping } from '../mapping/mapping.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import { joinedSource, type Row, select } from '../sql/source.ts';
import { joinFrom, seenOf, whereJoinSeen, whereSeen } from '../sql/visibility.ts';

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
  const mine = () => row.column(joinFrom(builder, first));
  // Without the parent's row, so that the planner may begin where its index is best.
  const free = freeJoins(builder, joins, table, source.alias, others.length);
  const keys = (condition: string, key = free.key, more = '') => {
    const where = [...free.where, ...(condition ? [condition] : [])].join(' AND ');
    const list = `SELECT ${key} FROM ${free.from} WHERE ${where}${more}`;
    // Where ranges are merged each of them has the filter.
    return builder.seesHidden ? `SELECT id FROM ${builder.commonTable('m', 'id', list, true)}` : list;
  };
  return {
    alias: source.alias,
    exists: (condition) => `EXISTS (${select(builder, source, '1', condition ? [condition] : [])})`,
    isAmong: (condition) => `(${mine()} IS NOT NULL AND ${mine()} IN (${keys(condition)}))`,
    counts: (condition) => {
      const group = builder.seesHidden ? free.key : builder.dialect.unindexed(free.key);
      const some = `${mine()} IN (${keys('', group, ` GROUP BY ${group} HAVING ${condition('count(*)')}`)})`;
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
  const first = joins[0] as Join;
  const key = `${aliases[0]}."${builder.seesHidden ? first.to : (first.publicTo ?? first.to)}"`;
  const links = joins
    .slice(1)
    .map((join, i) => `${aliases[i + 1]}."${join.to}" = ${aliases[i]}."${joinFrom(builder, join)}"`);
  const tables = joins.map((join, i) => `"${join.table}" AS ${aliases[i]}`);
  const seen = seenOf(builder, table, (column) => `${alias}."${column}"`);
  // Not said to be likely: nothing else narrows these rows, and an index of the visibility is to be taken. The last
  // table has one, and whatever condition there is; those before it are reached by their keys.
  const seenBefore = joins
    .slice(0, -1)
    .flatMap((join, i) => whereJoinSeen(builder, join, aliases[i] as string, false));
  return {
    key,
    from: builder.seesHidden ? tables.join(', ') : tables.reverse().join(' CROSS JOIN '),
    // Not IS NOT NULL, by which an index of the key would be walked that has the hidden rows, too.
    where: [`NOT (${key} IS NULL)`, ...links, ...seenBefore, ...whereSeen(builder, seen, false)],
  };
}
