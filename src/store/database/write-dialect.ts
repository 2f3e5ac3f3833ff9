/** A column of a row that the sync writes. */
export interface WrittenColumn {
  /** As SQL takes it. */
  name: string;
  type: 'text' | 'integer' | 'real';
}

/** What differs between databases in the statements of the sync. All arguments and results are SQL text. */
export interface WriteDialect {
  /** A FROM item of rows with the one column `value`, a text, of a parameter that holds a JSON array of texts. */
  texts(parameter: string): string;
  /** The same of a JSON array of arrays: the text of a cell is `value ->> 0`, and `cell` gives one of a type. */
  rows(parameter: string): string;
  /** A cell of `rows`, counted from 0. */
  cell(index: number, type: WrittenColumn['type']): string;
  /** A FROM item with the columns `value` and `owner` of a column `owner.items` that holds a JSON array of texts. */
  itemsOf(column: string, alias: string): string;
  /** A statement that inserts rows, whose cells are those of the columns, from a parameter that holds a JSON array of arrays. ON CONFLICT may follow. */
  insertRows(table: string, columns: readonly WrittenColumn[]): string;
  /** Makes a temporary table of texts `key`, each marked by `isPublic`, where there is none. */
  makeKeyTable(table: string): string;
  /** The column by which rows of any table of links are told apart at the least cost. */
  rowKey: string;
  /** A JSON object of the definitions of the indexes, by name, of tables whose names are in `?1`, a JSON array; those of keys are left out. */
  selectIndexes: string;
  /** Whether indexes may be taken away while there are articles: where readers wait for that, they may not. */
  dropsIndexesInUse: boolean;
}
