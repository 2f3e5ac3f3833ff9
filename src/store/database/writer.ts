import type { WriteDialect } from './write-dialect.ts';

export type SqlValue = string | number | null;

/**
 * One connection for the sync's own SQL, whichever database it is. Statements run one after another. Their parameters are `?`, or
 * `?1` where one is used twice.
 */
export interface Writer {
  /** How statements say what databases say in different ways. */
  readonly dialect: WriteDialect;
  /** Runs one statement and gives the number of rows that it changed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
  /** The first column of the first row as text, or null. */
  text(sql: string, ...values: SqlValue[]): Promise<string | null>;
  /** Begins the transaction of the one sync that may write. @throws SyncBusyError while another has it */
  begin(): Promise<void>;
  /** @param changed how many articles were written or removed */
  commit(changed: number): Promise<void>;
  /** Takes back what was written; does nothing outside of a transaction. */
  rollback(): Promise<void>;
  close(): Promise<void>;
}
