import { describe, expect, it } from 'vitest';
import { createFairSemaphore, type PermitRequest } from '../../src/store/read/fair-semaphore.ts';
import { MIN_READ_CONNECTIONS } from '../../src/store/read/read-pool.ts';

/** Asks for places and keeps a list of who has one. */
function openPlaces(count: number) {
  const places = createFairSemaphore(count);
  const inside: PermitRequest[] = [];
  const enter = async (client: string, isBounded: boolean, signal = new AbortController().signal) => {
    const request = { client, isBounded };
    await places.acquire(request, signal);
    inside.push(request);
  };
  return {
    enter,
    clients: () => inside.map(({ client }) => client),
    /** Asks and does not wait; what comes in does so before this resolves. */
    async ask(client: string, isBounded: boolean, times = 1) {
      for (let time = 0; time < times; time += 1) void enter(client, isBounded);
      await settle();
    },
    async leave(client: string) {
      const at = inside.findIndex((request) => request.client === client);
      const [request] = inside.splice(at, 1);
      if (!request) throw new Error(`${client} has no place.`);
      places.release(request);
      await settle();
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe.each([MIN_READ_CONNECTIONS, 4, 9])('of %i places', (count) => {
  it.each([true, false])(
    'one client never takes all that another could have (bounded: %s)',
    async (isBounded) => {
      const places = openPlaces(count);
      await places.ask('greedy', isBounded, 100);
      expect(places.clients()).toEqual(new Array(count - (isBounded ? 1 : 2)).fill('greedy'));
      await places.ask('modest', isBounded);
      expect(places.clients()).toContain('modest');
    },
  );

  it('the last is never taken by what may last, whoever asks', async () => {
    const places = openPlaces(count);
    for (let client = 0; client < 20; client += 1) await places.ask(`client ${client}`, false, 5);
    expect(places.clients().length).toBe(count - 1);
    await places.ask('late', true);
    expect(places.clients()).toContain('late');
  });
});

describe('clients that wait', () => {
  it('have their turns one after another, however much each waits for', async () => {
    const places = openPlaces(3);
    await places.ask('a', false);
    await places.ask('b', false);
    await places.ask('a', false, 5);
    await places.ask('c', false, 2);
    await places.ask('d', false, 1);
    const turns: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const [first] = places.clients();
      await places.leave(String(first));
      turns.push(String(places.clients().at(-1)));
    }
    expect(turns).toEqual(['a', 'c', 'd', 'a', 'c', 'a']);
  });

  it('are let in by kind: what is short does not wait behind what may last, nor keep it out for good', async () => {
    const places = openPlaces(3);
    await places.ask('a', false);
    await places.ask('b', false);
    await places.ask('c', false);
    await places.ask('c', true, 3);
    expect(places.clients()).toEqual(['a', 'b', 'c']);
    await places.leave('a');
    expect(places.clients()).toEqual(['b', 'c', 'c']);
  });

  it('leave the queue with the reason of their signal, and nothing of them stays', async () => {
    const places = openPlaces(3);
    await places.ask('a', true, 2);
    const abort = new AbortController();
    const waiting = places.enter('a', true, abort.signal);
    abort.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await places.leave('a');
    expect(places.clients()).toEqual(['a']);
    await expect(places.enter('a', true, abort.signal)).rejects.toThrow('gone');
  });
});
