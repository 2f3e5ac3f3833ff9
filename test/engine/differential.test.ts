import { expect, test } from 'vitest';
import { runDifferential } from './differential.ts';

const seed = 20_240_221;

test(`the engine answers 200 random operations as the reference does (seed ${seed})`, async () => {
  const outcome = await runDifferential({ seed, worlds: 4, operationsAWorld: 50 });
  expect(outcome.differences).toEqual([]);
  expect(outcome.operations).toBe(200);
  // Nearly all that is made up is valid, so that no kind of operation is left out by being thrown away.
  expect(outcome.discarded).toBeLessThan(10);
});
