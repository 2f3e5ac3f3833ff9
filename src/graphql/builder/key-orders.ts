import type { PublicAndFullOrder } from '../../engine/mapping/mapping.ts';
import type { BuiltInColumn } from '../../model/built-in/columns.ts';
import { orderName } from '../../model/own-names.ts';

/** The orders of a type by name, each with the sentence that describes it. */
export interface KeyOrders {
  orders: Record<string, PublicAndFullOrder>;
  descriptions: Record<string, string>;
}

/** The orders of built-in keys, by their columns. Those by which nothing is sorted are left out. */
export function keyOrders(columns: readonly BuiltInColumn[]): KeyOrders {
  const found: KeyOrders = { orders: {}, descriptions: {} };
  for (const { name, kind, order = '', orderedBy } of columns) {
    if (orderedBy === null) continue;
    const type = kind === 'integer' || kind === 'boolean' ? 'int' : 'string';
    const key = { asc: orderedBy.asc, desc: orderedBy.desc, type } as const;
    found.orders[orderName(name)] = { public: key, full: key };
    found.descriptions[orderName(name)] = order;
  }
  return found;
}
