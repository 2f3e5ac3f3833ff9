import { describe, expect, it } from 'vitest';
import { createTestGateway, get, post } from '../support/gateway.ts';

const mark = (response: Response) => response.headers.get('x-cache');
const TOKEN = 'preview-token-0123456789';
const SECURED = 'secured-token-0123456789';
const readers = { PREVIEW_TOKENS: `editor:${TOKEN}`, SECURED_TOKENS: `buyer:${SECURED}` };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A promise that the test settles. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('the response cache', () => {
  it('keeps a query and gives the same bytes', async () => {
    const { gateway, standIn } = createTestGateway();
    const first = await post(gateway, { query: '{ hello }' });
    const second = await post(gateway, { query: '{ hello }' });

    expect([mark(first), mark(second)]).toEqual(['MISS', 'HIT']);
    expect(await second.text()).toBe(await first.text());
    expect(standIn.executed).toBe(1);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('looks for a new version once for all requests of a turn, and after the last of them was read', async () => {
    const { gateway, versions } = createTestGateway();
    await post(gateway, { query: '{ version }' });
    let looks = 0;
    const { isCurrent } = versions;
    versions.isCurrent = () => {
      looks += 1;
      return isCurrent();
    };
    const asked = Array.from({ length: 50 }, () => get(gateway, '{ version }'));
    const hits = Array.from({ length: 50 }, () => post(gateway, { query: '{ version }' }));
    // As if it were committed while they are read.
    versions.commit();
    const answers = await Promise.all([...asked, ...hits].map(async (response) => (await response).json()));

    for (const answer of answers) expect(answer).toEqual({ data: { version: 2 } });
    // One for the turn, one when the version was looked up, one when each of the two answers was made, and what polls.
    expect(looks).toBeLessThan(10);
  });

  it('is emptied by a new content version, at the first request after it', async () => {
    const { gateway, versions } = createTestGateway();
    await post(gateway, { query: '{ version }' });
    versions.commit();
    const after = await post(gateway, { query: '{ version }' });

    expect(mark(after)).toBe('MISS');
    expect(await after.json()).toEqual({ data: { version: 2 } });
  });

  it.each([
    ['and nobody has looked', false],
    ['and somebody has looked since', true],
  ])('does not keep what was executed while the version changed, %s', async (_, looked) => {
    const { gateway, standIn, versions } = createTestGateway();
    const gate = deferred<string>();
    standIn.slow = () => gate.promise;
    const during = post(gateway, { query: '{ slow }' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    versions.commit();
    if (looked) await versions.refresh();
    gate.resolve('old');
    await during;
    standIn.slow = async () => 'new';

    const after = await post(gateway, { query: '{ slow }' });
    expect(after.headers.get('x-cache')).toBe('MISS');
    expect(await after.json()).toEqual({ data: { slow: 'new' } });
  });

  it('lets nobody join a request of an older version', async () => {
    const { gateway, standIn, versions } = createTestGateway();
    const gate = deferred<string>();
    standIn.slow = () => gate.promise;
    const before = post(gateway, { query: '{ slow }' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    versions.commit();
    standIn.slow = async () => 'new';
    const after = await post(gateway, { query: '{ slow }' });
    gate.resolve('old');

    expect(await after.json()).toEqual({ data: { slow: 'new' } });
    expect(await (await before).json()).toEqual({ data: { slow: 'old' } });
  });

  it('runs identical requests of one moment once', async () => {
    const { gateway, standIn } = createTestGateway();
    const gate = deferred<string>();
    standIn.slow = () => gate.promise;
    const all = Array.from({ length: 20 }, () => post(gateway, { query: '{ slow }' }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    gate.resolve('once');

    const bodies = await Promise.all((await Promise.all(all)).map((response) => response.text()));
    expect(new Set(bodies)).toEqual(new Set(['{"data":{"slow":"once"}}']));
    expect(standIn.executed).toBe(1);
  });

  it('goes on for the others when the first client leaves, and stops when all have left', async () => {
    const { gateway, standIn } = createTestGateway();
    const gate = deferred<string>();
    standIn.slow = () => gate.promise;
    const ask = (signal: AbortSignal) =>
      gateway.fetch(new Request('http://test/graphql?query={slow}', { signal }));
    const first = new AbortController();
    const second = new AbortController();
    const left = ask(first.signal);
    const stayed = ask(second.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    first.abort();
    gate.resolve('done');

    expect(await (await stayed).json()).toEqual({ data: { slow: 'done' } });
    await left;
    expect(standIn.executed).toBe(1);
  });

  it.each([
    ['an error', { query: '{ failsForClients }' }],
    ['an invalid document', { query: '{ nothing }' }],
    ['a mutation', { query: 'mutation { change }' }],
  ])('keeps no %s', async (_, body) => {
    const { gateway } = createTestGateway();
    await post(gateway, body);
    expect(mark(await post(gateway, body))).not.toBe('HIT');
  });

  it('tells apart what an answer depends on', async () => {
    const { gateway } = createTestGateway({
      ...readers,
      CORS_ORIGINS: 'https://a.example,https://b.example',
    });
    const json = { accept: 'application/json' };
    const requests: (() => Promise<Response>)[] = [
      () => post(gateway, { query: '{ hello }' }, json),
      () => post(gateway, { query: '{ hello }', variables: {} }, json),
      () => post(gateway, { query: '{ hello }' }, { accept: 'application/graphql-response+json' }),
      () => post(gateway, { query: '{ hello }' }, { ...json, origin: 'https://a.example' }),
      () => post(gateway, { query: '{ hello }' }, { ...json, origin: 'https://b.example' }),
      () => post(gateway, { query: '{ hello }' }, { ...json, ...bearer(TOKEN) }),
      () => get(gateway, '{ hello }', json),
    ];
    const marks: (string | null)[] = [];
    for (const ask of [...requests, ...requests]) marks.push(mark(await ask()));
    expect(marks).toEqual([...requests.map(() => 'MISS'), ...requests.map(() => 'HIT')]);
  });

  it('never gives a preview to the public', async () => {
    const { gateway } = createTestGateway(readers);
    const preview = await post(gateway, { query: '{ secret }' }, bearer(TOKEN));
    const open = await post(gateway, { query: '{ secret }' });

    expect(await preview.json()).toEqual({ data: { secret: 'hidden thing' } });
    expect(await open.json()).toEqual({ data: { secret: null } });
  });

  it('keeps nothing for readers of decrypted texts', async () => {
    const { gateway, standIn } = createTestGateway(readers);
    await post(gateway, { query: '{ hello }' }, bearer(SECURED));
    const second = await post(gateway, { query: '{ hello }' }, bearer(SECURED));

    expect(mark(second)).toBeNull();
    expect(second.headers.get('cache-control')).toBe('private, no-store');
    expect(standIn.executed).toBe(2);
  });

  it('can be switched off', async () => {
    const { gateway, standIn } = createTestGateway({ CACHE: 'off' });
    await post(gateway, { query: '{ hello }' });
    const second = await post(gateway, { query: '{ hello }' });

    expect(mark(second)).toBeNull();
    expect(standIn.executed).toBe(2);
  });

  it('is passed by when the cost is asked for', async () => {
    const { gateway, standIn } = createTestGateway();
    await post(gateway, { query: '{ hello }' });
    await post(gateway, { query: '{ hello }' }, { 'x-gateway-cost': 'on' });
    expect(standIn.executed).toBe(2);
  });

  it('keeps to its bytes, the least recently used going first', async () => {
    const { gateway } = createTestGateway({ CACHE_MAX_BYTES: String(1024 * 1024) });
    const ask = (name: string) =>
      post(gateway, { query: 'query ($n: String) { hello(name: $n) }', variables: { n: name } });
    const names = Array.from({ length: 40 }, (_, at) => `${at}-${'x'.repeat(40_000)}`);
    for (const name of names) await ask(name);

    expect(mark(await ask(names.at(-1) ?? ''))).toBe('HIT');
    expect(mark(await ask(names[0] ?? ''))).toBe('MISS');
  });
});
