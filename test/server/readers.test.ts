import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, createTestGateway, post } from '../support/gateway.ts';

const EDITOR = 'editor-token-0123456789';
const BUYER = 'buyer-token-01234567890';
const BOTH = 'both-token-012345678901';
const staticTokens = {
  PREVIEW_TOKENS: `editor:${EDITOR},both:${BOTH}`,
  SECURED_TOKENS: `buyer:${BUYER},both:${BOTH}`,
};
const SECRET = 'a secret of at least thirty-two characters';

/** What the resolvers see of the reader. */
async function secretOf(env: Record<string, string>, authorization: string): Promise<unknown> {
  const { gateway } = createTestGateway(env);
  const response = await post(gateway, { query: '{ secret }' }, { authorization });
  const body = (await response.json()) as { data?: { secret: unknown } };
  return response.status === 200 ? body.data?.secret : response.status;
}

function sign(
  claims: Record<string, unknown>,
  expires: string | null = '5m',
  secret = SECRET,
): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setIssuedAt();
  if (expires !== null) token.setExpirationTime(expires);
  return token.sign(new TextEncoder().encode(secret));
}

describe('static tokens', () => {
  it('grant their scope and no other', async () => {
    expect(await secretOf(staticTokens, `Bearer ${EDITOR}`)).toBe('hidden thing');
    expect(await secretOf(staticTokens, `bearer ${BOTH}`)).toBe('hidden thing');
    expect(await secretOf(staticTokens, `Bearer ${BUYER}`)).toBeNull();
  });

  it.each([
    ['an unknown token', 'Bearer unknown-token-0123456789'],
    ['a token cut short', `Bearer ${EDITOR.slice(0, -1)}`],
    ['a token with more', `Bearer ${EDITOR}x`],
    ['another scheme', `Basic ${EDITOR}`],
    ['no token', 'Bearer '],
    ['two tokens', `Bearer ${EDITOR} ${EDITOR}`],
    ['something like a JWT', 'Bearer a.b.c'],
  ])('answers 401 to %s, whatever the cache has', async (_, authorization) => {
    const { gateway } = createTestGateway(staticTokens);
    await post(gateway, { query: '{ hello }' });
    const response = await post(gateway, { query: '{ hello }' }, { authorization });

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await codeOf(response)).toBe('UNAUTHENTICATED');
  });

  it('keep nothing open when none is configured', async () => {
    expect(await secretOf({}, `Bearer ${EDITOR}`)).toBe(401);
    expect(await secretOf({}, 'Bearer ')).toBe(401);
  });
});

describe('JSON Web Tokens by secret', () => {
  const env = { JWT_SECRET: SECRET };

  it('grant what the claim scope says, as text or as a list', async () => {
    expect(await secretOf(env, `Bearer ${await sign({ scope: 'openid preview' })}`)).toBe('hidden thing');
    expect(await secretOf(env, `Bearer ${await sign({ scope: ['preview'] })}`)).toBe('hidden thing');
    expect(await secretOf(env, `Bearer ${await sign({ scope: 'previews' })}`)).toBeNull();
    expect(await secretOf(env, `Bearer ${await sign({})}`)).toBeNull();
  });

  it('are refused when wrong in any way', async () => {
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
      '{"scope":"preview","exp":9999999999}',
    ).toString('base64url')}.`;
    for (const token of [
      await sign({ scope: 'preview' }, '-1m'),
      await sign({ scope: 'preview' }, null),
      await sign({ scope: 'preview' }, '5m', 'another secret of thirty-two characters'),
      `${await sign({ scope: 'preview' })}x`,
      none,
    ]) {
      expect(await secretOf(env, `Bearer ${token}`)).toBe(401);
    }
  });

  it('must have the issuer and the audience that are asked for', async () => {
    const strict = { ...env, JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'gateway' };
    const right = { scope: 'preview', iss: 'https://id.example', aud: 'gateway' };
    expect(await secretOf(strict, `Bearer ${await sign(right)}`)).toBe('hidden thing');
    expect(await secretOf(strict, `Bearer ${await sign({ ...right, iss: 'https://other.example' })}`)).toBe(
      401,
    );
    expect(await secretOf(strict, `Bearer ${await sign({ ...right, aud: 'other' })}`)).toBe(401);
  });
});

describe('JSON Web Tokens by a key set', () => {
  let keySet: Server;
  let url: string;
  let signRemote: (claims: Record<string, unknown>) => Promise<string>;
  let good: object[];
  let published: object[];
  let sent = 0;

  /** A key set that goes on for as long as somebody reads it. */
  function sendEndlessly(response: ServerResponse): void {
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    response.writeHead(200, { 'content-type': 'application/json' });
    const send = () => {
      while (!response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', send);
          return;
        }
      }
    };
    send();
  }

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    good = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }];
    keySet = createServer((request, response) => {
      if (request.url === '/endless') sendEndlessly(response);
      else if (request.url !== '/jwks') response.writeHead(500).end();
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ keys: published }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => keySet.once('listening', resolve));
    url = `http://127.0.0.1:${(keySet.address() as AddressInfo).port}`;
    signRemote = (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setExpirationTime('5m')
        .sign(privateKey);
  });
  afterAll(() => {
    keySet.close();
  });
  beforeEach(() => {
    published = good;
  });

  it('are checked with the published key', async () => {
    const env = { JWT_JWKS_URL: `${url}/jwks` };
    expect(await secretOf(env, `Bearer ${await signRemote({ scope: 'preview' })}`)).toBe('hidden thing');
    expect(await secretOf(env, `Bearer ${await sign({ scope: 'preview' })}`)).toBe(401);
  });

  it('answer 401 when the key of the token is too weak to be trusted', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const header = { alg: 'RS256', kid: 'weak' };
    const claims = { scope: 'preview', exp: 9_999_999_999 };
    const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const signature = createSign('RSA-SHA256').update(signed.join('.')).sign(privateKey, 'base64url');
    published = [{ ...publicKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256' }];
    const authorization = `Bearer ${[...signed, signature].join('.')}`;
    expect(await secretOf({ JWT_JWKS_URL: `${url}/jwks` }, authorization)).toBe(401);
  });

  it.each([
    ['that is no key at all', { kty: 'RSA', kid: 'one', alg: 'ES256' }],
    ['of another kind', { kty: 'oct', kid: 'one', alg: 'HS256', k: 'AAAA' }],
  ])('are not accepted, and nothing breaks, by a key %s', async (_, jwk) => {
    published = [jwk];
    const authorization = `Bearer ${await signRemote({ scope: 'preview' })}`;
    expect([401, 503]).toContain(await secretOf({ JWT_JWKS_URL: `${url}/jwks` }, authorization));
  });

  it('read no more of a key set than one can be long', async () => {
    sent = 0;
    const { gateway } = createTestGateway({ JWT_JWKS_URL: `${url}/endless` });
    const authorization = `Bearer ${await signRemote({ scope: 'preview' })}`;
    const response = await post(gateway, { query: '{ hello }' }, { authorization });
    expect(response.status).toBe(503);
    expect(await codeOf(response)).toBe('AUTHENTICATION_UNAVAILABLE');
    // What stands in the buffers of both sockets was sent too.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('answer 503 when the key set cannot be had: the token may be good', async () => {
    const { gateway } = createTestGateway({ JWT_JWKS_URL: `${url}/gone` });
    const authorization = `Bearer ${await signRemote({ scope: 'preview' })}`;
    const response = await post(gateway, { query: '{ hello }' }, { authorization });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await codeOf(response)).toBe('AUTHENTICATION_UNAVAILABLE');
  });
});
