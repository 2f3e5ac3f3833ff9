import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type ContentGateway, codeOf, createContentGateway, post, testConfig } from '../support/gateway.ts';

const QUERY = 'subscription { contentChanged { version } }';
const EVENTS = { accept: 'text/event-stream' };

let folder: string;
let content: ContentGateway;
let gateway: Gateway;
let listening: Listening;
let listeners: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
  writeFileSync(join(folder, 'one.md'), '---\ntitle: One\n---\nBody.\n');
  content = await createContentGateway(folder);
  listeners = 0;
  const { versions, reader } = content;
  const counted = {
    get current() {
      return versions.current;
    },
    isCurrent: () => versions.isCurrent(),
    refresh: () => versions.refresh(),
    onChange(listener: Parameters<typeof versions.onChange>[0]) {
      const stop = versions.onChange(listener);
      listeners += 1;
      let isOver = false;
      return () => {
        if (!isOver) listeners -= 1;
        isOver = true;
        stop();
      };
    },
  };
  gateway = createGateway({
    db: { reader, versions: counted },
    config: testConfig({ MAX_SUBSCRIPTIONS: '2' }),
  });
  listening = await listen(gateway, { host: '127.0.0.1', port: 0, graceMs: 200 });
});
afterEach(async () => {
  await listening.close();
  await content.close();
  rmSync(folder, { recursive: true });
});

interface Opened {
  sent: ClientRequest;
  response: IncomingMessage;
}

function open(headers: Record<string, string> = EVENTS, method = 'GET'): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const path = `/graphql?query=${encodeURIComponent(QUERY)}`;
    const sent = request(
      { host: '127.0.0.1', port: listening.port, agent: false, path, headers, method },
      (response) => resolve({ sent, response: response.on('error', () => undefined) }),
    );
    sent.on('error', reject).end();
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

describe('subscriptions', () => {
  it('are refused over their limit, and their places are free again when the clients have left', async () => {
    for (let round = 0; round < 3; round += 1) {
      const opened = [await open(), await open()];
      expect(opened.map(({ response }) => response.statusCode)).toEqual([200, 200]);
      await vi.waitFor(() => expect(listeners).toBe(2));
      const { response } = await open();
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('10');
      expect(JSON.parse(await textOf(response))).toMatchObject({
        errors: [
          { extensions: { code: 'SUBSCRIPTION_LIMIT', limit: { name: 'MAX_SUBSCRIPTIONS', max: 2 } } },
        ],
      });
      for (const { sent } of opened) sent.destroy();
      await vi.waitFor(() => expect(listeners).toBe(0));
    }
    expect((await post(gateway, { query: '{ contentVersion { number } }' })).status).toBe(200);
  });

  it('leave nothing behind when their results cannot be sent', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { response } = await open({ accept: 'application/json' });
      expect(response.statusCode).toBe(406);
      expect(await textOf(response)).toContain('"NOT_ACCEPTABLE"');
      expect(response.headers.accept).toBeUndefined();
    }
    expect(listeners).toBe(0);
    const { sent, response } = await open();
    expect(response.statusCode).toBe(200);
    sent.destroy();
  });

  it('leave nothing behind when the client is gone before the answer', async () => {
    for (let round = 0; round < 6; round += 1) {
      const going = open().catch(() => null);
      const path = `/graphql?query=${encodeURIComponent(QUERY)}`;
      const sent = request({ host: '127.0.0.1', port: listening.port, agent: false, path, headers: EVENTS });
      sent.on('error', () => undefined).end(() => setTimeout(() => sent.destroy(), round));
      (await going)?.sent.destroy();
    }
    await vi.waitFor(() => expect(listeners).toBe(0));
    await vi.waitFor(async () => {
      const opened = await open();
      opened.sent.destroy();
      expect(opened.response.statusCode).toBe(200);
    });
  });

  it('end at once for HEAD', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { response } = await open(EVENTS, 'HEAD');
      expect(response.statusCode).toBe(200);
      expect(await textOf(response)).toBe('');
    }
    expect(listeners).toBe(0);
  });

  it('end in order, but not as complete, when the server stops', async () => {
    const { response } = await open();
    await vi.waitFor(() => expect(listeners).toBe(1));
    const text = textOf(response);
    await listening.close();
    expect(await text).not.toContain('complete');
    expect(listeners).toBe(0);
  });
});

