import { randomBytes } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compress } from '../../src/server/http/compression.ts';
import { createTestGateway } from '../support/gateway.ts';

const PREVIEW = 'preview-token-0123456789';
const SECURED = 'secured-token-0123456789';
const env = { PREVIEW_TOKENS: `editor:${PREVIEW}`, SECURED_TOKENS: `buyer:${SECURED}` };
const LONG = '{ articles(first: 40) { edges { node { slug title } } } }';
// Twenty errors, each with its place: long enough to be compressed.
const ERRORS = `{ ${Array.from({ length: 30 }, (_, at) => `nothing${at}`).join(' ')} }`;

async function ask(
  settings: Record<string, string>,
  query: string,
  headers: Record<string, string>,
  method: 'GET' | 'POST' = 'POST',
) {
  const { gateway } = createTestGateway({ ...env, ...settings });
  const init =
    method === 'GET'
      ? { headers }
      : {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query }),
        };
  const url = `http://test/graphql${method === 'GET' ? `?query=${encodeURIComponent(query)}` : ''}`;
  const response = await gateway.fetch(new Request(url, init));
  const bytes = Buffer.from(await response.arrayBuffer());
  const encoding = response.headers.get('content-encoding');
  const unpack = { gzip: gunzipSync, br: brotliDecompressSync }[encoding ?? ''];
  const text = (unpack ? unpack(bytes) : bytes).toString();
  expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
  expect(response.headers.get('vary')).toContain('Accept-Encoding');
  return { status: response.status, headers: response.headers, encoding, bytes, text };
}

describe('answers that are not kept', () => {
  it.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, br', 'gzip'],
    ['identity', null],
    ['gzip;q=0', null],
  ])('are compressed as Accept-Encoding: %s allows', async (accepted, expected) => {
    const headers = { 'accept-encoding': accepted };
    const plain = await ask({}, LONG, {});
    for (const [settings, more] of [
      [{ CACHE: 'off' }, {}],
      [{}, { 'x-gateway-cost': 'on' }],
      [{ CACHE: 'off' }, { authorization: `Bearer ${PREVIEW}` }],
    ] as Record<string, string>[][]) {
      const answer = await ask(settings ?? {}, LONG, { ...headers, ...more });
      expect(answer.encoding).toBe(expected);
      expect(JSON.parse(answer.text).data).toEqual(JSON.parse(plain.text).data);
      if (expected) expect(answer.bytes.length).toBeLessThan(plain.bytes.length / 2);
    }
  });

  it.each<Record<string, string>>([{}, { CACHE: 'off' }])(
    'are compressed when they are errors, with %j',
    async (settings) => {
      const plain = await ask(settings, ERRORS, { accept: 'application/json' });
      const { encoding, text } = await ask(settings, ERRORS, {
        accept: 'application/json',
        'accept-encoding': 'gzip',
      });
      expect(encoding).toBe('gzip');
      expect(text).toBe(plain.text);
    },
  );

  it('are left as they are when they are short', async () => {
    const { encoding, text } = await ask({ CACHE: 'off' }, '{ hello }', { 'accept-encoding': 'gzip, br' });
    expect(encoding).toBeNull();
    expect(text).toBe('{"data":{"hello":"Hello world"}}');
  });

  it('have the entity tag of their bytes', async () => {
    const off = { CACHE: 'off' };
    const zipped = await ask(off, LONG, { 'accept-encoding': 'gzip' }, 'GET');
    const plain = await ask(off, LONG, {}, 'GET');
    expect(zipped.headers.get('etag')).toBe(plain.headers.get('etag')?.replace(/"$/, '-gz"'));
    expect(zipped.encoding).toBe('gzip');
  });
});

describe('answers for readers of decrypted texts', () => {
  it.each([
    ['data', LONG],
    ['errors', ERRORS],
  ])('are never compressed, their %s neither', async (_, query) => {
    for (const settings of [{}, { CACHE: 'off' }] as Record<string, string>[]) {
      const headers = { authorization: `Bearer ${SECURED}`, 'accept-encoding': 'gzip, br' };
      const { encoding, bytes } = await ask(settings, query, headers);
      expect(encoding).toBeNull();
      expect(bytes.length).toBeGreaterThan(1024);
    }
  });
});

describe('a first answer', () => {
  it('comes in no encoding that the client does not take', async () => {
    const { encoding } = await ask({}, LONG, { 'accept-encoding': 'br' });
    expect(encoding).toBe('br');
  });
});

describe('compressing', () => {
  it.each(['gzip', 'br'] as const)('by %s leaves the event loop free', async (encoding) => {
    let turned = false;
    const compressing = compress(randomBytes(1024 * 1024), encoding);
    setImmediate(() => {
      turned = true;
    });
    await compressing;
    expect(turned).toBe(true);
  });
});
