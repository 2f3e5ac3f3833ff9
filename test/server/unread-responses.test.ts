import { expect, it, vi } from 'vitest';
import { createUnreadResponses } from '../../src/server/http/unread-responses.ts';

const MIB = 1024 * 1024;

/** Bytes that are held until they are let go or closed. */
function hold(unread: ReturnType<typeof createUnreadResponses>, client: string, length: number) {
  const held = { isClosed: false, letGo: () => {} };
  held.letGo = unread.hold(client, length, () => {
    held.isClosed = true;
    held.letGo();
  });
  return held;
}

it('refuses a client that holds a quarter, and closes what the greediest holds where all hold too much', () => {
  const unread = createUnreadResponses(8 * MIB);
  const greedy = Array.from({ length: 7 }, () => hold(unread, 'greedy', MIB));
  expect([unread.isFull('greedy'), unread.isFull('modest')]).toEqual([true, false]);
  const modest = [hold(unread, 'modest', MIB), hold(unread, 'modest', MIB)];
  expect(greedy.filter(({ isClosed }) => isClosed)).toHaveLength(1);
  expect(modest.some(({ isClosed }) => isClosed)).toBe(false);
  expect(unread.bytes).toBe(8 * MIB);
  for (const held of [...greedy, ...modest]) {
    held.letGo();
    held.letGo();
  }
  expect([unread.bytes, unread.isFull('greedy')]).toEqual([0, false]);
});

it('closes what is taken too slowly, however many bytes move', () => {
  vi.useFakeTimers();
  try {
    const unread = createUnreadResponses(100 * MIB);
    const [small, large] = [hold(unread, 'a', 64 * 1024), hold(unread, 'a', 8 * MIB)];
    vi.advanceTimersByTime(62_000);
    expect([small.isClosed, large.isClosed]).toEqual([true, false]);
    vi.advanceTimersByTime(130_000);
    expect(large.isClosed).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('tells when there is room again', async () => {
  const unread = createUnreadResponses(8 * MIB);
  await unread.whenRoom('a');
  const held = [hold(unread, 'a', MIB), hold(unread, 'a', 2 * MIB)];
  let isRoom = false;
  const room = unread.whenRoom('a').then(() => {
    isRoom = true;
  });
  held[0]?.letGo();
  await new Promise(setImmediate);
  expect(isRoom).toBe(true);
  await room;
});
