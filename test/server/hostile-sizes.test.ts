import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/server/operations/metrics.ts';
import {
  type ContentGateway,
  codeOf,
  createContentGateway,
  createTestGateway,
  post,
  startTestGateway,
} from '../support/gateway.ts';
import { sendRaw } from './raw-request.ts';

let folder: string;
let content: ContentGateway;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
  writeFileSync(join(folder, 'one.md'), '---\ntitle: One\n---\nBody.\n');
  content = await createContentGateway(folder);
});
afterAll(async () => {
  await content.close();
  rmSync(folder, { recursive: true });
});

interface Refused {
  errors: { message: string; extensions: { code: string } }[];
}

describe('variables', () => {
  const query = 'query ($f: ArticleFilter) { articles(filter: $f) { totalCount } }';

  it.each([
    [
      'an object of many keys',
      Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${index}x`, 1])),
    ],
    ['many objects', { and: Array(5_000).fill({}) }],
    ['many objects in each other', { or: Array(40).fill({ or: Array(40).fill({}) }) }],
  ])('of %s are refused before they are looked at', async (_, f) => {
    const response = await post(content.gateway, { query, variables: { f } });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('1000 objects, each of 100 keys');
    expect(text.length).toBeLessThan(500);
  });

  it('that a frontend sends are fine', async () => {
    const f = { or: Array(30).fill({ and: [{ title: { in: Array(500).fill('a') } }, {}] }) };
    expect(await codeOf(await post(content.gateway, { query, variables: { f } }))).not.toBe('BAD_REQUEST');
  });
});

it('a field, a fragment or a spread that is repeated too often is refused before fields are compared', async () => {
  const fields = '{ articles { edges { node { id } } } }'.slice(2, -2);
  const fragments = Array.from({ length: 60 }, (_, index) => `fragment F${index} on Article { id }`).join(
    ' ',
  );
  for (const query of [
    `{ ${fields.concat(' ').repeat(60)} }`,
    `{ articles { edges { node { id ${'... { id } '.repeat(60)} } } } }`,
    `{ articles { edges { node { ...F0 } } } } ${fragments}`,
  ]) {
    expect(await codeOf(await post(content.gateway, { query }))).toBe('ALIAS_LIMIT');
  }
});

describe('errors', () => {
  it('are few for a list of variables that are all wrong', async () => {
    const query =
      'query ($titles: [String!]) { articles(filter: { title: { in: $titles } }) { totalCount } }';
    const response = await post(content.gateway, { query, variables: { titles: Array(10_000).fill(1) } });
    const { errors } = (await response.json()) as Refused;
    expect(errors[0]?.message).toContain('Variable "$titles" got invalid value');
    expect(errors.length).toBeLessThanOrEqual(20);
  });

  it('do not repeat all that the client sent', async () => {
    const query = `{ articles(first: "${'x'.repeat(50_000)}") { totalCount } }`;
    const response = await post(content.gateway, { query });
    const { errors } = (await response.json()) as Refused;
    expect(errors[0]?.message).toContain('xxx');
    expect(errors[0]?.message.length).toBeLessThanOrEqual(500);
  });
});

describe('names', () => {
  it('of more than 256 characters are refused, strings and comments are not', async () => {
    const long = 'a'.repeat(257);
    const ask = (query: string) => post(content.gateway, { query });
    for (const query of [`query ${long} { __typename }`, `{ ${long}: __typename }`, `{ ${long} }`]) {
      const response = await ask(query);
      expect(response.status).toBe(200);
      expect(await codeOf(response)).toBe('NAME_LIMIT');
    }
    expect((await ask(`{ article(slug: "${long}") { title } } # ${long}`)).status).toBe(200);
    expect((await ask(`query ${'a'.repeat(256)} { __typename }`)).status).toBe(200);
  });

  it('of more than 64 characters are no labels of metrics', async () => {
    const registry = new Registry();
    const none = () => 0;
    const metrics = createMetrics(
      { contentVersion: none, cacheBytes: none, running: none, waiting: none },
      registry,
    );
    metrics.operation('n'.repeat(65), 'ok', 0.1, null);
    metrics.operation('m'.repeat(64), 'ok', 0.1, null);
    const text = await registry.metrics();
    expect(text).not.toContain('nnn');
    expect(text).toContain('m'.repeat(64));
  });
});

describe('requests', () => {
  it('lose no header, however many there are', async () => {
    const token = 'preview-token-0123456789';
    const gateway = await startTestGateway({ PREVIEW_TOKENS: `editor:${token}` });
    const many = Array.from({ length: 150 }, (_, at) => `x-${at}: 1\r\n`).join('');
    const path = `/graphql?query=${encodeURIComponent('{ secret }')}`;
    const { text } = await sendRaw(gateway.port, [
      `GET ${path} HTTP/1.1\r\nhost: x\r\n${many}authorization: Bearer ${token}\r\n\r\n`,
    ]);
    await gateway.close();
    expect(text).toContain('hidden thing');
  });

  it('may come in pieces, but not in thousands of crumbs', async () => {
    const gateway = await startTestGateway();
    const body = JSON.stringify({ query: `{ hello } # ${'c'.repeat(3_000)}` });
    const send = (size: number) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ port: gateway.port, host: '127.0.0.1' });
        socket.on('error', reject);
        socket.once('data', (data) => {
          socket.destroy();
          resolve(data.toString());
        });
        socket.write(
          'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
        );
        let text = '';
        for (let at = 0; at < body.length; at += size) {
          const part = body.slice(at, at + size);
          text += `${part.length.toString(16)}\r\n${part}\r\n`;
        }
        socket.write(`${text}0\r\n\r\n`);
      });
    const [pieces, crumbs] = [await send(100), await send(1)];
    await gateway.close();
    expect(pieces).toContain('200 OK');
    expect(crumbs).toContain('400 Bad Request');
    expect(crumbs).toContain('"BAD_REQUEST"');
  });
});

describe('the rate limit', () => {
  it('is not escaped by tokens that are made up', async () => {
    const { gateway } = createTestGateway({ RATE_LIMIT: '3', JWT_SECRET: 's'.repeat(40) });
    const ask = (token: string) =>
      post(gateway, { query: '{ hello }' }, { authorization: `Bearer ${token}` });
    const statuses: number[] = [];
    for (const token of ['a', 'b.c.d', 'e', 'f.g.h', 'i']) statuses.push((await ask(token)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});
