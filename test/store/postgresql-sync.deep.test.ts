import { expect, test } from 'vitest';
import { createPostgresqlIndex, postgresqlServer } from '../support/postgresql.ts';
import { compareOwnWithRebuild } from './compare-own-with-rebuild.ts';
import { compareWithRebuild } from './compare-with-rebuild.ts';
import { killSyncs } from './kill-sync.ts';
import { createRandom } from './random-edits.ts';

const isThere = (await postgresqlServer()) !== null;

test.skipIf(!isThere)(
  'a sync killed at any moment leaves the old content or the new: 20 times',
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(`postgresql-sync: kills by seed ${seed}\n`);
    const outcomes = await killSyncs(20, createRandom(seed), createPostgresqlIndex);
    process.stderr.write(`postgresql-sync: ${outcomes.old} old, ${outcomes.new} new\n`);
    expect(outcomes.old + outcomes.new).toBe(20);
  },
  900_000,
);

test.skipIf(!isThere)(
  'after any edits PostgreSQL holds what a new index does: 100 random sequences',
  async () => {
    const first = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(`postgresql-sync: seeds ${first} to ${first + 99}\n`);
    for (let seed = first; seed < first + 50; seed++)
      await compareWithRebuild(seed, 8, createPostgresqlIndex);
    for (let seed = first + 50; seed < first + 100; seed++)
      await compareOwnWithRebuild(seed, 8, createPostgresqlIndex);
    expect.hasAssertions();
  },
  3_600_000,
);