describe('subscriptions by a client over its limits', () => {
  const limited = (env: Record<string, string>) =>
    createGateway({ db: { reader: content.reader, versions: content.versions }, config: testConfig(env) });
  const subscribe = (to: Gateway, query = QUERY) =>
    to.fetch(new Request(`http://test/graphql?query=${encodeURIComponent(query)}`, { headers: EVENTS }));

  it('are refused by the rate limit', async () => {
    const to = limited({ RATE_LIMIT: '2' });
    const opened = [await subscribe(to), await subscribe(to)];
    expect(opened.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await subscribe(to);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(refused)).toBe('RATE_LIMITED');
    for (const { body } of opened) await body?.cancel();
    await to.close();
  });

  it('are refused by the limits of documents and of cost', async () => {
    const to = limited({ MAX_ALIASES: '1', MAX_COST: '10' });
    const changes = (first: number) => `changes(first: ${first}) { slug }`;
    const wide = `subscription { contentChanged { a: version b: version ${changes(1)} } }`;
    const refused = await (await subscribe(to, wide)).text();
    expect(refused).toContain('"ALIAS_LIMIT"');
    // The cost is of each event, so its refusal comes as one.
    const { body } = await subscribe(to, `subscription { contentChanged(since: 0) { ${changes(100)} } }`);
    let costly = '';
    for await (const chunk of body ?? []) {
      costly += Buffer.from(chunk).toString();
      if (costly.includes('data:')) break;
    }
    expect(costly).toContain('"COST_LIMIT_EXCEEDED"');
    await to.close();
  });
});

it('of many readers all get each version, however few operations may wait, and requests are answered meanwhile', async () => {
  const many = await listen(
    createGateway({
      db: { reader: content.reader, versions: content.versions },
      config: testConfig({
        ...{ MAX_SUBSCRIPTIONS: '60', MAX_CLIENT_SUBSCRIPTIONS: '60', MAX_CONCURRENCY: '2', MAX_QUEUE: '1' },
      }),
    }),
    { host: '127.0.0.1', port: 0, graceMs: 200 },
  );
  const told: string[] = [];
  const sent: ClientRequest[] = [];
  let ended = 0;
  try {
    const path = `/graphql?query=${encodeURIComponent(QUERY)}`;
    for (let index = 0; index < 60; index += 1) {
      await new Promise<void>((resolve, reject) => {
        const one = request(
          { host: '127.0.0.1', port: many.port, agent: false, path, headers: EVENTS },
          (response) => {
            expect(response.statusCode).toBe(200);
            response
              .on('data', (chunk) => told.push(String(chunk)))
              .on('end', () => {
                ended += 1;
              });
            response.on('error', () => undefined);
            resolve();
          },
        );
        one.on('error', reject).end();
        sent.push(one);
      });
    }
    for (let version = 2; version <= 4; version += 1) {
      writeFileSync(join(folder, 'one.md'), `---\ntitle: One ${version}\n---\nBody.\n`);
      await content.sync();
      const count = () => told.join('').split(`"version":${version}`).length - 1;
      const asked = fetch(`http://127.0.0.1:${many.port}/graphql?query={contentVersion{number}}`);
      await vi.waitFor(() => expect(count()).toBe(60), 10_000);
      expect((await asked).status).toBe(200);
    }
    expect(ended).toBe(0);
    expect(told.join('')).not.toContain('errors');
  } finally {
    for (const one of sent) one.on('error', () => undefined).destroy();
    await many.close();
  }
}, 60_000);

it('are told when the client is gone, those too that wait behind another answer of its connection', async () => {
  const path = `/graphql?query=${encodeURIComponent(QUERY)}`;
  const one = `GET ${path} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n`;
  const socket = connect(listening.port, '127.0.0.1');
  socket.write(one.repeat(2));
  await expect.poll(() => listeners).toBe(2);
  socket.destroy();
  await expect.poll(() => listeners).toBe(0);
  // Their places are free again.
  const others = [await open(), await open()];
  expect(others.map(({ response }) => response.statusCode)).toEqual([200, 200]);
  for (const { sent } of others) sent.destroy();
});
