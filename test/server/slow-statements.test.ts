import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import type { ReadTextOptions } from '../../src/store/read/read-connection.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createContentFolder } from '../store/content-folder.ts';
import { createTestDatabase } from '../support/database.ts';
import { testConfig } from '../support/gateway.ts';

/** Ends by itself only long after any deadline here. */
const ENDLESS = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 150000000)
  SELECT count(*) AS data FROM c`;

interface Slow {
  gateway: Gateway;
  port: number;
  /** While set, an operation with a filter is a statement without end. */
  isSlow: boolean;
  /** Statements that may be slow, and have begun and not ended. */
  reading: number;
  close(): Promise<void>;
}

let server: Slow;
afterEach(() => server.close());

async function start(env: Record<string, string>): Promise<Slow> {
  const database = await createTestDatabase();
  const folder = createContentFolder();
  for (const name of ['a', 'b', 'c']) folder.write(`${name}.md`, { title: name });
  await syncContent({ folder: folder.path, databaseUrl: database.url });
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  await versions.refresh();
  const readText = async (sql: string, parameters: readonly unknown[], options: ReadTextOptions) => {
    const isEndless = slow.isSlow && !options.isBounded;
    if (!options.isBounded) slow.reading += 1;
    try {
      return await reader.readText(isEndless ? ENDLESS : sql, isEndless ? [] : parameters, options);
    } finally {
      if (!options.isBounded) slow.reading -= 1;
    }
  };
  const gateway = createGateway({ db: { reader: { readText }, versions }, config: testConfig(env) });
  const listening: Listening = await listen(gateway, { host: '127.0.0.1', port: 0, graceMs: 200 });
  const slow: Slow = {
    gateway,
    port: listening.port,
    isSlow: true,
    reading: 0,
    async close() {
      await listening.close();
      versions.close();
      await reader.close();
      database.remove();
      folder.delete();
    },
  };
  return slow;
}

interface Answered {
  status: number;
  retryAfter: string | undefined;
  code: string | undefined;
  titles: number | undefined;
}

let asked = 0;

/** Asks for all articles by a filter that nobody has asked by before. */
function ask(options: { signal?: AbortSignal; agent?: Agent } = {}): Promise<Answered> {
  asked += 1;
  const query = '{ articles(filter: { title: { ne: "TITLE" } }) { edges { node { title } } } }';
  const body = JSON.stringify({ query: query.replace('TITLE', `none ${asked}`) });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port: server.port,
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...options,
      },
      async (response) => {
        const parts: Buffer[] = [];
        for await (const part of response) parts.push(part);
        const { data, errors } = JSON.parse(Buffer.concat(parts).toString());
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          code: errors?.[0]?.extensions.code,
          titles: data?.articles.edges.length,
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function askHealth(): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${server.port}/health`);
  await response.arrayBuffer();
  return response.status;
}

const good = { status: 200, retryAfter: undefined, code: undefined, titles: 3 };
const late = { status: 503, retryAfter: '1', code: 'DEADLINE_EXCEEDED', titles: undefined };

describe('statements without end', () => {
  it('end at the deadline, in the database too, and nobody else notices', async () => {
    server = await start({ DEADLINE_MS: '4000' });
    let isOver = false;
    const answers = Promise.all(Array.from({ length: 20 }, () => ask())).finally(() => {
      isOver = true;
    });
    while (server.reading < 20) await setTimeout(5);
    for (let count = 0; count < 5; count += 1) expect(await askHealth()).toBe(200);
    expect(isOver).toBe(false);
    expect(await answers).toEqual(Array.from({ length: 20 }, () => late));

    // All connections are free again, or this one would have to wait for its own deadline.
    await expect.poll(() => server.reading).toBe(0);
    server.isSlow = false;
    expect(await ask()).toEqual(good);
  });

  it('end when their clients are gone', async () => {
    server = await start({ DEADLINE_MS: '600000' });
    const gone = new AbortController();
    const answers = Promise.allSettled(Array.from({ length: 8 }, () => ask({ signal: gone.signal })));
    while (server.reading < 8) await setTimeout(5);
    gone.abort();
    expect((await answers).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'rejected'));
    await expect.poll(() => server.reading).toBe(0);
    server.isSlow = false;
    expect(await ask()).toEqual(good);
  });

  it('end in the events of a subscription, which take no place from a request', async () => {
    server = await start({ DEADLINE_MS: '1500', MAX_CONCURRENCY: '1', MAX_QUEUE: '1' });
    const query = `subscription { contentChanged(since: 0) { changes(first: 1) { article {
      referencedBy(first: 1, filter: { title: { ne: "x" } }) { edges { node { title } } } } } } }`;
    const url = `http://127.0.0.1:${server.port}/graphql?query=${encodeURIComponent(query)}`;
    const stream = await fetch(url, { headers: { accept: 'text/event-stream' } });
    await expect.poll(() => server.reading).toBe(1);
    server.isSlow = false;
    // Its own deadline comes long after the stream's.
    await setTimeout(700);
    expect(await ask()).toEqual(good);
    // The stream tells why and ends, so that its client asks again from the version it has.
    expect(await stream.text()).toContain('"code":"DEADLINE_EXCEEDED"');
    await expect.poll(() => server.reading).toBe(0);
  });

  it('fill the places and the queue, and the rest is refused at once', async () => {
    server = await start({ DEADLINE_MS: '4000', MAX_CONCURRENCY: '4', MAX_QUEUE: '6' });
    const answers: Answered[] = [];
    const all = Array.from({ length: 30 }, () => ask().then((answer) => answers.push(answer)));
    // Three places, for they are one client, and six in the queue.
    await expect.poll(() => answers.length, { timeout: 3500 }).toBe(21);
    const refused = { status: 503, retryAfter: '1', code: 'OVERLOADED', titles: undefined };
    expect(answers).toEqual(Array.from({ length: 21 }, () => refused));
    expect(await askHealth()).toBe(200);
    expect(answers.length).toBe(21);

    await Promise.all(all);
    expect(answers.slice(21)).toEqual(Array.from({ length: 9 }, () => late));
    server.isSlow = false;
    for (let count = 0; count < 20; count += 1) expect(await ask()).toEqual(good);
  });
});

describe('quick operations, all at once', () => {
  it('are counted before the first of them runs', async () => {
    server = await start({ MAX_CONCURRENCY: '2', MAX_QUEUE: '3', CACHE: 'off' });
    server.isSlow = false;
    const agent = new Agent({ keepAlive: true, maxSockets: 40 });
    // Connections that are open already bring their requests in the same moment.
    const askAll = (count: number) => Promise.all(Array.from({ length: count }, () => askQuick(agent)));
    for (let count = 0; count < 10; count += 1) await askAll(5);
    await Promise.all(Array.from({ length: 40 }, () => askQuick(agent)));
    const statuses = await askAll(40);
    agent.destroy();
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(statuses.filter((status) => status === 200).length).toBeLessThan(20);
  });

  function askQuick(agent: Agent): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          port: server.port,
          path: '/graphql',
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json' },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ query: '{ articles { edges { node { title } } } }' }));
    });
  }
});
