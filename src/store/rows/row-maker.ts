import {
  type Cell,
  caselessCell,
  columnsOf,
  type MadeNames,
  orderKeyCell,
} from '../../model/built-in/columns.ts';
import type { ColumnValues, Keys } from '../../model/built-in/key.ts';
import type { Table } from '../../model/tables/table.ts';

/** How the cells of columns come of a source, by the column's name. */
export type Ways<S> = Readonly<Record<string, (source: S) => Cell>>;

/**
 * How rows of a table are made: worked out once, and a cell stands where its column does.
 * @throws Error when a column comes of nothing
 */
export function rowMaker<S>({ name, row }: Table, ways: Ways<S>): (source: S) => Cell[] {
  const cells = row.map((column) => {
    const way = ways[column];
    if (!way) throw new Error(`Nothing says of what ${name}.${column} is made.`);
    return way;
  });
  return (source) => cells.map((cell) => cell(source));
}

/**
 * The ways of all columns of keys. A key's own is its value in the source.
 * @param made the ways of those that are made of other values: the compiler wants one for each
 */
export function keyWays<K extends Keys, S extends ColumnValues<K>>(
  keys: K,
  made: Readonly<Record<MadeNames<K>, (source: S) => Cell>>,
): Ways<S> {
  const ways: Record<string, (source: S) => Cell> = { ...made };
  for (const column of columnsOf(keys)) {
    const { name, key, foldedName, orderedBy } = column;
    // The type of the source says that it has each of them.
    const its = name as unknown as keyof S;
    const plain = (source: S) => plainCell(source[its] as Cell | boolean);
    const own = key === null ? ways[name] : plain;
    if (!own) continue;
    ways[name] = own;
    if (foldedName !== null) ways[foldedName] = (source) => caselessCell(column, own(source));
    if (!orderedBy?.missing) continue;
    const { asc, desc, missing } = orderedBy;
    ways[asc] = (source) => orderKeyCell(column, missing.asc, own(source));
    ways[desc] = (source) => orderKeyCell(column, missing.desc, own(source));
  }
  return ways;
}

function plainCell(value: Cell | boolean): Cell {
  return typeof value === 'boolean' ? Number(value) : value;
}

/** The same ways from something that has their source. */
export function through<S, T>(ways: Ways<T>, pick: (source: S) => T): Ways<S> {
  return Object.fromEntries(
    Object.entries(ways).map(([column, way]) => [column, (source: S) => way(pick(source))]),
  );
}
