import { expect, test } from 'vitest';
import { compareOwnWithRebuild } from './compare-own-with-rebuild.ts';

test('after any edits of files and model the database equals one made anew: 50 sequences of 10', async () => {
  const first = Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`own-random-sync: seeds ${first} to ${first + 49}\n`);
  for (let seed = first; seed < first + 50; seed++) await compareOwnWithRebuild(seed, 10);
  expect.hasAssertions();
}, 600_000);
