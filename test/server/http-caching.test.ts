import { describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../../src/config/load-config.ts';
import { createTestGateway, get, post, testConfig } from '../support/gateway.ts';

const mark = (response: Response) => response.headers.get('x-cache');
const TOKEN = 'preview-token-0123456789';
const readers = { PREVIEW_TOKENS: `editor:${TOKEN}` };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('entity tags', () => {
  it('are of the bytes: the same content has the same tag in another version', async () => {
    const { gateway, versions } = createTestGateway();
    const first = await get(gateway, '{ hello }');
    versions.commit();
    const second = await get(gateway, '{ hello }');
    const other = await get(gateway, '{ version }');

    expect(mark(second)).toBe('MISS');
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(other.headers.get('etag')).not.toBe(first.headers.get('etag'));
    expect(first.headers.get('etag')).toMatch(/^"[\w-]{27}"$/);
  });

  it('answer 304 without a body, from the cache and without it', async () => {
    for (const env of [{}, { CACHE: 'off' }] as Record<string, string>[]) {
      const { gateway } = createTestGateway(env);
      const first = await get(gateway, '{ hello }');
      const tag = first.headers.get('etag') ?? '';
      for (const condition of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await get(gateway, '{ hello }', { 'if-none-match': condition });
        expect(again.status).toBe(304);
        expect(await again.text()).toBe('');
        expect(again.headers.get('etag')).toBe(tag);
        expect(again.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
        expect(again.headers.get('vary')).toContain('Accept-Encoding');
      }
      const changed = await get(gateway, '{ hello }', { 'if-none-match': '"other"' });
      expect(changed.status).toBe(200);
    }
  });

  it('give no 304 for content that changed', async () => {
    const { gateway, versions } = createTestGateway();
    const first = await get(gateway, '{ version }');
    versions.commit();
    const second = await get(gateway, '{ version }', { 'if-none-match': first.headers.get('etag') ?? '' });

    expect(second.status).toBe(200);
    expect(await second.json()).toEqual({ data: { version: 2 } });
  });

  it('are not given for POST, whose answers no cache may keep', async () => {
    const { gateway } = createTestGateway();
    const response = await post(gateway, { query: '{ hello }' }, { 'if-none-match': '*' });
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBeNull();
  });
});

describe('the configured Cache-Control', () => {
  it.each(['public, max-age=0\nx-injected: 1', 'public\r\n', 'public\u2028', 'private\0', 'öffentlich'])(
    'must be fit for a header: %j',
    (value) => {
      expect(() => testConfig({ CACHE_CONTROL: value })).toThrow(ConfigError);
      expect(() => testConfig({ CACHE_CONTROL: value })).toThrow('CACHE_CONTROL must be');
    },
  );

  it('is what a public GET says', async () => {
    const value = 'public, max-age=0, s-maxage=600, no-cache="set-cookie"';
    const { gateway } = createTestGateway({ CACHE_CONTROL: value });
    expect((await get(gateway, '{ hello }')).headers.get('cache-control')).toBe(value);
  });
});

describe('compression', () => {
  const query = '{ articles(first: 40) { edges { node { slug title } } } }';

  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
    ['gzip;q=0', null],
    ['*', 'br'],
    ['gzip;q=0.9, br;q=0.5', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.5, GZIP;q=0.5', 'br'],
  ])('answers Accept-Encoding: %s with %s', async (accepted, expected) => {
    const { gateway } = createTestGateway();
    const headers = { 'accept-encoding': accepted };
    const plain = await get(gateway, query, { 'accept-encoding': 'identity' });
    await get(gateway, query, headers);
    // The missing encoding is made after the first hit that would have had it.
    const response = await vi.waitFor(async () => {
      const again = await get(gateway, query, headers);
      expect(again.headers.get('content-encoding')).toBe(expected);
      return again;
    }, 10_000);

    if (expected) {
      expect(Number(response.headers.get('content-length'))).toBeLessThan(
        Number(plain.headers.get('content-length')),
      );
      expect(response.headers.get('etag')).not.toBe(plain.headers.get('etag'));
    }
  });

  it('compresses the first answer too', async () => {
    const { gateway } = createTestGateway();
    const response = await get(gateway, query, { 'accept-encoding': 'gzip' });
    expect(mark(response)).toBe('MISS');
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });

  it('gives 304 to a client that has another encoding of the same content', async () => {
    const { gateway } = createTestGateway();
    const zipped = await get(gateway, query, { 'accept-encoding': 'gzip' });
    const again = await get(gateway, query, { 'if-none-match': zipped.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });
});

describe('surrogate keys', () => {
  const keysOf = async (query: string) => {
    const { gateway } = createTestGateway();
    return (await get(gateway, query)).headers.get('surrogate-key')?.split(' ').sort();
  };

  it('name each thing in the answer, and its type where more may come', async () => {
    expect(
      await keysOf('{ articles(first: 2) { edges { node { slug provider { domain } topics { slug } } } } }'),
    ).toEqual(['article', 'article:piece-0', 'article:piece-1', 'provider:example.org', 'topic:tests']);
  });

  it('name one thing alone when nothing else can enter', async () => {
    expect(await keysOf('{ article(slug: "piece-3") { slug title } }')).toEqual(['article:piece-3']);
  });

  it('fall back to the type when the name was not asked for, or the thing is not there', async () => {
    expect(await keysOf('{ article(slug: "piece-3") { title provider { name } } }')).toEqual([
      'article',
      'provider',
    ]);
    expect(await keysOf('{ article(slug: "none") { slug } }')).toEqual(['article']);
  });

  it('see through aliases and fragments', async () => {
    expect(
      await keysOf(
        '{ one: article(slug: "piece-1") { ...F } } fragment F on Article { s: slug ... { title } }',
      ),
    ).toEqual(['article:piece-1']);
  });

  it('stay within 4 KB', async () => {
    const { gateway } = createTestGateway();
    const query = `{ ${Array.from({ length: 30 }, (_, at) => `a${at}: articles(first: 40) { edges { node { slug } } }`).join(' ')} }`;
    const header = (await get(gateway, query)).headers.get('surrogate-key') ?? '';
    expect(header.length).toBeLessThanOrEqual(4096);
    expect(header).toContain('article');
  });

  it('are not looked for in a large answer, which goes with each version', async () => {
    const { gateway, standIn } = createTestGateway();
    standIn.slow = async () => 'x'.repeat(300_000);
    const response = await get(gateway, '{ slow article(slug: "piece-3") { slug } }');
    expect(response.headers.get('surrogate-key')).toBe('content');
  });

  it('are not told to entitled readers', async () => {
    const { gateway } = createTestGateway(readers);
    const response = await get(gateway, '{ article(slug: "piece-3") { slug } }', bearer(TOKEN));
    expect(response.headers.get('surrogate-key')).toBeNull();
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });
});
