import { describe, expect, it } from 'vitest';
import { createTestGateway, get, post } from '../support/gateway.ts';

const OLDER = 'application/json; charset=utf-8';
const NEWER = 'application/graphql-response+json; charset=utf-8';
/** What urql and GraphQL Tools send. */
const URQL =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';

describe('the media type of an answer', () => {
  it.each([
    ['application/json', OLDER],
    ['application/graphql-response+json', NEWER],
    [URQL, NEWER],
    ['application/json, application/graphql-response+json', OLDER],
    ['application/json;q=0.5, application/graphql-response+json', NEWER],
    ['application/json, application/graphql-response+json;q=0.9', OLDER],
    ['application/graphql-response+json;q=0, application/json', OLDER],
    ['text/html;q=0.9, application/graphql-response+json;q=0.1, */*;q=0.01', NEWER],
    ['application/*', OLDER],
    ['*/*', OLDER],
    ['application/json; charset=utf-8', OLDER],
    ['text/event-stream, application/json;q=0.1', OLDER],
  ])('heeds weights: %s', async (accept, type) => {
    const { gateway } = createTestGateway();
    const response = await post(gateway, { query: '{ hello }' }, { accept });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  });

  it.each(['image/png', 'application/json;q=0', 'application/json; charset=latin1', '*/*;q=0'])(
    'is none for %s',
    async (accept) => {
      const { gateway, standIn } = createTestGateway();
      expect((await post(gateway, { query: '{ hello }' }, { accept })).status).toBe(406);
      expect(standIn.executed).toBe(0);
    },
  );

  it('of a refusal in front of execution is that of an answer', async () => {
    const { gateway } = createTestGateway({ RATE_LIMIT: '3' });
    const wrongToken = { authorization: 'Bearer no-such-token-of-anybody' };
    for (const [accept, type] of [
      [URQL, NEWER],
      ['application/json', OLDER],
    ] as const) {
      const refused = await post(gateway, { query: '{ hello }' }, { accept, ...wrongToken });
      expect([refused.status, refused.headers.get('content-type')]).toEqual([401, type]);
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    const limited = await Promise.all(
      Array.from({ length: 5 }, () => post(gateway, { query: '{ hello }' }, { accept: URQL })),
    );
    const last = limited.at(-1);
    expect([last?.status, last?.headers.get('content-type')]).toEqual([429, NEWER]);
    const lost = await gateway.fetch(new Request('http://test/nowhere', { headers: { accept: URQL } }));
    expect([lost.status, lost.headers.get('content-type')]).toEqual([404, NEWER]);
  });
});

describe('the cache', () => {
  it.each([URQL, 'multipart/mixed, application/json', 'text/event-stream, application/json'])(
    'keeps JSON for clients that would take a stream, too: %s',
    async (accept) => {
      const { gateway, standIn, versions } = createTestGateway();
      await versions.refresh();
      for (const expected of ['MISS', 'HIT', 'HIT']) {
        const response = await post(gateway, { query: '{ hello }' }, { accept });
        expect(response.headers.get('x-cache')).toBe(expected);
      }
      expect(standIn.executed).toBe(1);
    },
  );

  it('gives a measured answer to nobody else', async () => {
    const { gateway } = createTestGateway();
    const { headers } = await get(gateway, '{ hello }', { 'x-gateway-cost': '1' });
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await get(gateway, '{ hello }')).headers.get('cache-control')).toContain('public');
  });
});

describe('a browser where GraphiQL is off', () => {
  it('gets a short page that loads nothing', async () => {
    const { gateway } = createTestGateway({ NODE_ENV: 'production' });
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const page = await gateway.fetch(new Request('http://test/graphql', { headers }));
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('/graphql');
    expect(text).not.toMatch(/<script|<link|src=|http/i);
    const root = await gateway.fetch(new Request('http://test/', { headers, redirect: 'manual' }));
    expect([root.status, root.headers.get('location')]).toEqual([302, '/graphql']);
  });
});
