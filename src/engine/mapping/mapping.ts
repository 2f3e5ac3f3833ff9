import type { GraphQLField, GraphQLNamedType } from 'graphql';

/** One step from a table to another: `previous.from = table.to`. */
export interface Join {
  table: string;
  from: string;
  to: string;
  /** Columns of `table` that the row before it has too, under the names given: orders and visibility are read there. */
  carried: Readonly<Record<string, string>>;
  /** The column of `table` that is 1 in rows everybody may see; null where none is hidden. */
  visible: string | null;
  /** Columns in place of `from` and `to` that are null where those name a hidden row. */
  publicFrom: string | null;
  publicTo: string | null;
}

/** A column a list may be ordered by. Never null; where values can be missing, each direction has a key of its own. */
export interface OrderKey {
  asc: string;
  desc: string;
  type: KeyType;
}

/** What an order key is: a text, a whole number of 32 bits and one beyond, or a number. */
export type KeyType = 'string' | 'int' | 'float';

export interface OrderTerm {
  field: string;
  direction: 'ASC' | 'DESC';
}

/** How a filter input's fields read, by field name. */
export type FilterMapping = Record<string, FilterField>;
/** `isPreviewOnly`: readers without the preview scope are refused. */
export type FilterField = FilterFieldKind & { isPreviewOnly?: boolean };
type FilterFieldKind =
  /** `column` holds the text as `fold` says, and arguments are folded alike. */
  | {
      kind: 'scalar';
      column: string;
      nullable: boolean;
      type: 'string' | 'number' | 'float' | 'date' | 'boolean' | 'reasons';
      fold: 'none' | 'case' | 'domain';
      /**
       * Of a column that keeps its text unfolded: that in lower case is what is compared, but where the column `unless`,
       * if there is one, has another text for it. Null of a column that is compared as it is.
       */
      lower: { unless: string | null } | null;
      /** Whether an index finds the rows with a value: `value` where they are few, `group` where they may be many. */
      indexed: 'value' | 'group' | null;
    }
  | { kind: 'one'; joins: readonly Join[]; target: () => TableMapping }
  /** `isShort`: a list that is short by nature, such as an article's topics. */
  | { kind: 'many'; joins: readonly Join[]; target: () => TableMapping; isShort: boolean };

/** What an object type is in the database. Stands on the GraphQL type as `extensions.table`. */
export interface TableMapping {
  type: string;
  table: string;
  key: string;
  /** The columns by which no two rows are equal: the last keys of every order. */
  unique: readonly { column: string; type: 'string' | 'int' }[];
  /** The first characters of every id of this type; null for types that are no nodes. */
  idPrefix: string | null;
  /** Which rows a reader may see; null when a row is never hidden. */
  visibility: Visibility | null;
  orders: Record<string, PublicAndFullOrder>;
  defaultOrder: readonly OrderTerm[];
  filter: FilterMapping;
}

/**
 * Rows are seen whose column has a value for the reader: everybody's, or one of those for `preview`, which are all
 * that the column has when they are several. Of a type that is for `preview` no row is seen by others, and a list of it
 * at the root is refused to them with FORBIDDEN.
 */
export type Visibility =
  | { column: string; everybody: string | number; preview: readonly (string | number)[] }
  | 'preview';

/** An order whose key differs for readers who see hidden rows, such as a count. */
export interface PublicAndFullOrder {
  public: OrderKey;
  full: OrderKey;
  /** Whether readers without the preview scope are refused. */
  isPreviewOnly?: boolean;
  /** Whether indexes have it for all rows of the table alone: rows that are reached from others are sorted. */
  isOfAllRows?: boolean;
}

/** `list`: the text of a JSON list; `float`: a number that need not be whole; `plain`: a text or a whole number. */
export type ColumnEncoding = 'plain' | 'float' | 'boolean' | 'list';

