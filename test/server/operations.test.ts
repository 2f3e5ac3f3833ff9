import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { isLocal } from '../../src/server/http/client-address.ts';
import { createTestGateway, get, post, type RunningGateway, startTestGateway } from '../support/gateway.ts';
import { rawGet, sendRaw } from './raw-request.ts';

const running: RunningGateway[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.close()));
});
const ask = (
  gateway: ReturnType<typeof createTestGateway>['gateway'],
  path: string,
  headers: Record<string, string> = {},
) => gateway.fetch(new Request(`http://test${path}`, { headers }));

describe('/health', () => {
  it('says that the process lives, whatever the database does', async () => {
    const { gateway, versions } = createTestGateway();
    versions.refresh = () => Promise.reject(new Error('no database'));
    const response = await ask(gateway, '/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('answers GET and HEAD only', async () => {
    const { gateway } = createTestGateway();
    const response = await gateway.fetch(new Request('http://test/health', { method: 'POST' }));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
  });
});

describe('/ready', () => {
  it('says which version is served', async () => {
    const { gateway, versions } = createTestGateway();
    versions.commit();
    const response = await ask(gateway, '/ready');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', version: 2 });
  });

  it('says no when there is no content or no database, and tells nothing of why', async () => {
    const { gateway, versions } = createTestGateway();
    versions.refresh = () => Promise.reject(new Error('cannot open /srv/data/gateway.db'));
    const response = await ask(gateway, '/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable', reason: 'content' });
  });

  it('does not wait for ever', async () => {
    const { gateway, versions } = createTestGateway();
    versions.refresh = () => new Promise(() => {});
    const response = await ask(gateway, '/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable', reason: 'timeout' });
  });

  it('says no when the content folder could not be followed for longer than allowed', async () => {
    const { gateway } = createTestGateway({ STALE_AFTER_MS: '60000' });
    const ready = async () => (await ask(gateway, '/ready')).json();
    gateway.syncs.noteLag(50_000);
    expect(await ready()).toMatchObject({ status: 'ready' });
    gateway.syncs.noteLag(60_000);
    expect(await ready()).toEqual({ status: 'unavailable', reason: 'stale' });
    const [, seconds] = /^gateway_content_behind_seconds (\S+)$/m.exec(
      await (await ask(gateway, '/metrics')).text(),
    ) ?? [null, '0'];
    expect(Number(seconds)).toBeGreaterThanOrEqual(60);
    gateway.syncs.noteLag(null);
    expect(await ready()).toMatchObject({ status: 'ready' });
  });

  it('says nothing of that where there is no such time', async () => {
    const { gateway } = createTestGateway({ STALE_AFTER_MS: '0' });
    gateway.syncs.noteLag(1e9);
    expect((await ask(gateway, '/ready')).status).toBe(200);
  });

  it('says no while the server stops', async () => {
    const { gateway } = createTestGateway();
    gateway.drain();
    expect(await (await ask(gateway, '/ready')).json()).toEqual({
      status: 'unavailable',
      reason: 'stopping',
    });
    expect((await ask(gateway, '/health')).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts requests, cache, operations by name, syncs and problems', async () => {
    const test = await startTestGateway();
    running.push(test);
    const { port, gateway } = test;
    const send = (path: string) => sendRaw(port, [rawGet(path)]);
    for (let count = 0; count < 3; count += 1) await send('/graphql?query=query%20Front{hello}');
    await send('/graphql?query={failsForClients}');
    await send('/nothing');
    gateway.syncs.record({
      ms: 120,
      changed: true,
      refusal: null,
      problemCounts: { error: 1, warning: 0, notice: 1 },
    });
    gateway.syncs.recordFailure('DISK_FULL');
    const { text } = await send('/metrics');

    for (const line of [
      'gateway_responses_total{status="200"} 4',
      'gateway_responses_total{status="404"} 1',
      'gateway_cache_hits_total 2',
      'gateway_cache_misses_total 2',
      'gateway_operation_seconds_count{operation="Front",outcome="ok"} 1',
      'gateway_operation_seconds_count{operation="(anonymous)",outcome="error"} 1',
      'gateway_content_version 1',
      'gateway_syncs_total{result="changed"} 1',
      'gateway_sync_seconds_sum 0.12',
      'gateway_content_problems{severity="error"} 1',
      'gateway_sync_failures_total{code="DISK_FULL"} 1',
      'gateway_content_behind_seconds 0',
      'gateway_content_problems{severity="warning"} 0',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('gives strangers no way to fill the memory with names', async () => {
    const { gateway } = createTestGateway();
    for (let count = 0; count < 150; count += 1)
      await post(gateway, { query: `query Name${count} { hello }` });
    const text = await (await ask(gateway, '/metrics')).text();
    expect(new Set(text.match(/operation="[^"]+"/g)).size).toBe(101);
    expect(text).toContain('operation="(other)"');
  });

  it('is for this machine, for bearers of its token, for all or for none', async () => {
    const token = 'metrics-token-0123456789';
    const status = async (env: Record<string, string>, headers: Record<string, string> = {}) =>
      (await ask(createTestGateway(env).gateway, '/metrics', headers)).status;
    const elsewhere = { 'x-forwarded-for': '203.0.113.1' };
    const bearer = { authorization: `Bearer ${token}` };

    expect(await status({})).toBe(200);
    expect(await status({}, elsewhere)).toBe(404);
    expect(await status({}, { ...elsewhere, ...bearer })).toBe(404);
    expect(await status({ METRICS_TOKEN: token }, { ...elsewhere, ...bearer })).toBe(200);
    expect(await status({ METRICS_TOKEN: token }, { authorization: 'Bearer wrong-token-0123456789' })).toBe(
      401,
    );
    expect(await status({ METRICS: 'public' }, elsewhere)).toBe(200);
    expect(await status({ METRICS: 'off' })).toBe(404);
  });
});

describe('who is local to /metrics', () => {
  const status = async (env: Record<string, string>, headers: Record<string, string>) =>
    (await ask(createTestGateway(env).gateway, '/metrics', headers)).status;

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host', 'x-forwarded-proto'])(
    'is nobody for whom a proxy on this machine speaks: %s',
    async (name) => {
      for (const value of ['203.0.113.1', '127.0.0.1', 'for=127.0.0.1', '']) {
        expect(await status({}, { [name]: value })).toBe(404);
      }
    },
  );

  it('is whom the trusted proxies name', async () => {
    const trusted = { TRUST_PROXY: '1' };
    expect(await status(trusted, {})).toBe(200);
    expect(await status(trusted, { 'x-forwarded-for': '127.0.0.1', via: '1.1 proxy' })).toBe(200);
    expect(await status(trusted, { 'x-forwarded-for': '203.0.113.1, ::1' })).toBe(200);
    expect(await status(trusted, { 'x-forwarded-for': '127.0.0.1, 203.0.113.1' })).toBe(404);
    expect(await status(trusted, { 'x-forwarded-for': '127.0.0.1.evil.example' })).toBe(404);
    expect(await status(trusted, { 'x-real-ip': '127.0.0.1' })).toBe(404);
    expect(await status({ TRUST_PROXY: '2' }, { 'x-forwarded-for': '127.0.0.1, 203.0.113.1' })).toBe(200);
  });

  it('is no other machine, whatever it says', () => {
    const request = { method: 'GET', url: '/metrics', body: Buffer.alloc(0) };
    for (const address of ['203.0.113.1', '::ffff:203.0.113.1', '']) {
      for (const headers of [{}, { 'x-forwarded-for': '127.0.0.1' }]) {
        expect(isLocal({ ...request, address, headers }, 1)).toBe(false);
      }
    }
    for (const address of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']) {
      expect(isLocal({ ...request, address, headers: {} }, 0)).toBe(true);
    }
  });
});

describe('logs', () => {
  const TOKEN = 'preview-token-0123456789';

  async function logOf(
    env: Record<string, string>,
    act: (gateway: ReturnType<typeof createTestGateway>['gateway']) => Promise<unknown>,
  ) {
    let text = '';
    const stream = new Writable({
      write(chunk: Buffer, _, done) {
        text += chunk.toString();
        done();
      },
    });
    const { gateway } = createTestGateway(env, { logger: pino({ base: null }, stream) });
    await act(gateway);
    return text;
  }

  it('tell operation, reader and request id, and no token, variable or text', async () => {
    const text = await logOf({ PREVIEW_TOKENS: `editor:${TOKEN}` }, (gateway) =>
      post(
        gateway,
        { query: 'query Front($n: String) { hello(name: $n) secret }', variables: { n: 'private words' } },
        { authorization: `Bearer ${TOKEN}`, 'x-request-id': 'abc-123', cookie: 'session=1' },
      ),
    );
    expect(JSON.parse(text)).toMatchObject({
      requestId: 'abc-123',
      operation: 'Front',
      status: 200,
      reader: 'editor',
    });
    for (const secret of [TOKEN, 'private words', 'hidden thing', 'session=1'])
      expect(text).not.toContain(secret);
  });

  it('tell what a client is not told', async () => {
    const text = await logOf({}, (gateway) =>
      post(gateway, { query: '{ fails }' }, { 'x-request-id': 'abc-456' }),
    );
    const [first] = text.split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({
      requestId: 'abc-456',
      err: { message: expect.stringContaining('SELECT') },
    });
  });

  it('cannot be forged by a request id', async () => {
    const { gateway } = createTestGateway();
    const response = await get(gateway, '{ hello }', { 'x-request-id': 'a"},{"level":60' });
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
  });
});
