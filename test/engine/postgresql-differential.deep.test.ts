import { expect, test } from 'vitest';
import { postgresqlServer } from '../support/postgresql.ts';
import { runDifferential } from './differential.ts';

// Another one at each run, so that each run proves something new. To repeat a failure, put the seed it names here.
const seed = Math.floor(Math.random() * 0xffffffff);
const isThere = (await postgresqlServer()) !== null;

test.skipIf(!isThere)(
  `PostgreSQL answers 2,000 random operations with the bytes of SQLite (seed ${seed})`,
  async () => {
    const outcome = await runDifferential({ seed, worlds: 20, operationsAWorld: 60, onPostgresql: true });
    expect(outcome.differences).toEqual([]);
    const own = await runDifferential({
      ...{ seed, worlds: 20, operationsAWorld: 40 },
      ...{ hasOwnKeys: true, onPostgresql: true },
    });
    expect(own.differences).toEqual([]);
    expect(outcome.operations + own.operations).toBe(2_000);
  },
);
