import type { Value, ValueOf } from './value.ts';

/** A key of the front matter that has one value: everything that is known of it. */
export interface Key {
  readonly value: Value;
  /** Other names, in the order in which they are looked for after the key itself. */
  readonly aliases?: readonly string[];
  /** What other tools call it with another shape: not read, but named in "did you mean". In lower case, letters only. */
  readonly hints?: readonly string[];
  /** For authors. */
  readonly description: string;
  /** Which value counts when several of its names are there; the first when left out. */
  readonly merge?: 'earliest';
  /** Whether it decides when the public sees the article, so that the article is hidden while it cannot be read. */
  readonly decidesWhenShown?: true;
  /** Null where other columns are made of it, and none is its own. */
  readonly column: KeyColumn | null;
}

/** How a value is kept, and what clients see of it. */
export interface Column {
  /** For readers of the database's schema. */
  readonly comment?: string;
  /** Whether each row has a value. */
  readonly isRequired?: true;
  /** `ArticleText`, apart from the article, where lists and counts never read past it. */
  readonly table?: 'ArticleText';
  /**
   * The column beside it that ignores case: in each row, or only where the query cannot make it, as texts that are nothing but
   * ASCII in lower case are their own.
   */
  readonly folded?: 'always' | 'when needed';
  /** An index that finds the few rows of a value, the rows of a range, or the many of a value by when they appeared. */
  readonly index?: 'value' | 'range' | 'group';
  /** The description of its field in GraphQL; left out where it has none, or one that is made in another way. */
  readonly field?: string;
  /** The description of its filter in GraphQL; left out where it has none. */
  readonly filter?: string;
  /** The description of its order in GraphQL; left out where lists cannot be sorted by it. */
  readonly order?: string;
}

/** The column of a key. */
export interface KeyColumn extends Column {
  /** The key's own name when left out. Its field in GraphQL is called so, too. */
  readonly name?: string;
  /** What a file without the key has. */
  readonly default?: string;
}

/** A column that is made of other values. */
export interface MadeColumn extends Column {
  readonly made: 'string' | 'boolean' | 'date' | 'reasons';
}

/** The keys of a thing and the columns made of them, in the order of its table. */
export type Keys = Readonly<Record<string, Key | MadeColumn>>;

/** The names of the entries that are read from the file. */
export type ReadNames<K extends Keys> = {
  [N in keyof K & string]: K[N] extends Key ? N : never;
}[keyof K & string];

/** The keys among the entries, with their names in the file. */
export function keysOf<K extends Keys>(keys: K): { [N in ReadNames<K>]: Extract<K[N], Key> } {
  const read = Object.entries(keys).filter(([, entry]) => 'value' in entry);
  return Object.fromEntries(read) as { [N in ReadNames<K>]: Extract<K[N], Key> };
}

type ColumnName<K, N> = K extends { readonly column: { readonly name: infer M extends string } } ? M : N;
type Missing<K> = K extends { readonly column: { readonly isRequired: true } } ? never : null;

/** The values of keys under the names of their columns. */
export type ColumnValues<K extends Keys> = {
  [N in keyof K & string as K[N] extends { readonly column: object } ? ColumnName<K[N], N> : never]:
    | (K[N] extends Key ? ValueOf<K[N]['value']> : never)
    | Missing<K[N]>;
};
