import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestGateway, post, type RunningGateway, startTestGateway } from '../support/gateway.ts';
import { rawGet, rawPost, sendRaw } from './raw-request.ts';

const ORIGIN = 'https://a.example';
const lines: Record<string, unknown>[] = [];
const logger = pino(
  { base: null, timestamp: false },
  new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  }),
);
const running: RunningGateway[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.close()));
  lines.length = 0;
});
const start = async (env: Record<string, string> = {}) => {
  const gateway = await startTestGateway(env, { logger });
  running.push(gateway);
  return gateway;
};

const hello = JSON.stringify({ query: '{ hello }' });
const own = [`origin: ${ORIGIN}`, 'x-request-id: my-own-id'];
const large = rawPost('x'.repeat(300_000), own);

const refusals: [name: string, bytes: (string | Buffer)[], status: number, code: string][] = [
  ['a body that is too large', [large], 413, 'BODY_TOO_LARGE'],
  ['a length that is too large', [large.subarray(0, large.indexOf('\r\n\r\n') + 4)], 413, 'BODY_TOO_LARGE'],
  ['two hosts', [rawGet('/graphql', [...own, 'host: other'])], 400, 'BAD_REQUEST'],
  ['a path that is not there', [rawGet('/nothing', own)], 404, 'NOT_FOUND'],
  ['a form', [rawPost('x=y', [...own, 'content-type: text/plain'])], 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a wrong token', [rawPost(hello, [...own, 'authorization: Bearer no'])], 401, 'UNAUTHENTICATED'],
  ['metrics for others', [rawGet('/metrics', [...own, 'x-real-ip: 203.0.113.1'])], 404, 'NOT_FOUND'],
];

describe('a request that is refused before it is an operation', () => {
  it.each(refusals)('%s: can be read by pages of other origins and is logged', async (...refusal) => {
    const [, bytes, status, code] = refusal;
    const { port } = await start({ CORS_ORIGINS: `${ORIGIN},https://b.example` });
    const answer = await sendRaw(port, bytes);

    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`"code":"${code}"`);
    expect(answer.text).toMatch(/^access-control-allow-origin: https:\/\/a\.example\r$/im);
    expect(answer.text).toMatch(/^access-control-expose-headers: .*x-request-id/im);
    expect(answer.text).toMatch(/^vary: .*Origin/im);
    expect(answer.text).toMatch(/^x-request-id: my-own-id\r$/im);
    expect(lines).toEqual([
      { level: 30, requestId: 'my-own-id', status, errors: [code], msg: 'request refused' },
    ]);
  });

  it('looks the same at a hidden path as at one that is not there', async () => {
    const { port } = await start();
    const headers = ['x-request-id: same', 'x-forwarded-for: 203.0.113.1'];
    const plain = ({ text }: { text: string }) => text.replace(/^date: .*$/im, '');
    const hidden = await sendRaw(port, [rawGet('/metrics', headers)]);
    const absent = await sendRaw(port, [rawGet('/metrisc', headers)]);
    expect(plain(hidden)).toBe(plain(absent));
  });

  it('is told of at the Fetch API as well', async () => {
    const { gateway } = createTestGateway({ MAX_BODY_BYTES: '1024' }, { logger });
    const response = await post(gateway, { query: 'x'.repeat(2_000) }, { origin: ORIGIN });
    expect(response.status).toBe(413);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(lines).toMatchObject([{ status: 413, errors: ['BODY_TOO_LARGE'] }]);
  });
});

describe('an operation that is refused', () => {
  it('has one line in the log, not two', async () => {
    const { gateway, standIn } = createTestGateway({ DEADLINE_MS: '50' }, { logger });
    standIn.slow = () => new Promise(() => {});
    expect((await post(gateway, { query: '{ slow }' })).status).toBe(503);
    expect(lines).toMatchObject([{ msg: 'operation', errors: ['DEADLINE_EXCEEDED'] }]);
  });

  it('for what it accepts gets a short answer, however much that is', async () => {
    const { port } = await start();
    const accept = Array.from({ length: 500 }, (_, at) => `image/x-${at}`).join(',');
    const { status, text } = await sendRaw(port, [rawPost(hello, [`accept: ${accept}`])]);
    expect(status).toBe(406);
    expect(text).toContain('"code":"NOT_ACCEPTABLE"');
    expect(text).not.toMatch(/^accept:/im);
    expect(text.length).toBeLessThan(1_000);
  });

  it('is no unexpected error when the client has left', async () => {
    const { gateway, standIn } = createTestGateway({}, { logger });
    standIn.slow = () => new Promise(() => {});
    const client = new AbortController();
    const asked = gateway.fetch(new Request('http://test/graphql?query={slow}', { signal: client.signal }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.abort();
    await asked;
    expect(lines).toMatchObject([{ level: 30, msg: 'operation', errors: ['CLIENT_GONE'] }]);
  });
});

describe('a request target', () => {
  it.each([
    'http://other.example/graphql?query={hello}',
    'HTTP://localhost:1/graphql?query={hello}',
    'https://[::1]:4000/graphql?query={hello}',
    'http://user:pass@a.example/graphql?query={hello}',
  ])('may be absolute: %s', async (target) => {
    const { port } = await start();
    const { status, text } = await sendRaw(port, [rawGet(target)]);
    expect(status).toBe(200);
    expect(text).toContain('{"data":{"hello":"Hello world"}}');
  });

  it('of a POST may be absolute too', async () => {
    const { port } = await start();
    const { status } = await sendRaw(port, [rawPost(hello, [], 'http://other.example/graphql')]);
    expect(status).toBe(200);
  });

  it('may have no path', async () => {
    const { port } = await start();
    expect((await sendRaw(port, [rawGet('http://other.example')])).status).toBe(404);
    expect((await sendRaw(port, [rawGet('http://other.example?query={hello}')])).status).toBe(404);
    expect((await sendRaw(port, [rawGet('ftp://other.example/graphql?query={hello}')])).status).toBe(404);
  });
});

describe('the host', () => {
  it.each([
    ['twice the same', ['host: localhost']],
    ['another one', ['HOST: evil.example']],
  ])('must not be given twice: %s', async (_, headers) => {
    const { port } = await start();
    const { status, text } = await sendRaw(port, [rawPost(hello, headers)]);
    expect(status).toBe(400);
    expect(text).toMatch(/^connection: close\r$/im);
  });

  it('may be any, and so may other headers that end in its name', async () => {
    const { port } = await start();
    const { status } = await sendRaw(port, [rawPost(hello, ['x-forwarded-host: a', 'hos: b', 'xost: c'])]);
    expect(status).toBe(200);
  });
});
