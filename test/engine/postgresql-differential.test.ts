import { expect, test } from 'vitest';
import { postgresqlServer } from '../support/postgresql.ts';
import { runDifferential } from './differential.ts';

// Each world is a database of its own, made and filled twice.
const TIMEOUT_MS = 240_000;

const isThere = (await postgresqlServer()) !== null;

test.skipIf(!isThere)(
  'PostgreSQL answers 150 random operations with the bytes of SQLite (seed 41)',
  async () => {
    const outcome = await runDifferential({ seed: 41, worlds: 3, operationsAWorld: 50, onPostgresql: true });
    expect(outcome.differences).toEqual([]);
    expect(outcome.operations).toBe(150);
  },
  TIMEOUT_MS,
);

test.skipIf(!isThere)(
  'PostgreSQL answers 120 on keys of the owner with the bytes of SQLite (seed 43)',
  async () => {
    const outcome = await runDifferential({
      ...{ seed: 43, worlds: 4, operationsAWorld: 30 },
      ...{ hasOwnKeys: true, onPostgresql: true },
    });
    expect(outcome.differences).toEqual([]);
    expect(outcome.operations).toBe(120);
    // Public readers ask for what is private, too.
    expect(outcome.refused).toBeGreaterThan(3);
  },
  TIMEOUT_MS,
);
