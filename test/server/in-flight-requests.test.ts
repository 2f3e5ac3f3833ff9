import { expect, it } from 'vitest';
import { createInFlightRequests } from '../../src/server/cache/in-flight-requests.ts';

const connection = (requestId: string) => ({ requestId, onDisconnect() {} });

it('joins work that has begun, and what waits of its own client alone', async () => {
  const inFlight = createInFlightRequests<string>();
  const started: { client: string; begun(): void; end(): void }[] = [];
  const join = (client: string) =>
    inFlight.join(
      'request',
      client,
      connection(client),
      (_abort, begun) =>
        new Promise((resolve) => {
          started.push({ client, begun, end: () => resolve(client) });
        }),
    );
  const first = join('one');
  expect(first).toMatchObject({ started: true, isOwn: true });
  expect(join('one')).toMatchObject({ started: false, isOwn: true });
  // In the queue of another client nobody waits.
  expect(join('two')).toMatchObject({ started: true, isOwn: true });
  expect(started.map(({ client }) => client)).toEqual(['one', 'two']);

  started[1]?.begun();
  const joined = join('three');
  expect(joined).toMatchObject({ started: false, isOwn: false });
  started[1]?.end();
  expect(await joined.result).toBe('two');
  expect(join('three').started).toBe(true);
  started[0]?.end();
  expect(await first.result).toBe('one');
});

it('forgets work that fails', async () => {
  const inFlight = createInFlightRequests<string>();
  const fails = inFlight.join('q', 'one', connection('a'), async (_abort, begun) => {
    begun();
    throw new Error('no');
  });
  await expect(fails.result).rejects.toThrow('no');
  expect(inFlight.join('q', 'two', connection('b'), async () => 'yes').started).toBe(true);
});
