import { expect, test } from 'vitest';
import { compareWithRebuild } from './compare-with-rebuild.ts';

test('after any edits the database equals a clean rebuild: 30 random sequences', async () => {
  const first = Math.floor(Math.random() * 2 ** 31);
  // The seed is what a failure is repeated with: compareWithRebuild(seed).
  process.stderr.write(`random-sync: seeds ${first} to ${first + 29}\n`);
  for (let seed = first; seed < first + 30; seed++) await compareWithRebuild(seed);
  expect.hasAssertions();
}, 120_000);

test.each([1_994_732_988])('a sequence that once ended otherwise: %i', async (seed) => {
  await compareWithRebuild(seed);
});
