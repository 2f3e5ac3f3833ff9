import { expect, it, vi } from 'vitest';
import { createOutbox } from '../../src/server/http/outbox.ts';

const MIB = 1024 * 1024;

/** Bytes that are held until they are let go or closed. */
function hold(outbox: ReturnType<typeof createOutbox>, client: string, length: number) {
  const held = { isClosed: false, letGo: () => {} };
  held.letGo = outbox.hold(client, length, () => {
    held.isClosed = true;
    held.letGo();
  });
  return held;
}

it('refuses a client that holds a quarter, and closes what the greediest holds where all hold too much', () => {
  const outbox = createOutbox(8 * MIB);
  const greedy = Array.from({ length: 7 }, () => hold(outbox, 'greedy', MIB));
  expect([outbox.isFull('greedy'), outbox.isFull('modest')]).toEqual([true, false]);
  const modest = [hold(outbox, 'modest', MIB), hold(outbox, 'modest', MIB)];
  expect(greedy.filter(({ isClosed }) => isClosed)).toHaveLength(1);
  expect(modest.some(({ isClosed }) => isClosed)).toBe(false);
  expect(outbox.bytes).toBe(8 * MIB);
  for (const held of [...greedy, ...modest]) {
    held.letGo();
    held.letGo();
  }
  expect([outbox.bytes, outbox.isFull('greedy')]).toEqual([0, false]);
});

it('closes what is taken too slowly, however many bytes move', () => {
  vi.useFakeTimers();
  try {
    const outbox = createOutbox(100 * MIB);
    const [small, large] = [hold(outbox, 'a', 64 * 1024), hold(outbox, 'a', 8 * MIB)];
    vi.advanceTimersByTime(62_000);
    expect([small.isClosed, large.isClosed]).toEqual([true, false]);
    vi.advanceTimersByTime(130_000);
    expect(large.isClosed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('tells when there is room again', async () => {
  const outbox = createOutbox(8 * MIB);
  await outbox.whenRoom('a');
  const held = [hold(outbox, 'a', MIB), hold(outbox, 'a', 2 * MIB)];
  let isRoom = false;
  const room = outbox.whenRoom('a').then(() => {
    isRoom = true;
  });
  held[0]?.letGo();
  await new Promise(setImmediate);
  expect(isRoom).toBe(true);
  await room;
});
