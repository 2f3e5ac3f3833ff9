import type { Wire, WireStatement } from './driver.ts';

/** What is sent to the server for one statement. */
export interface StatementPlan {
  sql: string;
  /** The prepared statement on the connection. */
  name: string;
  /** Whether it is to be prepared first. */
  isNew: boolean;
  values: readonly (string | null)[];
  /** Prepared statements that are needed no more. */
  dropped: readonly string[];
}

/** A statement of one row with one text column, sent in one packet. */
export class TextStatement implements WireStatement {
  /** The text, or null when there is no row; settles when the server is ready for the next statement. */
  readonly done: Promise<string | null>;
  readonly #plan: StatementPlan;
  #text: string | null = null;
  #resolve: (text: string | null) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(plan: StatementPlan) {
    this.#plan = plan;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(wire: Wire): void {
    const { sql, name, isNew, values, dropped } = this.#plan;
    wire.stream.cork();
    for (const old of dropped) wire.close({ type: 'S', name: old });
    if (isNew) wire.parse({ name, text: sql, types: parameterTypes(sql, values.length) });
    wire.bind({ portal: '', statement: name, values });
    wire.execute({ portal: '', rows: 0 });
    wire.sync();
    wire.stream.uncork();
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    this.#text ??= fields[0] ?? null;
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#resolve(this.#text);
  }

  handleError(error: unknown): void {
    this.#reject(error);
  }
}

// https://www.postgresql.org/docs/current/catalog-pg-type.html
const OF_ITS_PLACE = 0;
const TEXT = 25;

/** The server tells a parameter's type by its place; one that the statement never names has none. */
function parameterTypes(sql: string, count: number): number[] {
  const named = new Set(Array.from(sql.matchAll(/\$(\d+)/g), ([, number]) => Number(number)));
  return Array.from({ length: count }, (_, i) => (named.has(i + 1) ? OF_ITS_PLACE : TEXT));
}
