import { describe, expect, it } from 'vitest';
import { createTestGateway, post } from '../support/gateway.ts';

// The twelve checks of graphql-cop (https://github.com/dolevf/graphql-cop), each as it asks and as it judges.
const { gateway } = createTestGateway({ NODE_ENV: 'production' });

interface Body {
  data?: Record<string, unknown> | null;
  errors?: { message: string }[];
}

const ask = async (query: string): Promise<Body> => (await (await post(gateway, { query })).json()) as Body;
const send = (init: RequestInit & { path?: string }) =>
  gateway.fetch(new Request(`http://test${init.path ?? '/graphql'}`, init));

describe('graphql-cop in production mode', () => {
  it('alias overloading: 101 aliases of one field are not answered', async () => {
    const aliases = Array.from({ length: 101 }, (_, at) => `alias${at}:__typename`).join(' \n');
    expect((await ask(`query cop { ${aliases} }`)).data).toBeUndefined();
  });

  it('batch queries: a list of operations is not answered as a list', async () => {
    const batch = Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }));
    const response = await post(gateway, batch);
    expect(response.status).toBe(400);
    expect(Array.isArray(await response.json())).toBe(false);
  });

  it('directive overloading: ten unknown directives do not give ten errors one by one', async () => {
    const { data, errors } = await ask(`query cop { __typename ${'@aa'.repeat(500)} }`);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
  });

  it('circular introspection is not answered', async () => {
    const fields = 'fields { type { fields { type { fields { type { fields { type { name } } } } } } } }';
    expect((await ask(`query cop { __schema { types { ${fields} } } }`)).data).toBeUndefined();
  });

  it('field suggestions are not given', async () => {
    const { errors } = await ask('query cop { __schema { directive } hell }');
    expect(JSON.stringify(errors)).not.toContain('Did you mean');
  });

  it('introspection is not answered', async () => {
    expect((await ask('query cop { __schema { types { name fields { name } } } }')).data).toBeUndefined();
  });

  it('an IDE is not served', async () => {
    for (const path of ['/graphql', '/', '/graphiql', '/playground', '/console']) {
      const response = await send({ path, headers: { accept: 'text/html' } });
      expect(await response.text()).not.toMatch(/graphiql|playground/i);
    }
  });

  it('a query by GET is answered, by design: it is what caches keep', async () => {
    const response = await send({ path: '/graphql?query=query+cop+%7B__typename%7D' });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('public');
  });

  it('a mutation by GET is not answered', async () => {
    const response = await send({ path: '/graphql?query=mutation+cop+%7Bchange%7D' });
    expect(response.status).toBe(405);
    expect(((await response.json()) as Body).data).toBeUndefined();
  });

  it('a urlencoded POST is not answered', async () => {
    const response = await send({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query=query+cop+%7B__typename%7D',
    });
    expect(response.status).toBe(415);
    expect(((await response.json()) as Body).data).toBeUndefined();
  });

  it('trace mode: no tracing comes with errors', async () => {
    expect(JSON.stringify(await ask('query cop { __typename }'))).not.toMatch(/tracing|"extensions"/);
    expect(JSON.stringify(await ask('query cop { fails }'))).not.toMatch(/tracing|stack/);
  });

  it('unhandled errors: no exception is told', async () => {
    const response = await send({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"qwerty":"abc"}',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/exception|stack|at .*:\d+/i);
  });
});
