import { type ColumnValues, type Key, type Keys, keysOf } from '../../model/built-in/key.ts';

type Values = Readonly<Record<string, unknown>>;

/** Makes the values of keys' columns of what a file says. */
export function createColumnReader<K extends Keys>(keys: K): (values: Values) => ColumnValues<K> {
  const columns = Object.entries<Key>(keysOf(keys)).flatMap(([key, { value, column }]) =>
    column === null
      ? []
      : [
          {
            key,
            name: column.name ?? key,
            absent: value.kind === 'int' ? value.absent : undefined,
            otherwise: column.default ?? null,
          },
        ],
  );
  return (values) => {
    const row: Record<string, unknown> = {};
    for (const { key, name, absent, otherwise } of columns) {
      const value = values[key] ?? null;
      row[name] = value === null || value === absent ? otherwise : value;
    }
    // Each reader gives its key's type, and who completes a row gives what a file may leave out.
    return row as ColumnValues<K>;
  };
}
