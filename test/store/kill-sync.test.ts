import { expect, test } from 'vitest';
import { killSyncs } from './kill-sync.ts';
import { createRandom } from './random-edits.ts';

test('a sync killed at any moment leaves the old content or the new: 10 times', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`kill-sync: seed ${seed}\n`);
  const outcomes = await killSyncs(10, createRandom(seed));
  process.stderr.write(`kill-sync: ${outcomes.old} old, ${outcomes.new} new\n`);
  expect(outcomes.old + outcomes.new).toBe(10);
}, 120_000);
