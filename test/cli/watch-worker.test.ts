import type { Worker } from 'node:cluster';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PING, PONG, watchWorker } from '../../src/cli/serve/watch-worker.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A worker process that answers, or not. */
function watchOne() {
  const state = { answers: false, silent: 0 };
  const worker = Object.assign(new EventEmitter(), {
    isConnected: () => true,
    send({ kind }: { kind: string }) {
      if (kind === PING && state.answers) worker.emit('message', { kind: PONG });
    },
  });
  watchWorker(worker as unknown as Worker, () => {
    state.silent += 1;
  });
  return state;
}

test('one that never answers after its start is told of after a minute', () => {
  const state = watchOne();
  vi.advanceTimersByTime(59_000);
  expect(state.silent).toBe(0);
  vi.advanceTimersByTime(120_000);
  expect(state.silent).toBe(1);
});

test('one that has answered and does not any more is told of after ten seconds', () => {
  const state = watchOne();
  vi.advanceTimersByTime(30_000);
  state.answers = true;
  vi.advanceTimersByTime(120_000);
  expect(state.silent).toBe(0);
  state.answers = false;
  vi.advanceTimersByTime(12_000);
  expect(state.silent).toBe(1);
});
