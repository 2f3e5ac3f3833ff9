/** A connection whose statements run beside the serving thread, one at a time, and can be interrupted. */
export interface ReadConnection {
  /**
   * Runs a statement of one row with one text column and gives that text; null when there is no row.
   * @throws the signal's reason when it aborts, and only once the statement has truly ended; StatementTooLargeError when
   *   there is too little memory for it
   */
  run(sql: string, parameters: readonly unknown[], signal: AbortSignal): Promise<string | null>;
  /** Whether it can run more statements after one that failed so. */
  isSoundAfter(error: unknown, signal: AbortSignal): boolean;
  /** Not while a statement runs. */
  close(): void;
}

/** A statement whose result, or what it is made from, does not fit into the memory that the database may take. */
export class StatementTooLargeError extends Error {
  override readonly name = 'StatementTooLargeError';
}

/** How readText may run a statement. */
export interface ReadTextOptions {
  /** Whether the statement's time is bounded by the size of its answer. */
  isBounded: boolean;
  /** For whom it runs: clients have their turns one after another. @default the gateway itself */
  client?: string | undefined;
  /** Ends the statement when it aborts; readText rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/** What statements of the read engine run on, whichever database it is. */
export interface TextReader {
  /**
   * The text of a statement of one row with one column; null when there is no row. It runs beside the serving thread,
   * so that everything else goes on, and is interrupted when the signal aborts.
   * @throws StatementTooLargeError, or the signal's reason
   */
  readText(sql: string, parameters: readonly unknown[], options: ReadTextOptions): Promise<string | null>;
}
