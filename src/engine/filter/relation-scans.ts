/** What the conditions of a filter on relations go through, beside the rows that the filter is for. */
export interface RelationScans {
  /** Conditions that look at a few rows of their own for each of the filter's rows. */
  each: number;
  /** Tables of which all rows are gone through, once a statement. */
  once: readonly string[];
}

/** What a condition on a relation goes through: a few rows for each one around it, all rows of a table, or few at all. */
export type Walk = 'each' | 'few' | { table: string };

/** Collects the scans while a filter is compiled. */
export class RelationScanner implements RelationScans {
  each = 0;
  readonly once: string[] = [];
  /** The table that is gone through where the compiler is; null for the rows that the filter is for. */
  #around: string | null = null;

  /** Notes a condition's walk, and compiles what stands inside of the condition. */
  within<T>(walk: Walk, compile: () => T): T {
    const around = this.#around;
    const table = typeof walk === 'object' ? walk.table : around;
    if (walk !== 'few' && table === null) this.each += 1;
    else if (walk !== 'few' && table !== null) this.once.push(table);
    this.#around = table;
    try {
      return compile();
    } finally {
      this.#around = around;
    }
  }
}
