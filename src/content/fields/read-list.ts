import { report, within } from '../problems/collect-problems.ts';
import type { JsonSchema, Reader } from './field-table.ts';

/** Entries of a list that are used. An answer has all of an article's, however many articles it is asked for. */
const MAX_ENTRIES = 2_000;

/** A list; a single value is a list of one, an empty item is no item, an item that cannot be read is left out. */
export function readList<T>(readItem: Reader<T>, most = MAX_ENTRIES): Reader<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) {
      const item = readItem(value, place);
      return item === null ? [] : [item];
    }
    if (value.length > most) {
      report(place, 'LIST_TOO_LONG', null, { count: String(value.length), limit: String(most) });
    }
    const items: T[] = [];
    for (const [index, entry] of value.slice(0, most).entries()) {
      const item = entry === null ? null : readItem(entry, within(place, index));
      if (item !== null) items.push(item);
    }
    return items;
  };
}

/** A list of such items, or one of them. */
export function listOf(items: object): JsonSchema {
  return { anyOf: [{ type: 'array', items }, items] };
}
