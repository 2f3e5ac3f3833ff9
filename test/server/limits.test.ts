import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { createRateLimiter } from '../../src/server/limits/limit-rate.ts';
import { codeOf, createTestGateway, post } from '../support/gateway.ts';

interface Refusal {
  errors: {
    message: string;
    extensions: { code: string; limit?: { name: string; max: number; found: number | null } };
  }[];
}

async function refusalOf(query: string, env: Record<string, string> = {}) {
  const { gateway, standIn } = createTestGateway(env);
  const response = await post(gateway, { query });
  const { errors } = (await response.json()) as Refusal;
  return { status: response.status, executed: standIn.executed, ...errors?.[0]?.extensions };
}

const nest = (levels: number, field = 'articles') =>
  `{ ${field} ${'{ edges { node { articles '.repeat(levels)} { totalCount } ${'} } }'.repeat(levels)} }`;

describe('document limits', () => {
  it('lets GraphiQL introspect', async () => {
    const { gateway } = createTestGateway();
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    });
    expect((await post(gateway, { query })).status).toBe(200);
  });

  it('refuses a document of 20,000 levels', async () => {
    const query = `${'{ articles '.repeat(20_000)}${'}'.repeat(20_000)}`;
    const refusal = await refusalOf(query, { MAX_BODY_BYTES: '1000000' });
    expect(refusal).toMatchObject({
      status: 200,
      code: 'TOKEN_LIMIT',
      limit: { name: 'MAX_TOKENS', max: 2000 },
    });
  });

  it('refuses deep documents even when tokens are many', async () => {
    const query = `${'{ articles '.repeat(20_000)}${'}'.repeat(20_000)}`;
    const { gateway } = createTestGateway({ MAX_BODY_BYTES: '1000000', MAX_TOKENS: '100000' });
    const response = await post(gateway, { query });
    expect(response.status).toBe(200);
  });

  it('counts depth through fragments', async () => {
    const query = `{ ...A } fragment A on Query { articles { ...B } } fragment B on ArticleConnection { edges { node { slug } } }`;
    expect(await refusalOf(query, { MAX_DEPTH: '3' })).toMatchObject({
      status: 200,
      executed: 0,
      code: 'DEPTH_LIMIT',
      limit: { name: 'MAX_DEPTH', max: 3, found: 4 },
    });
    expect((await refusalOf(query, { MAX_DEPTH: '4' })).executed).toBe(1);
  });

  it('refuses depth at the default', async () => {
    expect((await refusalOf(nest(4))).executed).toBe(1);
    expect(await refusalOf(nest(5))).toMatchObject({ code: 'DEPTH_LIMIT', limit: { max: 15, found: 17 } });
  });

  it('counts aliases through fragments', async () => {
    const aliases = Array.from({ length: 11 }, (_, at) => `a${at}: hello`).join(' ');
    const query = `{ ...A ...B } fragment A on Query { ${aliases} } fragment B on Query { ...A ...A }`;
    expect(await refusalOf(query)).toMatchObject({
      status: 200,
      executed: 0,
      code: 'ALIAS_LIMIT',
      limit: { name: 'MAX_ALIASES', max: 30, found: 33 },
    });
  });

  it('counts directives', async () => {
    const query = `{ hello ${'@include(if: true) '.repeat(21)} }`;
    expect(await refusalOf(query)).toMatchObject({ code: 'DIRECTIVE_LIMIT', limit: { max: 20, found: 21 } });
    expect(await refusalOf(`query ${'@x '.repeat(21)} { hello }`)).toMatchObject({ code: 'DIRECTIVE_LIMIT' });
    expect(await refusalOf(`query ($a: Int ${'@x '.repeat(21)}) { hello }`)).toMatchObject({
      code: 'DIRECTIVE_LIMIT',
    });
  });

  it('is not taken in by fragments that double at each level', async () => {
    const levels = Array.from(
      { length: 60 },
      (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`,
    );
    const query = `{ ...F0 } ${levels.join(' ')} fragment F60 on Query { a: hello }`;
    const started = performance.now();
    expect(await refusalOf(query)).toMatchObject({ status: 200, code: 'ALIAS_LIMIT' });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('leaves fragments in a circle to validation', async () => {
    const refusal = await refusalOf('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(refusal).toMatchObject({ executed: 0, code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('has limits of its own for introspection', async () => {
    const circular =
      '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }';
    expect((await refusalOf(circular)).code).toBe('GRAPHQL_VALIDATION_FAILED');
    const deep = `{ __type(name: "Query") { ${'ofType { '.repeat(25)} name ${'}'.repeat(25)} } }`;
    expect(await refusalOf(deep)).toMatchObject({ code: 'DEPTH_LIMIT' });
    const many = `{ ${Array.from({ length: 5 }, (_, at) => `s${at}: __schema { types { name } }`).join(' ')} }`;
    expect(await refusalOf(many)).toMatchObject({ code: 'ALIAS_LIMIT' });
    const inside = `{ __schema { ${Array.from({ length: 5 }, (_, at) => `t${at}: types { name }`).join(' ')} } }`;
    expect(await refusalOf(inside)).toMatchObject({ code: 'ALIAS_LIMIT' });
  });

  it('applies to the second of two equal requests as to the first', async () => {
    const { gateway } = createTestGateway();
    for (let count = 0; count < 3; count += 1) {
      const response = await post(gateway, { query: nest(5) });
      expect(response.status).toBe(200);
      expect(await codeOf(response)).toBe('DEPTH_LIMIT');
    }
  });
});

describe('introspection by configuration', () => {
  const off = { INTROSPECTION: 'off' };

  it('can be turned off, __typename excepted', async () => {
    expect(await refusalOf('{ __schema { types { name } } }', off)).toMatchObject({
      status: 200,
      code: 'INTROSPECTION_DISABLED',
    });
    expect(
      await refusalOf('{ ...F } fragment F on Query { x: __type(name: "Query") { name } }', off),
    ).toMatchObject({
      code: 'INTROSPECTION_DISABLED',
    });
    expect((await refusalOf('{ __typename }', off)).executed).toBe(1);
  });

  it('takes suggestions with it', async () => {
    const messageOf = async (env: Record<string, string>) => {
      const { gateway } = createTestGateway(env);
      const response = await post(gateway, { query: '{ helo }' });
      return ((await response.json()) as Refusal).errors[0]?.message;
    };
    expect(await messageOf({})).toContain('Did you mean "hello"?');
    expect(await messageOf(off)).toBe('Cannot query field "helo" on type "Query".');
  });
});

describe('the deadline', () => {
  it('answers 503 in time and tells the operation', async () => {
    const { gateway, standIn } = createTestGateway({ DEADLINE_MS: '50' });
    standIn.slow = () => new Promise(() => {});
    const response = await post(gateway, { query: '{ slow }' });

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(((await response.json()) as Refusal).errors[0]?.extensions).toEqual({
      code: 'DEADLINE_EXCEEDED',
      limit: { name: 'DEADLINE_MS', max: 50, found: null },
    });
  });
});

describe('concurrency', () => {
  const ask = (gateway: Parameters<typeof post>[0], at: number) =>
    post(gateway, { query: 'query ($n: String) { slow hello(name: $n) }', variables: { n: String(at) } });

  it('runs some, lets some wait and refuses the rest at once', async () => {
    const { gateway, standIn } = createTestGateway({ MAX_CONCURRENCY: '2', MAX_QUEUE: '3' });
    let running = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    standIn.slow = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => waiting.push(resolve));
      running -= 1;
      return 'done';
    };
    const all = Array.from({ length: 9 }, (_, at) => ask(gateway, at));
    await vi.waitFor(() => expect(running).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const release = setInterval(() => waiting.shift()?.(), 5);
    const responses = await Promise.all(all);
    clearInterval(release);

    expect(responses.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 200, 503, 503, 503, 503,
    ]);
    expect(most).toBe(2);
    const refused = responses.find(({ status }) => status === 503);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(refused && (await codeOf(refused))).toBe('OVERLOADED');
    standIn.slow = async () => 'quick';
    expect((await ask(gateway, 100)).status).toBe(200);
  });

  it('gives the places of those who left, or ran out of time, to others', async () => {
    const { gateway, standIn } = createTestGateway({
      MAX_CONCURRENCY: '1',
      MAX_QUEUE: '2',
      DEADLINE_MS: '60',
    });
    let end: (value: string) => void = () => {};
    standIn.slow = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const late = await Promise.all([ask(gateway, 1), ask(gateway, 2), ask(gateway, 3)]);
    expect(late.map(({ status }) => status)).toEqual([503, 503, 503]);
    // The first operation still holds its place: its work has not ended.
    expect((await ask(gateway, 4)).status).toBe(503);
    end('done');
    await new Promise((resolve) => setTimeout(resolve, 10));
    standIn.slow = async () => 'quick';
    expect((await ask(gateway, 5)).status).toBe(200);
  });
});

describe('the rate limit', () => {
  it('is off by default', async () => {
    const { gateway } = createTestGateway();
    for (let count = 0; count < 200; count += 1)
      expect((await post(gateway, { query: '{ hello }' })).status).toBe(200);
  });

  it('counts by token, else by address, and says when to come again', async () => {
    const token = 'preview-token-0123456789';
    const { gateway } = createTestGateway({ RATE_LIMIT: '3', PREVIEW_TOKENS: `editor:${token}` });
    const ask = (headers: Record<string, string> = {}) => post(gateway, { query: '{ hello }' }, headers);
    for (let count = 0; count < 3; count += 1) expect((await ask()).status).toBe(200);
    const refused = await ask({ 'x-forwarded-for': '203.0.113.9' });

    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(refused)).toBe('RATE_LIMITED');
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('believes X-Forwarded-For as far as there are proxies', async () => {
    const { gateway } = createTestGateway({ RATE_LIMIT: '1', TRUST_PROXY: '1' });
    const ask = (forwarded: string) =>
      post(gateway, { query: '{ hello }' }, { 'x-forwarded-for': forwarded });
    expect((await ask('203.0.113.1')).status).toBe(200);
    expect((await ask('203.0.113.2')).status).toBe(200);
    expect((await ask('198.51.100.7, 203.0.113.2')).status).toBe(429);
  });

  it('refills evenly', () => {
    let now = 0;
    const limiter = createRateLimiter(60, () => now);
    for (let count = 0; count < 60; count += 1) expect(limiter.take('a')).toBeNull();
    expect(limiter.take('a')).toBe(1);
    now += 1_000;
    expect(limiter.take('a')).toBeNull();
    expect(limiter.take('a')).toBe(1);
    now += 120_000;
    for (let count = 0; count < 60; count += 1) expect(limiter.take('a')).toBeNull();
    expect(limiter.take('a')).toBe(1);
  });
});
