import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSilentLogger } from '../../src/server/operations/create-logger.ts';
import {
  type AudienceChange,
  type ContentChange,
  createWebhook,
  signWebhook,
} from '../../src/server/operations/webhook.ts';
import { noKeys } from '../../src/store/sqlite/write/report-sync.ts';

const SECRET = 'webhook-secret-0123456789';
const publicChangeTo = (number: number): AudienceChange => ({
  version: { number, digest: 'd', syncedAt: '2024-01-01T00:00:00.000Z' },
  changedKeys: {
    ...noKeys,
    articles: ['news/über uns'],
    providers: ['example.org'],
    topics: ['tests'],
    categories: ['world'],
  },
});
const changeTo = (number: number): ContentChange => ({
  preview: {
    version: { number: number + 100, digest: 'full', syncedAt: '2024-01-01T00:00:00.000Z' },
    changedKeys: { ...noKeys, articles: ['plan'] },
  },
  public: publicChangeTo(number),
});

let server: Server;
let url: string;
let calls: { headers: IncomingHttpHeaders; body: string }[];
/** What the consumer answers, one status a call; then 200. */
let answers: number[];

beforeEach(async () => {
  calls = [];
  answers = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

describe('the webhook', () => {
  it('tells the version and the surrogate keys, signed', async () => {
    const webhook = createWebhook({ url, secret: SECRET, scope: 'public', logger: createSilentLogger() });
    webhook.notify(changeTo(7));
    await webhook.idle();

    const [call] = calls;
    expect(JSON.parse(call?.body ?? '')).toEqual({
      type: 'content.changed',
      version: publicChangeTo(7).version,
      keys: [
        'content',
        'article',
        'provider',
        'topic',
        'category',
        'article:news/%C3%BCber%20uns',
        'provider:example.org',
        'topic:tests',
        'category:world',
      ],
      isCut: false,
    });
    const {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    } = call?.headers ?? {};
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    expect(signature).toBe(signWebhook(SECRET, String(id), String(timestamp), call?.body ?? ''));
    expect(signature).not.toBe(signWebhook('another', String(id), String(timestamp), call?.body ?? ''));
  });

  it('tells its scope and nothing else', async () => {
    const logger = createSilentLogger();
    const open = createWebhook({ url, secret: SECRET, scope: 'public', logger });
    open.notify({ ...changeTo(7), public: null });
    open.notify(changeTo(8));
    await open.idle();
    expect(calls.map(({ body }) => JSON.parse(body).version)).toEqual([publicChangeTo(8).version]);
    expect(calls[0]?.body).not.toMatch(/plan|full/);

    const preview = createWebhook({ url, secret: SECRET, scope: 'preview', logger });
    preview.notify({ ...changeTo(7), public: null });
    await preview.idle();
    expect(JSON.parse(calls[1]?.body ?? '')).toMatchObject({
      version: { number: 107, digest: 'full' },
      keys: expect.arrayContaining(['article:plan']),
    });
  });

  it('tries again with growing pauses, under the same id', async () => {
    answers = [500, 503];
    const pauses: number[] = [];
    const webhook = createWebhook({
      url,
      secret: SECRET,
      scope: 'public',
      logger: createSilentLogger(),
      sleep: async (ms) => {
        pauses.push(ms);
      },
    });
    webhook.notify(changeTo(1));
    await webhook.idle();

    expect(calls).toHaveLength(3);
    expect(pauses).toEqual([500, 1000]);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('gives up on one call, and goes on with the next', async () => {
    answers = [500, 500, 500, 500, 500, 500];
    const webhook = createWebhook({
      url,
      secret: SECRET,
      scope: 'public',
      logger: createSilentLogger(),
      sleep: async () => {},
    });
    webhook.notify(changeTo(1));
    webhook.notify(changeTo(2));
    await webhook.idle();

    expect(calls).toHaveLength(7);
    expect(JSON.parse(calls.at(-1)?.body ?? '').version.number).toBe(2);
  });

  it('does not follow a redirect', async () => {
    answers = [302, 302, 302, 302, 302, 302];
    const webhook = createWebhook({
      url,
      secret: SECRET,
      scope: 'public',
      logger: createSilentLogger(),
      sleep: async () => {},
    });
    webhook.notify(changeTo(1));
    await webhook.idle();
    expect(calls).toHaveLength(6);
  });

  it('keeps a bounded number of calls for a consumer that is down', async () => {
    let up: () => void = () => {};
    const down = new Promise<void>((resolve) => {
      up = resolve;
    });
    answers = [500];
    const webhook = createWebhook({
      url,
      secret: SECRET,
      scope: 'public',
      logger: createSilentLogger(),
      sleep: () => down,
    });
    for (let number = 1; number <= 300; number += 1) webhook.notify(changeTo(number));
    up();
    await webhook.idle();

    expect(calls).toHaveLength(102);
    expect(JSON.parse(calls.at(-1)?.body ?? '').version.number).toBe(300);
  });

  it('stops when it is closed', async () => {
    answers = [500, 500];
    const webhook = createWebhook({
      url,
      secret: SECRET,
      scope: 'public',
      logger: createSilentLogger(),
      sleep: async () => webhook.close(),
    });
    webhook.notify(changeTo(1));
    webhook.notify(changeTo(2));
    await webhook.idle();
    expect(calls).toHaveLength(1);
  });
});
