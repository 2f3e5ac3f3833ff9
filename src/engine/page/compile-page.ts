import { compileFilter } from '../filter/filter.ts';
import { badInput } from '../mapping/errors.ts';
import type { OrderTerm } from '../mapping/mapping.ts';
import type { FieldArguments, PlanBuilder } from '../plan/plan.ts';
import { type RowScope, scopeOf, selectList } from '../sql/rows.ts';
import { countOf, exists, type Source, select } from '../sql/source.ts';
import { decodeCursor } from './cursor.ts';
import { beyond, type Order, resolveOrder, sortTerms } from './order.ts';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

/** One page of a connection while it is compiled: what its fields may ask of it. */
export interface Page {
  scope: RowScope;
  isFiltered: boolean;
  /** A JSON array over the page's rows of a value on `scope`, in the order of the connection. */
  rows(value: string): string;
  cursor(): string;
  totalCount(): string;
  hasNextPage(): string;
  hasPreviousPage(): string;
  startCursor(): string;
  endCursor(): string;
  /** The connection as one row: `value`, an aggregate over the page. */
  select(value: string): string;
}

/**
 * Compiles the arguments of a connection field: `first`/`after`, `last`/`before`, `orderBy`, `filter` (Relay cursor
 * connections; hasNextPage and hasPreviousPage as there, told from the rows).
 * @throws BAD_USER_INPUT, INVALID_CURSOR
 */
export function compilePage(
  builder: PlanBuilder,
  args: FieldArguments,
  source: Source,
  options: { parent: RowScope | null; path: string; asksPageInfo: boolean },
): Page {
  const { path, parent } = options;
  const { size, backward } = readWindow(args, path);
  const asked = (args.values.orderBy ?? []) as readonly OrderTerm[];
  args.fix(({ orderBy }) => orderBy);
  const order = resolveOrder(builder, source, asked, `${path}(orderBy)`);
  const filter = compileFilter(builder, args, source.table, source.alias, `${path}(filter)`);
  if (filter.sql) source.where.push(filter.sql);
  source.isFound = filter.findsFew && source.via === null;

  const after = cursorValues(builder, args, order, 'after', path);
  const before = cursorValues(builder, args, order, 'before', path);
  const bounds = [
    ...order.range,
    after && beyond(order, after, { towards: 'end', inclusive: false }),
    before && beyond(order, before, { towards: 'start', inclusive: false }),
  ].filter((bound) => bound !== null);
  const inOrder = {
    ...source,
    where: [...source.where, ...bounds],
    // The few rows that are found are sorted: an index of the order would be walked past all others.
    order: sortTerms(order, backward).map(({ sql, descending }) => ({
      sql: source.isFound ? builder.dialect.unindexed(sql) : sql,
      descending,
    })),
    merges: source.isIndexed && (source.seen?.values.length ?? 0) > 1,
  };
  const scope = scopeOf(
    builder,
    { ...inOrder, limit: size },
    { alias: builder.alias(), rows: (parent?.rows ?? 1) * Math.max(size, 1), parent },
  );

  const sorts = !order.isIndexed;
  const filters = filter.sql !== '' && !filter.findsFew;
  const scan = () =>
    builder.addScan(
      { table: source.table.table, parent: parent?.table.table ?? null, times: parent?.rows ?? 1 },
      path,
    );
  const { each, once } = filter.relations;
  // Each condition on a relation looks at rows of its own, for each row that is filtered or for all of them at once.
  const scanRelations = () => {
    if (filters) for (let i = 0; i < each; i += 1) scan();
    for (const table of once) builder.addScan({ table, parent: null, times: 1 }, path);
  };

  // One row more than the page tells whether there is a next one; numbers tell it from the page's own.
  const numbered = backward || options.asksPageInfo;
  const { dialect } = builder;
  const inPage = () => (numbered ? `${scope.alias}.n <= ${size}` : undefined);
  const cursor = () => {
    builder.noteCursors();
    const keys = order.keys.map(({ sql, type }, i) => ({ sql: scope.column(`o${i}`, sql), type }));
    return dialect.cursor(order.signature, keys);
  };
  // Without an aggregate over the page's rows, an empty page would give no row at all.
  let aggregates = false;
  const collect = (value: string) => {
    aggregates = true;
    return dialect.arrayOf(value, {
      filter: inPage(),
      orderBy: backward ? `${scope.alias}.n DESC` : undefined,
    });
  };
  const existsFrom = (values: readonly string[] | null, towards: 'start' | 'end') =>
    values === null
      ? '1 = 0'
      : exists(builder, source, [beyond(order, values, { towards, inclusive: true })]);
  const overflows = () => {
    aggregates = true;
    return `count(*) > ${size}`;
  };
  // What a cursor on the far side cuts off is there too, though the page never comes to it.
  const hasMore = (cut: readonly string[] | null, towards: 'start' | 'end') =>
    cut === null ? overflows() : `(${overflows()} OR ${existsFrom(cut, towards)})`;
  return {
    scope,
    isFiltered: filter.sql !== '',
    rows: collect,
    cursor,
    totalCount: () => {
      if (filters || !source.isIndexed) scan();
      scanRelations();
      return countOf(builder, source, filter.sql);
    },
    hasNextPage: () => dialect.condition(backward ? existsFrom(before, 'end') : hasMore(before, 'end')),
    hasPreviousPage: () => dialect.condition(backward ? hasMore(after, 'start') : existsFrom(after, 'start')),
    startCursor: () => dialect.itemOf(collect(cursor()), 'first'),
    endCursor: () => dialect.itemOf(collect(cursor()), 'last'),
    select: (value) => {
      if (!aggregates) return `SELECT ${value}`;
      if (sorts || filters) scan();
      scanRelations();
      const limit = numbered ? size + 1 : size;
      const page = select(builder, { ...inOrder, limit }, selectList(scope, source));
      const rows = numbered ? `SELECT q.*, row_number() OVER () AS n FROM (${page}) AS q` : page;
      return `SELECT ${value} FROM (${rows}) AS ${scope.alias}`;
    },
  };
}