/** What a field is in the database. Stands on the GraphQL field as `extensions.read`. */
export type FieldMapping =
  /** A column of the row, or of the row at the end of to-one joins. `full` replaces it for readers of hidden rows. */
  | { kind: 'column'; joins: readonly Join[]; column: string; full?: string; encoding: ColumnEncoding }
  /** An object whose fields are of the same row. */
  | { kind: 'embedded' }
  /** The name of the first case that holds, else `otherwise`. `after` names an argument of the root field. */
  | { kind: 'cases'; cases: readonly { column: string; after?: string; name: string }[]; otherwise: string }
  /** At most one row. */
  | { kind: 'one'; joins: readonly Join[] }
  /**
   * A list in the order of a column, cut by the argument `first`: short by nature, or of at most `limit`.
   * Without joins, of all rows of the table. `size` is what one is reckoned to have.
   */
  | {
      kind: 'list';
      joins: readonly Join[];
      orderBy: string;
      size: number;
      limit?: number;
      after?: AfterArgument;
      peers?: Peers;
    }
  /** A Relay connection: `joins` from the parent row, none at the root. */
  | {
      kind: 'connection';
      joins: readonly Join[];
      distinct: boolean;
      after?: AfterArgument;
    }
  | { kind: 'edges' | 'totalCount' | 'pageInfo' }
  | { kind: 'edgeNode' | 'edgeCursor' }
  | { kind: 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor' }
  /** A root field that finds one row by exactly one of its arguments: argument name to the columns it may equal. */
  | { kind: 'find'; by: Record<string, FindKey>; variant?: FindVariant }
  /** The row whose key is greatest. `binds` is a version that fields below refer to. */
  | { kind: 'latest'; binds?: Pick<AfterArgument, 'argument' | 'known'> }
  /** Whether the version that the field or one above it binds is one to start over from. */
  | { kind: 'isReset' }
  /** Whether there are more rows than `limit` after a version that a field above binds. */
  | { kind: 'exceeds'; table: () => TableMapping; limit: number; after: AfterArgument }
  | { kind: 'node' }
  | { kind: 'nodeList' }
  /** Made in JavaScript from columns of the row: `columns` are read under the names of their keys. */
  | ComputedMapping;

/** An argument of the root field, the version that a client has, which a column of the rows must be greater than; 0 when it is left out. */
export interface AfterArgument {
  argument: string;
  column: string;
  known: KnownVersions;
}

/** Where it stands of which versions changes are known: columns of the row with the greatest key, by reader. */
export interface KnownVersions {
  table: string;
  key: string;
  first: Readonly<Record<'public' | 'full', string>>;
  last: Readonly<Record<'public' | 'full', string>>;
}

/** A value made in JavaScript from columns of the row, which are read under the names of `columns`' keys. */
export interface ComputedMapping {
  kind: 'computed';
  columns: Record<string, { joins: readonly Join[]; column: string }>;
  compute: Compute;
  /** Looks at the arguments, which are the same for all rows. @throws a coded error */
  check?: ((args: Record<string, unknown>) => void) | undefined;
  /** The column that is the value as it stands when no argument is given. */
  plain?: string;
  /** What making one value costs, in rows that could be read in its time. */
  weight: number;
}

/** Rows of the parent's own table that have one of these columns in common with it, and differ from it in another. */
export interface Peers {
  anyOf: readonly string[];
  differs: string;
}

/** Where several rows are found: an argument that names the one by a column, and the column whose least value decides without it. */
export interface FindVariant {
  argument: string;
  column: string;
  order: string;
  normalise: (value: unknown) => string | null;
}

export interface FindKey {
  columns: readonly string[];
  /** The argument as the column stores it; null when no row can have it. */
  normalise?: (value: unknown) => string | null;
  /** A table of further values of the key, which has the columns of a FindVariant and its own visibility; behind all `columns`. */
  also?: { table: string; column: string; key: string; visible: string };
}

/** `row` has the mapping's columns, `args` the field's arguments, `context` the operation's context value. @throws a coded error */
export type Compute = (
  row: Record<string, unknown>,
  args: Record<string, unknown>,
  context: unknown,
) => unknown;

/** The mapping that stands on a GraphQL object type, if it has one. */
export function tableOf(type: GraphQLNamedType): TableMapping | undefined {
  const table = type.extensions.table as (() => TableMapping) | undefined;
  return table?.();
}

/** Whether a GraphQL field is for readers with the preview scope alone: it has `extensions.isPreviewOnly`. */
export function isPreviewOnly(field: GraphQLField<unknown, unknown>): boolean {
  return field.extensions.isPreviewOnly === true;
}

/** The mapping that stands on a GraphQL field, if it has one. */
export function mappingOf(field: GraphQLField<unknown, unknown>): FieldMapping | undefined {
  return field.extensions.read as FieldMapping | undefined;
}
