import type { ColumnEncoding, KeyType } from '../mapping/mapping.ts';

/** What a parameter holds, where the statement alone does not tell: a text, a whole number of up to 53 bits, or a number. */
export type ValueType = KeyType;

/** What differs between databases in the statements of the read engine. All arguments and results are SQL text. */
export interface Dialect {
  /** The parameter with this number, counted from 1. A number may be used more than once. */
  parameter(number: number): string;
  /** The same, of a type. */
  typed(parameter: string, type: ValueType): string;
  /** A GraphQL name as a JSON text. Names are `[_A-Za-z][_0-9A-Za-z]*`, so nothing in them needs quoting. */
  nameLiteral(name: string): string;
  /** Text of our own as a literal. */
  textLiteral(text: string): string;
  /** A JSON object; its values are JSON, of `column`, `condition`, `nameLiteral` or the makers of JSON here, or NULL. */
  object(pairs: readonly (readonly [name: string, value: string])[]): string;
  /** A JSON array of `value` over the rows of a group, in the order of `orderBy`, of the rows where `filter` holds. */
  arrayOf(value: string, options?: { filter?: string; orderBy?: string }): string;
  /** The first or last item of a JSON array of texts, null when it is empty. */
  itemOf(array: string, end: 'first' | 'last'): string;
  /** A column as a JSON value. */
  column(sql: string, encoding: ColumnEncoding): string;
  /** A condition as a JSON boolean. */
  condition(sql: string): string;
  /** JSON that was kept as text in a common table expression. */
  fromText(sql: string): string;
  /** A cursor as encodeCursors reads it: the signature of its order, as it is, and the SQL of the row's order keys. */
  cursor(signature: string, keys: readonly { sql: string; type: KeyType }[]): string;
  /**
   * Reads the JSON object in the column `data` of the one row of `table`: as it is when it has at most as many bytes as
   * the parameter says, else their number.
   */
  within(table: string, parameter: string): string;
  /** Whether `sql` equals one of the values of a parameter that holds a JSON array. */
  inList(sql: string, parameter: string, type: ValueType): string;
  /** Rows `(value, position)` of a parameter that holds a JSON array of texts, as a FROM item with this alias. */
  listRows(parameter: string, alias: string): string;
  /** The columns of `listRows`. */
  listValue(alias: string): string;
  /** A text with its ASCII letters in lower case, and all others as they are. */
  lower(sql: string): string;
  /** The greatest of one or more values that are not null. */
  greatest(values: readonly string[]): string;
  contains(sql: string, parameter: string): string;
  startsWith(sql: string, parameter: string): string;
  endsWith(sql: string, parameter: string): string;
  /** A condition that the planner is to take for one that most rows meet, whatever index there is. */
  likely(condition: string): string;
  /** The same condition, of which the planner is to take nothing apart and by which it is to find no rows. */
  opaque(condition: string): string;
  /** The same value, by which rows are sorted or grouped without an index that has them so. */
  unindexed(sql: string): string;
  /** Whether a common table that is read in one place is written into that, where its columns are made as often as they are named. */
  inlinesCommonTables: boolean;
  /** How many symbols the database's parser can hold; Infinity where its stack grows. */
  parserStack: number;
}
