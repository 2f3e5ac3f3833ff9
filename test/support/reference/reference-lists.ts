import { foldText } from '../../../src/text/keys/fold-text.ts';
import type { FilterEvaluator, Input } from './evaluate-filter.ts';
import { Order, type OrderTerm, type OwnOrders, type Place } from './order-rows.ts';
import type { Kind, Row, World } from './world.ts';

/** What a reader sees of a world. */
export interface View {
  world: World;
  preview: boolean;
  filters: FilterEvaluator;
  version: { number: number; digest: string; syncedAt: string };
  sees: (row: Row) => boolean;
  /** The orders of articles by the owner's keys. */
  orders: OwnOrders;
}

export type Arguments = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: each resolver names the row of its own type.
export type Resolver = (row: any, args: Arguments, view: View) => unknown;

interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  filter?: Input | null;
  orderBy?: OrderTerm[] | null;
}

/** Relay's pagination over an array in memory. */
export function connect(rows: readonly Row[], kind: Kind, args: PageArguments, view: View) {
  const order = new Order(kind, args.orderBy, view.preview, view.orders);
  const all = rows
    .filter((row) => view.sees(row) && (!args.filter || view.filters.meets(row, args.filter)))
    .map((row) => ({ row, place: order.placeOf(row) }))
    .sort((a, b) => order.compare(a.place, b.place));
  const after = typeof args.after === 'string' ? order.readCursor(args.after) : null;
  const before = typeof args.before === 'string' ? order.readCursor(args.before) : null;
  const comesAfter = (place: Place) => after === null || order.compare(place, after) > 0;
  const comesBefore = (place: Place) => before === null || order.compare(place, before) < 0;
  const between = all.filter(({ place }) => comesAfter(place) && comesBefore(place));
  const backward = typeof args.last === 'number';
  const size = args.last ?? args.first ?? 20;
  const page = backward ? between.slice(Math.max(0, between.length - size)) : between.slice(0, size);
  const overflows = between.length > size;
  const edges = page.map(({ row }) => ({ cursor: order.cursorOf(row), node: row }));
  return {
    edges,
    totalCount: all.length,
    pageInfo: {
      hasNextPage: (!backward && overflows) || all.some(({ place }) => !comesBefore(place)),
      hasPreviousPage: (backward && overflows) || all.some(({ place }) => !comesAfter(place)),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A list that is short by nature, or the beginning of it. */
export function list(rows: readonly Row[], { first }: Arguments, view: View): Row[] {
  const seen = rows.filter(view.sees);
  return typeof first === 'number' ? seen.slice(0, first) : seen;
}

/** The row, unless it is hidden. */
export function seen<R extends Row>(row: R | null | undefined, view: View): R | null {
  return row && view.sees(row) ? row : null;
}

/** The only row that meets a condition, of the smallest id should there be several. */
export function find<R extends Row>(rows: readonly R[], view: View, test: (row: R) => boolean): R | null {
  const found = rows.filter((row) => view.sees(row) && test(row)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return found[0] ?? null;
}

/** Whether a row is the one that a name, a slug or an id means. */
export function isLabel({ id, slug, name }: Arguments) {
  return (row: { id: string; slug: string; name: string }) => {
    if (typeof name === 'string') return foldText(row.name) === foldText(name);
    return typeof id === 'string' ? row.id === id : row.slug === slug;
  };
}