/** The page's size, and whether it is counted from the end. */
function readWindow(args: FieldArguments, path: string): { size: number; backward: boolean } {
  args.fix(({ first, last }) => [first ?? null, last ?? null]);
  const first = args.values.first as number | null | undefined;
  const last = args.values.last as number | null | undefined;
  if (typeof first === 'number' && typeof last === 'number') {
    throw badInput(`${path}(last)`, `${path} has both first and last. Give one of them.`);
  }
  const backward = typeof last === 'number';
  const size = last ?? first ?? DEFAULT_PAGE_SIZE;
  checkSize(size, `${path}(${backward ? 'last' : 'first'})`);
  return { size, backward };
}

/** @throws BAD_USER_INPUT for a page size that is negative or over the limit */
export function checkSize(size: number, argument: string): void {
  if (size >= 0 && size <= MAX_PAGE_SIZE) return;
  throw badInput(argument, `${argument} is ${size}, but must be from 0 to ${MAX_PAGE_SIZE}.`);
}

/** The parameters of a cursor's values, or null when no cursor was given. */
function cursorValues(
  { dialect }: PlanBuilder,
  args: FieldArguments,
  order: Order,
  name: 'after' | 'before',
  path: string,
): readonly string[] | null {
  args.fix((values) => typeof values[name] === 'string');
  if (typeof args.values[name] !== 'string') return null;
  const types = order.keys.map((key) => key.type);
  const argument = `${path}(${name})`;
  const decode = (cursor: unknown) => decodeCursor(String(cursor), order.signature, types, argument);
  // A cursor that does not fit is refused now, before anything is kept.
  decode(args.values[name]);
  return types.map((type, i) =>
    dialect.typed(
      args.bind((values) => decode(values[name])[i], argument),
      type,
    ),
  );
}
