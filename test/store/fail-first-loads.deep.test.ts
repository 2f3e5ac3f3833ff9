import { expect, test } from 'vitest';
import { failFirstLoads } from './fail-first-loads.ts';
import { createRandom } from './random-edits.ts';

test.each(['kill', 'full disk'] as const)(
  'a first load that fails at any moment leaves nothing or all: %s, 50 times',
  async (how) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(`fail-first-loads: ${how}, seed ${seed}\n`);
    const outcomes = await failFirstLoads(how, 50, createRandom(seed));
    process.stderr.write(`fail-first-loads: ${how}, ${outcomes.old} old, ${outcomes.new} new\n`);
    expect(outcomes.old + outcomes.new).toBe(50);
  },
  1_800_000,
);
