import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatherChanges } from '../../src/store/watch/gather-changes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what fails is tried again ever later, once at a time, and at once anew after a success', async () => {
  const times: number[] = [];
  let isBroken = true;
  const start = performance.now();
  const changes = gatherChanges(async (paths) => {
    if (paths === null) times.push(Math.round((performance.now() - start) / 1_000));
    return { again: isBroken ? null : [] };
  });
  changes.noteAll();
  // Edits meanwhile fail too, and neither add a further retry nor put the one there is off.
  for (let edit = 0; edit < 20; edit++) {
    await vi.advanceTimersByTimeAsync(100);
    changes.note('a.md', 'written');
  }
  await vi.advanceTimersByTimeAsync(200_000);
  expect(times.slice(0, 5)).toEqual([0, 1, 3, 7, 15]);
  expect(times.length).toBeLessThan(10);
  isBroken = false;
  await vi.advanceTimersByTimeAsync(61_000);
  const last = times.length;
  await vi.advanceTimersByTimeAsync(200_000);
  expect(times).toHaveLength(last);
});
