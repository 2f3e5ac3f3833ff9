import { expect, test } from 'vitest';
import { runDifferential } from './differential.ts';

// Another one at each run, so that each run proves something new. To repeat a failure, put the seed it names here.
const seed = Math.floor(Math.random() * 0xffffffff);

test(`the engine answers 2,000 random operations over 50 models of own keys as the reference does (seed ${seed})`, async () => {
  const outcome = await runDifferential({ seed, worlds: 50, operationsAWorld: 40, hasOwnKeys: true });
  expect(outcome.differences).toEqual([]);
  expect(outcome.operations).toBe(2_000);
  expect(outcome.refused).toBeGreaterThan(40);
});
