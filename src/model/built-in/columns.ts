import { foldText, foldUnlessLower } from '../../text/keys/fold-text.ts';
import { AFTER_ALL_NUMBERS, AFTER_ALL_TEXTS, AFTER_ALL_TIMES, beforeMissing } from '../../text/order-keys.ts';
import type { Column, Key, Keys, MadeColumn } from './key.ts';

/** What a column holds: `reasons` are a JSON list, and a date is a text in ISO 8601. */
type ColumnKind = 'text' | 'integer' | 'boolean' | 'date' | 'reasons';

/** A column of the keys of a thing, with the columns that go with it. */
export interface BuiltInColumn<Name extends string = string> extends Column {
  readonly name: Name;
  readonly kind: ColumnKind;
  /** The key whose value it holds; null where it is made of other values. */
  readonly key: Key | null;
  /** The column beside it that ignores case; null where there is none. */
  readonly foldedName: string | null;
  /** The columns by which lists are sorted both ways; null where they cannot be. */
  readonly orderedBy: OrderColumns | null;
}

/** By which columns lists are sorted: both are the same one where every row has a value. */
export interface OrderColumns {
  readonly asc: string;
  readonly desc: string;
  /** What rows without a value have there, so that they come last both ways; null where the columns are no order keys. */
  readonly missing: Readonly<Record<'asc' | 'desc', string | number>> | null;
}

type NameOf<K, N> = K extends MadeColumn
  ? N
  : K extends { readonly column: { readonly name: infer M extends string } }
    ? M
    : K extends { readonly column: object }
      ? N
      : never;

/** The names of the columns of keys, made ones included. */
export type ColumnNames<K extends Keys> = { [N in keyof K & string]: NameOf<K[N], N> }[keyof K & string];

/** The names of the columns that are made of other values. */
export type MadeNames<K extends Keys> = {
  [N in keyof K & string]: K[N] extends MadeColumn ? N : never;
}[keyof K & string];

/** The columns of keys, in their order. Keys without one are left out. */
export function columnsOf<K extends Keys>(keys: K): readonly BuiltInColumn<ColumnNames<K>>[] {
  return Object.entries(keys).flatMap(([name, entry]) => describeColumn(name, entry)) as BuiltInColumn<
    ColumnNames<K>
  >[];
}

function describeColumn(keyName: string, entry: Key | MadeColumn): BuiltInColumn[] {
  const key = 'value' in entry ? entry : null;
  const column = 'value' in entry ? entry.column : entry;
  if (column === null) return [];
  const name = ('name' in column ? column.name : undefined) ?? keyName;
  const kind = 'value' in entry ? kindOfValue(entry) : kindOfMade(entry);
  const foldedName = column.folded ? `${name}Folded` : null;
  return [
    {
      ...column,
      ...{ name, kind, key, foldedName, orderedBy: orderOf(name, kind, key, column, foldedName) },
    },
  ];
}

function kindOfValue({ value: { kind } }: Key): ColumnKind {
  if (kind === 'int') return 'integer';
  return kind === 'date' || kind === 'boolean' ? kind : 'text';
}

function kindOfMade({ made }: MadeColumn): ColumnKind {
  return made === 'string' ? 'text' : made;
}

function orderOf(
  name: string,
  kind: ColumnKind,
  key: Key | null,
  { order, isRequired, folded }: Column,
  foldedName: string | null,
): OrderColumns | null {
  if (order === undefined) return null;
  // A folded text that is there only when it is needed sorts nothing.
  if (isRequired && folded !== 'when needed') {
    const own = foldedName ?? name;
    return { asc: own, desc: own, missing: null };
  }
  return { asc: `${name}Asc`, desc: `${name}Desc`, missing: missingLast(kind, key) };
}

function missingLast(kind: ColumnKind, key: Key | null): OrderColumns['missing'] {
  if (kind === 'date') return { asc: AFTER_ALL_TIMES, desc: '' };
  if (kind !== 'integer' && kind !== 'boolean') return { asc: AFTER_ALL_TEXTS, desc: '' };
  return { asc: AFTER_ALL_NUMBERS, desc: Math.min(-1, leastOf(key) - 1) };
}

/** The least number that a row may have. */
function leastOf(key: Key | null): number {
  if (key?.value.kind !== 'int') return 0;
  const { least, absent } = key.value;
  return absent === least ? least + 1 : least;
}

/** What one cell of a row has. */
export type Cell = string | number | null;

/** The cell of a column's folded text. @param value the column's own */
export function caselessCell({ folded }: BuiltInColumn, value: Cell): string | null {
  if (typeof value !== 'string') return null;
  return folded === 'always' ? foldText(value) : value && foldUnlessLower(value);
}

/** The cell of one of a column's order keys. @param value the column's own @param missing what rows without one have there */
export function orderKeyCell({ folded, kind }: BuiltInColumn, missing: string | number, value: Cell): Cell {
  if (typeof value !== 'string' || kind === 'date') return value ?? missing;
  return beforeMissing(folded ? foldText(value) : value);
}
