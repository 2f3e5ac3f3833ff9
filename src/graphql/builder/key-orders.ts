import type { PublicAndFullOrder } from '../../engine/mapping/mapping.ts';
import type { Keys } from '../../model/built-in/key.ts';
import { type NamedColumn, namedColumns } from '../../model/built-in/named-columns.ts';
import { orderName } from '../../model/own-names.ts';
import { foldedName } from './key-filters.ts';
import { nullableOrder, orderKey } from './order-inputs.ts';

/** The orders of a type by name, each with the sentence that describes it. */
export interface KeyOrders {
  orders: Record<string, PublicAndFullOrder>;
  descriptions: Record<string, string>;
}

/** The orders of built-in keys: those whose column has a description for one. Values that may be missing come first. */
export function keyOrders(keys: Keys): KeyOrders {
  const sorted = namedColumns(keys).filter(({ order }) => order !== undefined);
  const columns = [
    ...sorted.filter(({ isRequired }) => !isRequired),
    ...sorted.filter(({ isRequired }) => isRequired),
  ];
  return {
    orders: Object.fromEntries(columns.map((column) => [orderName(column.name), orderOf(column)])),
    descriptions: Object.fromEntries(columns.map(({ name, order = '' }) => [orderName(name), order])),
  };
}

function orderOf({ name, kind, folded, isRequired }: NamedColumn): PublicAndFullOrder {
  const type = kind === 'int' || kind === 'boolean' ? 'int' : 'string';
  if (!isRequired) return nullableOrder(name, type);
  return orderKey(folded === 'always' ? foldedName(name) : name, type);
}

/** The columns that lists are sorted by in those orders. */
export function keyOrderColumns(keys: Keys): string[] {
  const { orders } = keyOrders(keys);
  return [...new Set(Object.values(orders).flatMap(({ full }) => [full.asc, full.desc]))];
}
