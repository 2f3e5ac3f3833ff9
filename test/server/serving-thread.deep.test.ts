import { expect, it } from 'vitest';
import { measureServing } from './serving-thread.ts';

const seed = Math.floor(Math.random() * 0xffffffff);

it.each([20_000, 1_000_000_000])(
  `while the worst of 500 operations run on 50,000 articles, /health answers within 100 ms (seed ${seed}, cost %i)`,
  async (maxCost) => {
    const outcome = await measureServing({ articles: 50_000, operations: 500, seed, maxCost });
    process.stdout.write(`${JSON.stringify({ maxCost, ...outcome })}\n`);
    expect(outcome.longestMs).toBeLessThan(100);
    expect(Object.keys(outcome.answers)).not.toContain('500 INTERNAL_SERVER_ERROR');
  },
);
