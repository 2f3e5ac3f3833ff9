import { expect, test } from 'vitest';
import { runDifferential } from './differential.ts';

const seed = 207;

test(`the engine answers 150 random operations on keys of the owner's as the reference does (seed ${seed})`, async () => {
  const outcome = await runDifferential({ seed, worlds: 5, operationsAWorld: 30, hasOwnKeys: true });
  expect(outcome.differences).toEqual([]);
  expect(outcome.operations).toBe(150);
  expect(outcome.discarded).toBeLessThan(10);
  // Public readers ask for what is private, too.
  expect(outcome.refused).toBeGreaterThan(3);
});
