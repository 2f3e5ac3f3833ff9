import { expect, test } from 'vitest';
import { compareOwnWithRebuild } from './compare-own-with-rebuild.ts';

test('after any edits of files and model the database equals one made anew: 12 random sequences', async () => {
  const first = Math.floor(Math.random() * 2 ** 31);
  // The seed is what a failure is repeated with: compareOwnWithRebuild(seed, 6).
  process.stderr.write(`own-random-sync: seeds ${first} to ${first + 11}\n`);
  for (let seed = first; seed < first + 12; seed++) await compareOwnWithRebuild(seed, 6);
  expect.hasAssertions();
}, 120_000);
