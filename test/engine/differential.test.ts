import { expect, test } from 'vitest';
import { runDifferential } from './differential.ts';

const seed = Number(process.argv.at(-1)) || 20_240_221;

test(`the engine answers 200 random operations as the reference does (seed ${seed})`, async () => {
  const outcome = await runDifferential({ seed, worlds: 4, operationsAWorld: 50 });
  expect(outcome.differences).toEqual([]);
  expect(outcome.operations).toBe(200);
});
