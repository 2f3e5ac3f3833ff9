import { LRUCache } from 'lru-cache';

/** Remembers which statements are quick enough to run on the serving thread. */
export interface Pace {
  isQuick(sql: string): boolean;
  /** Notes that a run of the statement took so long. */
  note(sql: string, ms: number): void;
}

const STATEMENTS = 2_000;
const KEPT_CHARACTERS = 4 * 1024 * 1024;

/** A run that is no burden on the serving thread, in milliseconds. */
const QUICK_MS = 5;
/** A run that everybody else notices. */
const SLOW_MS = 25;
/** Quick runs in a row that make up for a slow one. */
const PENANCE = 100;

/**
 * A statement is quick once a run of it was, and until a run is slow. Nobody knows beforehand: the planner may sort what
 * looks like a page, and one provider may have a thousand times the articles of another.
 */
export function createPace(): Pace {
  const credits = new LRUCache<string, number>({
    max: STATEMENTS,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_, sql) => sql.length,
  });
  return {
    isQuick: (sql) => (credits.get(sql) ?? 0) > 0,
    note(sql, ms) {
      const credit = credits.get(sql) ?? 0;
      if (ms >= SLOW_MS) credits.set(sql, -PENANCE);
      else if (ms < QUICK_MS && credit <= 0) credits.set(sql, credit + 1);
    },
  };
}
