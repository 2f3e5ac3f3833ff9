import { describe, expect, it } from 'vitest';
import { createTestGateway, get, post } from '../support/gateway.ts';

const preflight = (origin: string) =>
  new Request('http://test/graphql', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });

describe('cross-origin requests', () => {
  it('are open to everybody by default, without credentials', async () => {
    const { gateway } = createTestGateway();
    const response = await post(gateway, { query: '{ hello }' }, { origin: 'https://anybody.example' });
    const allowed = await gateway.fetch(preflight('https://anybody.example'));

    for (const { headers } of [response, allowed]) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type');
  });

  it('may send the headers that they ask for, if these are headers', async () => {
    const { gateway } = createTestGateway({ CORS_ORIGINS: 'https://a.example' });
    const allowedFor = async (asked: string, origin = 'https://a.example') => {
      const request = preflight(origin);
      request.headers.set('access-control-request-headers', asked);
      return (await gateway.fetch(request)).headers.get('access-control-allow-headers');
    };
    const tools = 'apollographql-client-name,apollo-require-preflight, traceparent,baggage';
    expect(await allowedFor(tools)).toBe(tools);
    expect(await allowedFor(tools, 'https://b.example')).toBeNull();
    for (const wrong of ['a b', 'x;y', 'a,,b', ',', 'x'.repeat(1_001)]) {
      expect(await allowedFor(wrong)).toBe(
        'authorization, content-type, if-none-match, x-request-id, x-gateway-cost',
      );
    }
  });

  it('are open to listed origins only, when there is a list', async () => {
    const { gateway } = createTestGateway({ CORS_ORIGINS: 'https://a.example, https://b.example' });
    for (const origin of ['https://a.example', 'https://b.example']) {
      const { headers } = await post(gateway, { query: '{ hello }' }, { origin });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('vary')).toContain('Origin');
    }
    for (const origin of ['https://c.example', 'https://a.example.evil', 'http://a.example', 'null']) {
      const { headers } = await post(gateway, { query: '{ hello }' }, { origin });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
      expect((await gateway.fetch(preflight(origin))).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('are closed when nobody is allowed', async () => {
    const { gateway } = createTestGateway({ CORS_ORIGINS: 'none' });
    const { headers } = await post(gateway, { query: '{ hello }' }, { origin: 'https://a.example' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('can read refusals too', async () => {
    const { gateway } = createTestGateway();
    const response = await post(gateway, { query: '{ hello }' }, { authorization: 'Bearer no' });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    ['of everybody', {}, 'https://a.example'],
    ['of a listed origin', { CORS_ORIGINS: 'https://a.example' }, 'https://a.example'],
  ])('let scripts %s read our own headers, of answers and of refusals', async (_, env, origin) => {
    const { gateway } = createTestGateway(env as Record<string, string>);
    const answer = await get(gateway, '{ hello }', { origin });
    const refusal = await post(gateway, { query: '{ hello }' }, { origin, authorization: 'Bearer no' });
    // What the Fetch standard lets every script read, and what is of connections or of CDNs only.
    const known =
      /^(cache-control|content-\w+|vary|access-control-.*|x-content-type-options|surrogate-key|date|connection)$/;
    for (const { headers } of [answer, refusal]) {
      const exposed = headers.get('access-control-expose-headers')?.split(', ') ?? [];
      expect([...headers.keys()].filter((name) => !known.test(name) && !exposed.includes(name))).toEqual([]);
    }
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/etag.*x-cache.*x-request-id/);
    expect(refusal.headers.get('access-control-expose-headers')).toContain('retry-after');
  });

  it('of other origins are told nothing', async () => {
    const { gateway } = createTestGateway({ CORS_ORIGINS: 'https://a.example' });
    const { headers } = await get(gateway, '{ hello }', { origin: 'https://b.example' });
    expect(headers.get('access-control-expose-headers')).toBeNull();
  });
});
