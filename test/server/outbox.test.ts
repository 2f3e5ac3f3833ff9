import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it, vi } from 'vitest';
import { createOutbox } from '../../src/server/outbox.ts';

const MIB = 1024 * 1024;

function response(): ServerResponse & { isDestroyed: boolean } {
  const emitter = new EventEmitter() as unknown as ServerResponse & { isDestroyed: boolean };
  emitter.isDestroyed = false;
  emitter.destroy = () => {
    emitter.isDestroyed = true;
    emitter.emit('close');
    return emitter;
  };
  return emitter;
}

it('refuses a client that holds a quarter, and closes the connections of the greediest where all hold too much', () => {
  const outbox = createOutbox(8 * MIB);
  const greedy = Array.from({ length: 7 }, response);
  for (const one of greedy) outbox.note(one, MIB, 'greedy');
  expect([outbox.isFull('greedy'), outbox.isFull('modest')]).toEqual([true, false]);
  const modest = [response(), response()];
  for (const one of modest) outbox.note(one, MIB, 'modest');
  expect(greedy.filter(({ isDestroyed }) => isDestroyed)).toHaveLength(1);
  expect(modest.some(({ isDestroyed }) => isDestroyed)).toBe(false);
  expect(outbox.bytes).toBe(8 * MIB);
  for (const one of [...greedy, ...modest]) if (!one.isDestroyed) one.destroy();
  expect([outbox.bytes, outbox.isFull('greedy')]).toEqual([0, false]);
});

it('closes an answer that is taken too slowly, however many bytes move', () => {
  vi.useFakeTimers();
  try {
    const outbox = createOutbox(100 * MIB);
    const [small, large] = [response(), response()];
    outbox.note(small, 64 * 1024, 'a');
    outbox.note(large, 8 * MIB, 'a');
    vi.advanceTimersByTime(62_000);
    expect([small.isDestroyed, large.isDestroyed]).toEqual([true, false]);
    vi.advanceTimersByTime(130_000);
    expect(large.isDestroyed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
