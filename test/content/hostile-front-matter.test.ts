import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hostileBlocks } from './hostile-front-matter.ts';

interface Outcome {
  name: string;
  code: string | null;
  problems: number;
  /** Of the processor's. */
  seconds: number;
}

/** In MB. The texts themselves take a good part of it; threads that load have more. */
const heap = 72;

it('hostile front matter is refused in little memory, and told of with a bounded number of problems', () => {
  const script = fileURLToPath(new URL('./parse-hostile.ts', import.meta.url));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${heap}`, '--import', 'tsx', script],
    { encoding: 'utf8' },
  );
  const outcomes = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Outcome => JSON.parse(line));
  const names = Object.keys(hostileBlocks);
  expect({ status, last: outcomes.at(-1)?.name }, stderr).toEqual({ status: 0, last: names.at(-1) });
  for (const { name, code, problems, seconds } of outcomes) {
    const expected = hostileBlocks[name]?.code ?? code;
    expect({ name, code }).toEqual({ name, code: expected });
    expect(problems).toBeLessThanOrEqual(101);
    // Of the processor, not of the clock; most take less than a tenth of it.
    expect(seconds, name).toBeLessThan(10);
  }
}, 120_000);
