import { describe, expect, it } from 'vitest';
import { createTestGateway, post } from '../support/gateway.ts';

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
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
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
});
