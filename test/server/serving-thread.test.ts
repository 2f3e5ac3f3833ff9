import { expect, it } from 'vitest';
import { measureServing } from './serving-thread.ts';

const seed = Math.floor(Math.random() * 0xffffffff);

it.runIf(process.platform === 'linux')(
  `no statement holds the serving thread up, however it is asked for (seed ${seed})`,
  async () => {
    const outcome = await measureServing({ articles: 2_000, operations: 10, seed, maxCost: 10_000_000 });
    expect(outcome.longestMs, JSON.stringify(outcome)).toBeLessThan(100);
    expect(Object.keys(outcome.answers)).not.toContain('500 INTERNAL_SERVER_ERROR');
  },
);
