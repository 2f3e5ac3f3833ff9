import { expect, test } from 'vitest';
import { compareWithRebuild } from './compare-with-rebuild.ts';

test('after any edits the database equals a clean rebuild: 500 random sequences', async () => {
  const first = Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`random-sync: seeds ${first} to ${first + 499}\n`);
  for (let seed = first; seed < first + 500; seed++) await compareWithRebuild(seed, 8);
  expect.hasAssertions();
}, 1_800_000);
