import type { BuiltInColumn } from '../built-in/columns.ts';

/** A table of the content, as data. */
export interface Table {
  readonly name: string;
  /** For readers of the database's schema. */
  readonly comment?: string;
  readonly columns: readonly TableColumn[];
  /** The columns of a new row, as its cells come. Those left out are written later, when other rows are there. */
  readonly row: readonly string[];
  readonly relations: readonly Relation[];
  readonly primaryKey: readonly string[];
  /** Why the primary key is that. */
  readonly keyComment?: string;
  readonly indexes: readonly Index[];
}

export interface TableColumn {
  readonly name: string;
  /** As Prisma names it. */
  readonly type: 'String' | 'Int' | 'BigInt' | 'Boolean' | 'DateTime';
  readonly isNullable?: boolean;
  /** For readers of the database's schema. */
  readonly comment?: string;
  /** What rows have that are written without it. */
  readonly default?: string;
}

/** A way from a table to another, by which the read engine joins. */
export interface Relation {
  readonly name: string;
  readonly to: string;
  /** The column that holds the other's id; null where the other table has the column. */
  readonly by: string | null;
  /** Whether it leads to one row, to one or none, or to any number. */
  readonly count: 'one' | 'optional' | 'many';
  /** What becomes of a row when the other is deleted. @default nothing, and the other cannot be */
  readonly onDelete?: 'Cascade' | 'SetNull';
  /** Tells apart two ways between the same tables. */
  readonly pair?: string;
}

export interface Index {
  readonly columns: readonly string[];
  readonly isUnique?: true;
  /** Why it is there. */
  readonly comment?: string;
}

const TYPES = {
  text: 'String',
  reasons: 'String',
  integer: 'Int',
  boolean: 'Boolean',
  date: 'DateTime',
} as const satisfies Record<BuiltInColumn['kind'], TableColumn['type']>;

/** The columns of a table for a key's column: its value and, where there is one, the text that ignores case. */
export function valueColumns(column: BuiltInColumn): TableColumn[] {
  const { name, kind, comment, isRequired, folded, foldedName } = column;
  const isNullable = !isRequired;
  return [
    {
      ...{ name, type: TYPES[kind], isNullable },
      ...(comment !== undefined && { comment }),
      ...(kind === 'reasons' && { default: '[]' }),
    },
    ...(foldedName === null
      ? []
      : [{ name: foldedName, type: 'String' as const, isNullable: isNullable || folded === 'when needed' }]),
  ];
}

/** The order keys of a key's column, ascending and descending; none where it is sorted by the value itself. */
export function orderKeyColumns({ kind, orderedBy }: BuiltInColumn): TableColumn[] {
  if (!orderedBy?.missing) return [];
  const { asc, desc, missing } = orderedBy;
  const isNumber = kind === 'integer' || kind === 'boolean';
  return [
    { name: asc, type: isNumber ? typeOfNumber(missing.asc) : 'String' },
    { name: desc, type: isNumber ? typeOfNumber(missing.desc) : 'String' },
  ];
}

/** A number that Prisma's Int cannot hold needs another type. */
function typeOfNumber(number: string | number): 'Int' | 'BigInt' {
  return Math.abs(Number(number)) < 2 ** 31 ? 'Int' : 'BigInt';
}

/** Columns of one type that each row has a value of. */
export function required(type: TableColumn['type'], ...names: string[]): TableColumn[] {
  return names.map((name) => ({ name, type }));
}

/** Columns of one type that may be null. */
export function nullable(type: TableColumn['type'], ...names: string[]): TableColumn[] {
  return names.map((name) => ({ name, type, isNullable: true }));
}

/** The names of columns. */
export function namesOf(columns: readonly TableColumn[]): string[] {
  return columns.map(({ name }) => name);
}
