import Database from 'libsql';

/** A connection that tells what its statements do. */
export interface StepCounter {
  /**
   * How many instructions of SQLite's virtual machine a run takes (https://www.sqlite.org/stmt.html): a row that is
   * visited takes some, whether it is in the answer or not.
   */
  count(statement: Statement): number;
  /** The steps of the statement's query plan. */
  explain(statement: Statement): string[];
  close(): void;
}

export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

/** Opens a database file for counting. */
export function openStepCounter(file: string): StepCounter {
  const database = new Database(file);
  const status = database.prepare('SELECT nstep FROM sqlite_stmt WHERE sql = ?');
  let runs = 0;
  return {
    count({ sql, parameters }) {
      // A text of its own: SQLite counts for a statement, and not for a run.
      runs += 1;
      const text = `${sql} -- ${runs}`;
      database.prepare(text).all([...parameters]);
      return (status.get(text) as { nstep: number }).nstep;
    },
    explain({ sql, parameters }) {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all([...parameters]);
      return (steps as { detail: string }[]).map(({ detail }) => detail);
    },
    close: () => database.close(),
  };
}

/**
 * Puts two rows into each table that nobody sees, before and behind all others in every index. A seek ends on a row
 * then, whatever the table holds, as it does in a large one; at the end of an index it takes a step less.
 */
export function fenceIndexes(file: string, tables: readonly string[]): void {
  const database = new Database(file);
  database.exec('PRAGMA foreign_keys = OFF');
  for (const table of tables) {
    const columns = database
      .prepare('SELECT name, type, "notnull" AS isRequired FROM pragma_table_info(?)')
      .all([table]) as { name: string; type: string; isRequired: number }[];
    const isText = (type: string) => type === 'TEXT' || type === 'DATETIME';
    const first = columns.map(({ type, isRequired }) => (isRequired ? (isText(type) ? '' : -9) : null));
    const last = columns.map(({ type }) => (isText(type) ? '\u{10ffff}' : 9_000_000_000_000));
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const places = columns.map(() => '?').join(', ');
    for (const row of [first, last])
      database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${places})`).run(row);
  }
  database.close();
}
