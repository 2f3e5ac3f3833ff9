import { expect, test } from 'vitest';
import { killSyncs } from './kill-sync.ts';
import { createRandom } from './random-edits.ts';

test('a sync killed at any moment leaves the old content or the new: 300 times', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const outcomes = await killSyncs(300, createRandom(seed));
  process.stderr.write(`kill-sync: seed ${seed}, ${outcomes.old} old, ${outcomes.new} new\n`);
  expect(outcomes.old).toBeGreaterThan(30);
  expect(outcomes.new).toBeGreaterThan(3);
}, 1_800_000);
