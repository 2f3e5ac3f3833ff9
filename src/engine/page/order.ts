import { badInput, forbidden } from '../mapping/errors.ts';
import type { KeyType, OrderTerm } from '../mapping/mapping.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import { columnSql, type SortTerm, type Source } from '../sql/source.ts';

/** One expression of an order. */
export interface SortKey extends SortTerm {
  type: KeyType;
}

/** A total order: the asked-for keys and the row's id, which no two rows share. */
export interface Order {
  keys: readonly SortKey[];
  /** Stands in each cursor, so that a cursor of another order is known. */
  signature: string;
  /** A condition that all rows meet: for an order of several fields it makes the planner walk the first one's index. */
  range: readonly string[];
  /** Whether an index has the rows of the source in it. */
  isIndexed: boolean;
}

const MAX_TERMS = 4;

// No key is less; see the order keys of the data model and of the owner's keys.
const LEAST: Readonly<Record<KeyType, string>> = { string: "''", int: '-2147483649', float: '-1.5e300' };

/** The order of a connection's rows. @throws BAD_USER_INPUT for a field named twice or too many, FORBIDDEN for one of preview readers */
export function resolveOrder(
  builder: PlanBuilder,
  source: Source,
  asked: readonly OrderTerm[],
  argument: string,
): Order {
  const { table } = source;
  const terms = asked.length > 0 ? asked : table.defaultOrder;
  if (terms.length > MAX_TERMS)
    throw badInput(argument, `${argument} has ${terms.length} fields, at most ${MAX_TERMS} are allowed.`);
  if (new Set(terms.map((term) => term.field)).size < terms.length) {
    throw badInput(argument, `${argument} names a field twice.`);
  }
  const keys = terms.map((term) => sortKey(builder, source, term, argument));
  const descending = keys.at(-1)?.descending ?? false;
  for (const { column, type } of table.unique)
    keys.push({ sql: columnSql(source, column), descending, type });
  // The audience too: a count that hidden rows are part of is another order.
  const audience = builder.seesHidden ? ['preview'] : [];
  const named = terms.map((term) => `${term.field} ${term.direction}`);
  const signature = [table.type, ...named, ...audience].join(',');
  // Rows come sorted by the first key then, and a page sorts only those that are equal in it.
  const [first] = keys;
  const range = first && terms.length > 1 ? [`${first.sql} >= ${LEAST[first.type]}`] : [];
  return { keys, signature, range, isIndexed: isIndexed(source, terms) };
}

// An index has the order of one field: what is equal in the first of several is sorted, and all that none has at all.
function isIndexed({ table, via, isIndexed, isNarrow }: Source, terms: readonly OrderTerm[]): boolean {
  const [{ field, direction } = { field: '', direction: 'ASC' }] = terms;
  const order = table.orders[field];
  if (!isIndexed || terms.length > 1 || (order?.isOfAllRows && isNarrow)) return false;
  const column = order?.full[direction === 'DESC' ? 'desc' : 'asc'];
  return via === null || column === undefined || via.join.carried[column] !== undefined;
}

function sortKey(builder: PlanBuilder, source: Source, term: OrderTerm, argument: string): SortKey {
  const order = source.table.orders[term.field];
  if (!order) throw new Error(`${source.table.type} has no order ${term.field}.`);
  if (order.isPreviewOnly && !builder.seesHidden) throw forbidden(`${argument} by ${term.field}`, 'preview');
  const key = builder.seesHidden ? order.full : order.public;
  const descending = term.direction === 'DESC';
  return { sql: columnSql(source, descending ? key.desc : key.asc), descending, type: key.type };
}

export function sortTerms({ keys }: Order, reverse: boolean): SortTerm[] {
  return keys.map(({ sql, descending }) => ({ sql, descending: descending !== reverse }));
}

/** Which way from a row, and whether the row itself counts. */
export interface Bound {
  towards: 'end' | 'start';
  inclusive: boolean;
}

/** The condition of rows on one side of the row whose keys are `values`. */
export function beyond(order: Order, values: readonly string[], { towards, inclusive }: Bound): string {
  const last = order.keys.length - 1;
  const keys = order.keys.map((key, i) => ({
    sql: key.sql,
    value: values[i] as string,
    operator: key.descending === (towards === 'end') ? '<' : '>',
    orEqual: inclusive && i === last ? '=' : '',
  }));
  const [first] = keys;
  if (keys.every((key) => key.operator === first?.operator)) {
    const [left, right] = [keys.map((key) => key.sql), keys.map((key) => key.value)];
    return `(${left.join(', ')}) ${first?.operator}${inclusive ? '=' : ''} (${right.join(', ')})`;
  }
  // Spelled out for mixed directions; the leading range on the first key is what an index can seek.
  return keys.reduceRight((rest, { sql, value, operator, orEqual }) => {
    if (rest === '') return `${sql} ${operator}${orEqual} ${value}`;
    return `${sql} ${operator}= ${value} AND (${sql} ${operator} ${value} OR (${rest}))`;
  }, '');
}
