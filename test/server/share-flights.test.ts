import { expect, it } from 'vitest';
import { createFlights } from '../../src/server/cache/share-flights.ts';

const asker = (requestId: string) => ({ requestId, onGone() {} });

it('joins work that has begun, and what waits of its own client alone', async () => {
  const flights = createFlights<string>();
  const started: { client: string; begun(): void; end(): void }[] = [];
  const join = (client: string) =>
    flights.join(
      'question',
      client,
      asker(client),
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
  const flights = createFlights<string>();
  const fails = flights.join('q', 'one', asker('a'), async (_abort, begun) => {
    begun();
    throw new Error('no');
  });
  await expect(fails.result).rejects.toThrow('no');
  expect(flights.join('q', 'two', asker('b'), async () => 'yes').started).toBe(true);
});
