import { describe, expect, it } from 'vitest';
import { createSemaphore } from '../../src/server/limits/limit-concurrency.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A semaphore with a list of who is in and who was refused. */
function openSemaphore(maxConcurrency: number, maxQueue: number) {
  const semaphore = createSemaphore({ maxConcurrency, maxQueue });
  const inside: string[] = [];
  const refused: string[] = [];
  return {
    semaphore,
    inside,
    refused,
    async ask(client: string, times = 1) {
      for (let time = 0; time < times; time += 1) {
        try {
          void (semaphore.acquire(client, new AbortController().signal) ?? Promise.resolve()).then(
            () => inside.push(client),
            () => refused.push(client),
          );
        } catch {
          refused.push(client);
        }
      }
      await settle();
    },
    async leave() {
      const client = inside.shift();
      semaphore.release(String(client));
      await settle();
    },
  };
}

describe('one client that asks for all', () => {
  it('leaves places to others', async () => {
    const { ask, inside, semaphore } = openSemaphore(8, 100);
    await ask('greedy', 50);
    expect(inside).toEqual(new Array(6).fill('greedy'));
    await ask('modest', 2);
    expect(inside.slice(6)).toEqual(['modest', 'modest']);
    expect({ running: semaphore.running, waiting: semaphore.waiting }).toEqual({ running: 8, waiting: 44 });
  });

  it('has its turn as any other', async () => {
    const { ask, inside, leave } = openSemaphore(2, 100);
    await ask('greedy', 10);
    await ask('b', 2);
    await ask('c', 2);
    const turns: (string | undefined)[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await leave();
      turns.push(inside.at(-1));
    }
    expect(turns).toEqual(['greedy', 'b', 'c', 'greedy', 'b']);
  });

  it('makes room in a full queue for those who wait for less, and is refused itself', async () => {
    const { ask, refused, semaphore } = openSemaphore(4, 6);
    await ask('greedy', 20);
    expect(refused).toEqual(new Array(11).fill('greedy'));
    await ask('modest', 4);
    // One has the fourth place; three wait, and as many of the greedy.
    expect(refused).toEqual(new Array(14).fill('greedy'));
    expect(semaphore.waiting).toBe(6);
    await ask('modest');
    expect(refused.slice(14)).toEqual(['modest']);
    await ask('third');
    expect(refused.slice(15)).toHaveLength(1);
    expect(semaphore.waiting).toBe(6);
  });
});

it('a single place is anybody’s', async () => {
  const { ask, inside, leave } = openSemaphore(1, 2);
  await ask('a', 2);
  expect(inside).toEqual(['a']);
  await leave();
  expect(inside).toEqual(['a']);
});

it('a waiter whose signal aborts is gone, and counts no more', async () => {
  const { semaphore, ask } = openSemaphore(1, 1);
  await ask('a');
  const abort = new AbortController();
  const waiting = semaphore.acquire('a', abort.signal);
  expect(semaphore.waiting).toBe(1);
  abort.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  expect(semaphore.waiting).toBe(0);
  semaphore.release('a');
  expect(semaphore.running).toBe(0);
});
