import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createStartQueue } from '../../src/server/limits/start-queue.ts';

/** Five that want to begin, and the order in which they did. */
function five(turns: ReturnType<typeof createStartQueue>): number[] {
  const begun: number[] = [];
  for (let at = 0; at < 5; at += 1) void turns.waitToStart().then(() => begun.push(at));
  return begun;
}

it('one begins in each turn of the event loop, in the order of asking', async () => {
  const begun = five(createStartQueue());
  expect(begun).toEqual([]);
  for (let turn = 1; turn <= 5; turn += 1) {
    await setImmediate();
    expect(begun).toEqual([0, 1, 2, 3, 4].slice(0, turn));
  }
});

it('none begins while requests come in, but not for ever', async () => {
  const turns = createStartQueue();
  const begun = five(turns);
  let waited = 0;
  while (begun.length < 1) {
    turns.noteRequest();
    waited += 1;
    await setImmediate();
  }
  expect(waited).toBe(9);
  await setImmediate();
  await setImmediate();
  expect(begun).toEqual([0, 1, 2]);
});

it('goes on when all have begun and more come', async () => {
  const turns = createStartQueue();
  for (let round = 0; round < 3; round += 1) {
    const begun = five(turns);
    for (let turn = 0; turn < 6; turn += 1) await setImmediate();
    expect(begun.length).toBe(5);
  }
});
