import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { codeOf, createTestGateway, post } from '../support/gateway.ts';

const SECRET = 'a secret of at least thirty-two characters';
const EDITOR = 'editor-token-0123456789';
const AUTHOR = 'author-token-0123456789';
const env = {
  RATE_LIMIT: '3',
  TRUST_PROXY: '1',
  JWT_SECRET: SECRET,
  PREVIEW_TOKENS: `editor:${EDITOR},author:${AUTHOR}`,
};

const sign = (claims: Record<string, unknown>) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(SECRET));

/** Asks from an address; each test has its own gateway. */
function createRequester() {
  const { gateway } = createTestGateway(env);
  return async (address: string, token?: string) => {
    const headers: Record<string, string> = { 'x-forwarded-for': address };
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    const response = await post(gateway, { query: '{ hello }' }, headers);
    return response.status === 200 ? 200 : `${response.status} ${await codeOf(response)}`;
  };
}

describe('the rate limit counts', () => {
  it('the subject of a JSON Web Token, whatever token and address it comes with', async () => {
    const ask = createRequester();
    for (let count = 1; count <= 3; count += 1) {
      expect(await ask(`203.0.113.${count}`, await sign({ sub: 'ann', jti: String(count) }))).toBe(200);
    }
    expect(await ask('203.0.113.4', await sign({ sub: 'ann' }))).toBe('429 RATE_LIMITED');
    expect(await ask('203.0.113.5', await sign({ sub: 'bob' }))).toBe(200);
  });

  it('the address too, so that one machine cannot come as many subjects', async () => {
    const ask = createRequester();
    for (let count = 1; count <= 3; count += 1) {
      expect(await ask('203.0.113.1', await sign({ sub: `one of many ${count}` }))).toBe(200);
    }
    expect(await ask('203.0.113.1', await sign({ sub: 'one more' }))).toBe('429 RATE_LIMITED');
  });

  it('the address of tokens without a subject, and of those that are wrong', async () => {
    const ask = createRequester();
    expect(await ask('203.0.113.1', await sign({}))).toBe(200);
    expect(await ask('203.0.113.1', 'wrong-token-0123456789')).toBe('401 UNAUTHENTICATED');
    expect(await ask('203.0.113.1', `${await sign({})}x`)).toBe('401 UNAUTHENTICATED');
    expect(await ask('203.0.113.1')).toBe('429 RATE_LIMITED');
    expect(await ask('203.0.113.2', await sign({}))).toBe(200);
  });

  it('the address of tokens whose subject is no text', async () => {
    const ask = createRequester();
    for (let count = 1; count <= 4; count += 1) {
      expect(await ask(`203.0.113.${count}`, await sign({ sub: { a: count } }))).toBe(200);
    }
  });

  it('static tokens by their name, at every address', async () => {
    const ask = createRequester();
    for (let count = 1; count <= 3; count += 1) expect(await ask(`203.0.113.${count}`, EDITOR)).toBe(200);
    expect(await ask('203.0.113.4', EDITOR)).toBe('429 RATE_LIMITED');
    expect(await ask('203.0.113.4', AUTHOR)).toBe(200);
    expect(await ask('203.0.113.4')).toBe(200);
  });

  it('the network of an IPv6 address, whose host has all addresses in it', async () => {
    const ask = createRequester();
    for (let count = 1; count <= 3; count += 1) expect(await ask(`2001:db8::${count}`)).toBe(200);
    expect(await ask('2001:db8::4')).toBe('429 RATE_LIMITED');
    expect(await ask('2001:db8:0:1::4')).toBe(200);
  });

  it('long subjects apart, in bounded memory', async () => {
    const ask = createRequester();
    const long = 'x'.repeat(6_000);
    for (let count = 1; count <= 3; count += 1) {
      expect(await ask(`203.0.113.${count}`, await sign({ sub: `${long}a` }))).toBe(200);
    }
    expect(await ask('203.0.113.4', await sign({ sub: `${long}a` }))).toBe('429 RATE_LIMITED');
    expect(await ask('203.0.113.4', await sign({ sub: `${long}b` }))).toBe(200);
  });

  it('the name of a token and the subject of the same name apart', async () => {
    const ask = createRequester();
    for (let count = 1; count <= 3; count += 1) expect(await ask('203.0.113.1', EDITOR)).toBe(200);
    expect(await ask('203.0.113.2', await sign({ sub: 'editor' }))).toBe(200);
  });
});
