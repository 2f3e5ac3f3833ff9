import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleQueries } from '../../src/server/graphiql/example-queries.ts';
import { listen } from '../../src/server/listen.ts';
import { type ContentGateway, createContentGateway, get, post } from '../support/gateway.ts';

const KEY = randomBytes(32);
const EDITOR = 'editor-token-0123456789';
const BUYER = 'buyer-token-01234567890';
const env = {
  PREVIEW_TOKENS: `editor:${EDITOR}`,
  SECURED_TOKENS: `buyer:${BUYER}`,
  SECURED_KEY: KEY.toString('hex'),
  MAX_CONCURRENCY: '64',
  MAX_QUEUE: '1000',
};
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let folder: string;
let content: ContentGateway;

const file = (name: string, front: string, body = 'Body.') =>
  writeFileSync(join(folder, name), `---\n${front}\n---\n${body}\n`);

function encrypt(text: string, key: Buffer): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${bytes.toString('base64')};${iv.toString('base64')}`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
  file('open.md', 'title: Open\ntopics: [Tea]\nprovider: { name: House, domain: house.example }');
  file('hidden.md', 'title: Hidden\npublished: false\ntopics: [Secrets]');
  file('paid.md', `title: Paid\nsecured: "${encrypt('The text that was paid for.', KEY)}"`);
  file('lost.md', `title: Lost\nsecured: "${encrypt('Nobody can read it.', randomBytes(32))}"`);
  content = await createContentGateway(folder, env);
});
afterAll(async () => {
  await content.close();
  rmSync(folder, { recursive: true });
});

const titles = '{ articles { totalCount edges { node { title } } } }';

describe('what an operation cost', () => {
  const ask = async ({ gateway }: ContentGateway, headers: Record<string, string> = {}) => {
    const answer = await post(gateway, { query: titles }, { 'x-gateway-cost': '1', ...headers });
    const { extensions } = (await answer.json()) as { extensions: { cost: object } };
    return extensions.cost;
  };
  const counted = { maximumRows: expect.any(Number), statements: 1, rows: expect.any(Number) };

  it('is told the public without the time in production, where it would be a clock for what it does not see', async () => {
    const production = await createContentGateway(folder, { ...env, NODE_ENV: 'production' });
    expect(await ask(production)).toEqual(counted);
    expect(await ask(production, bearer(BUYER))).toEqual(counted);
    expect(await ask(production, bearer(EDITOR))).toEqual({ ...counted, ms: expect.any(Number) });
    await production.close();
  });

  it('is told with the time in development', async () => {
    expect(await ask(content)).toEqual({ ...counted, ms: expect.any(Number) });
  });
});

describe('a gateway with content', () => {
  it('answers from the database, then from the cache, with the same bytes', async () => {
    const first = await post(content.gateway, { query: titles });
    const second = await post(content.gateway, { query: titles });
    expect([first.headers.get('x-cache'), second.headers.get('x-cache')]).toEqual(['MISS', 'HIT']);
    const body = await first.text();
    expect(JSON.parse(body)).toMatchObject({ data: { articles: { totalCount: 3 } } });
    expect(await second.text()).toBe(body);
  });

  it('serves the new content at the first request after a sync', async () => {
    const query = '{ article(slug: "news") { title } contentVersion { number } }';
    for (let round = 1; round <= 5; round += 1) {
      file('news.md', `title: News ${round}`);
      const { version } = await content.sync();
      const response = await post(content.gateway, { query });
      expect(await response.json()).toEqual({
        data: { article: { title: `News ${round}` }, contentVersion: { number: version?.number } },
      });
    }
    unlinkSync(join(folder, 'news.md'));
    await content.sync();
    expect(await (await post(content.gateway, { query })).json()).toMatchObject({ data: { article: null } });
  });

  it('gives no stale answer to anybody while syncs go on', async () => {
    const query = '{ contentVersion { number } articles { totalCount } }';
    let acknowledged = (await content.sync()).version?.number ?? 0;
    let stopped = false;
    let stale = 0;
    let failed = 0;
    let answers = 0;
    const clients = Array.from({ length: 8 }, async (_, client) => {
      while (!stopped) {
        const least = acknowledged;
        const response =
          client % 2 === 0 ? await post(content.gateway, { query }) : await get(content.gateway, query);
        const body = (await response.json()) as { data?: { contentVersion: { number: number } } };
        answers += 1;
        if (!body.data) failed += 1;
        else if (body.data.contentVersion.number < least) stale += 1;
        // fetch on the gateway never leaves the process: without a pause the syncs would get no turn.
        await new Promise(setImmediate);
      }
    });
    for (let round = 0; round < 10; round += 1) {
      file('changing.md', `title: Changing ${round}`);
      acknowledged = (await content.sync()).version?.number ?? acknowledged;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    stopped = true;
    await Promise.all(clients);
    unlinkSync(join(folder, 'changing.md'));
    await content.sync();

    expect({ stale, failed }).toEqual({ stale: 0, failed: 0 });
    expect(answers).toBeGreaterThan(50);
  });

  it('gives the same bytes for what is hidden and what is not there', async () => {
    const ask = async (slug: string) => {
      const response = await post(content.gateway, {
        query: 'query ($slug: String!) { article(slug: $slug) { id title } }',
        variables: { slug },
      });
      const headers = [...response.headers].filter(([name]) => name !== 'x-request-id');
      return { headers, body: await response.text() };
    };
    expect(await ask('hidden')).toEqual(await ask('absent'));
  });

  it('shows hidden articles to preview readers, and never from one to the other', async () => {
    const query = '{ article(slug: "hidden") { title published } topic(slug: "secrets") { name } }';
    for (let round = 0; round < 2; round += 1) {
      const preview = await post(content.gateway, { query }, bearer(EDITOR));
      expect(await preview.json()).toMatchObject({
        data: { article: { title: 'Hidden', published: false } },
      });
      expect(preview.headers.get('cache-control')).toBe('private, no-store');
      const open = await post(content.gateway, { query });
      expect(await open.json()).toEqual({ data: { article: null, topic: null } });
    }
  });

  it('decrypts for entitled readers only, and keeps nothing of it', async () => {
    const query = '{ article(slug: "paid") { isSecured securedBody } }';
    for (let round = 0; round < 2; round += 1) {
      const entitled = await post(content.gateway, { query }, bearer(BUYER));
      expect(entitled.headers.get('x-cache')).toBeNull();
      expect(await entitled.json()).toEqual({
        data: { article: { isSecured: true, securedBody: 'The text that was paid for.' } },
      });
      for (const headers of [{}, bearer(EDITOR)] as Record<string, string>[]) {
        const text = await (await post(content.gateway, { query }, headers)).text();
        expect(text).not.toContain('paid for');
        expect(JSON.parse(text).errors[0].extensions.code).toBe('FORBIDDEN');
      }
    }
  });

  it('tells a wrong key by its code', async () => {
    const query = '{ article(slug: "lost") { securedBody } }';
    const response = await post(content.gateway, { query }, bearer(BUYER));
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'SECURED_UNREADABLE' } }] });
  });

  it('refuses what costs too much, by the limit of the configuration', async () => {
    const strict = await createContentGateway(folder, { MAX_COST: '10' });
    const response = await post(strict.gateway, {
      query: '{ articles(first: 50) { edges { node { title } } } }',
    });
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain('COST_LIMIT');
    await strict.close();
  });

  it('tells subscribers of a new version, though nobody asks for anything', async () => {
    const listening = await listen(content.gateway, { host: '127.0.0.1', port: 0 });
    const abort = new AbortController();
    const query = 'subscription { contentChanged { version } }';
    const response = await fetch(
      `http://127.0.0.1:${listening.port}/graphql?query=${encodeURIComponent(query)}`,
      {
        headers: { accept: 'text/event-stream' },
        signal: abort.signal,
      },
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    file('told.md', 'title: Told');
    const report = await content.sync();
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        if (text.includes('"version":')) abort.abort();
      }
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
    await listening.close();
    expect(text).toContain(`"version":${report.version?.number}`);
  });
});

describe('the example queries of GraphiQL', () => {
  it('have something to show in the sample content, each within the limits', async () => {
    const samples = await createContentGateway(new URL('../../content', import.meta.url).pathname);
    for (const { query, variables } of exampleQueries) {
      const [operation] = parse(query).definitions;
      const response = await post(samples.gateway, { query, variables });
      const body = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
      expect({
        operation: operation && 'name' in operation && operation.name?.value,
        errors: body.errors,
      }).toEqual({
        operation: expect.any(String),
        errors: undefined,
      });
      expect(JSON.stringify(body.data)).not.toMatch(/"edges":\[\]\}\}$/);
    }
    await samples.close();
  });
});
