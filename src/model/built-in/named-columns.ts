import type { Column, Keys, MadeColumn } from './key.ts';
import type { Value } from './value.ts';

/** A column with what it holds and what it is called, which in GraphQL is the name of its field and filter. */
export interface NamedColumn extends Column {
  readonly name: string;
  readonly kind: Value['kind'] | MadeColumn['made'];
}

/** The columns of keys, in their order, whether or not clients see anything of them. */
export function namedColumns(keys: Keys): NamedColumn[] {
  return Object.entries(keys).flatMap(([key, entry]): NamedColumn[] => {
    if ('made' in entry) return [{ ...entry, name: key, kind: entry.made }];
    const { column, value } = entry;
    return column === null ? [] : [{ ...column, name: column.name ?? key, kind: value.kind }];
  });
}
