import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, type Place, type RunningCli, runCli, startCli, writeArticles } from './run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

let place: Place;
const running: RunningCli[] = [];
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ result }) => result));
  place.remove();
});

test.each([[['--no-watch']], [[]], [['--workers', '2']]])(
  'served with %j, 20 articles of 20 are public within a second of their time',
  async (args) => {
    const count = 20;
    // Starting takes some seconds on a busy machine.
    const begin = Math.ceil(Date.now() / 1000) * 1000 + 15_000;
    const timeOf = (index: number) => begin + index * 400;
    for (let index = 0; index < count; index += 1) {
      const date = new Date(timeOf(index)).toISOString();
      place.write(`post-${index}.md`, `---\ntitle: Post ${index}\ndate: ${date}\n---\nText.\n`);
    }
    place.write('over.md', `---\ntitle: Over\nexpires: ${new Date(timeOf(10)).toISOString()}\n---\nText.\n`);
    const cli = startCli(['serve', '--port', '0', ...args], { ...place.env, LOG_LEVEL: 'warn' });
    running.push(cli);
    const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
    await cli.says(/^20 scheduled, the next change at 20.*Z$/m);
    const slugs = async (): Promise<string[]> => {
      const query = '{ articles(first: 100) { edges { node { slug } } } }';
      const response = await fetch(`${url}?query=${encodeURIComponent(query)}`);
      const { data } = (await response.json()) as {
        data: { articles: { edges: { node: { slug: string } }[] } };
      };
      return data.articles.edges.map(({ node }) => node.slug);
    };
    expect((await slugs()).sort()).toEqual(['over', 'trees/alder', 'trees/larch', 'trees/rowan']);

    const seen = new Map<string, number>();
    let gone = 0;
    while (seen.size < count && Date.now() < timeOf(count) + 10_000) {
      const asked = Date.now();
      const found = await slugs();
      const answered = Date.now();
      for (const slug of found) {
        if (!slug.startsWith('post-') || seen.has(slug)) continue;
        // Never early: what was answered before its time has not been asked for later.
        expect(answered).toBeGreaterThanOrEqual(timeOf(Number(slug.slice(5))));
        seen.set(slug, asked - timeOf(Number(slug.slice(5))));
      }
      if (gone === 0 && !found.includes('over')) gone = asked - timeOf(10);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen.size).toBe(count);
    expect([...seen.values()].filter((late) => late > 1_000)).toEqual([]);
    expect(gone).toBeLessThanOrEqual(1_000);
    cli.child.kill('SIGTERM');
    expect((await cli.result).code).toBe(0);
  },
);

test('what another process has loaded appears in time too: to the cache, the subscription and the webhook', async () => {
  const calls: { keys: string[]; version: { number: number } }[] = [];
  const consumer = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    calls.push(JSON.parse(body));
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => consumer.once('listening', resolve));
  try {
    const { port } = consumer.address() as AddressInfo;
    const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/`, WEBHOOK_SECRET: 'webhook-secret-0123456789' };
    const cli = startCli(['serve', '--port', '0', '--no-watch'], {
      ...place.env,
      ...hook,
      LOG_LEVEL: 'warn',
    });
    running.push(cli);
    const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
    await vi.waitFor(() => expect(calls).toHaveLength(1), 10_000);

    const time = Math.ceil(Date.now() / 1000) * 1000 + 9_000;
    const date = new Date(time).toISOString();
    place.write('post.md', `---\ntitle: Post\ndate: ${date}\ntopics: [Soon]\n---\nText.\n`);
    expect((await runCli(['seed'], place.env)).code).toBe(0);
    expect(Date.now()).toBeLessThan(time - 1_000);

    const query = '{ article(slug: "post") { title } }';
    const ask = async () => {
      const response = await fetch(`${url}?query=${encodeURIComponent(query)}`);
      return { text: await response.text(), etag: response.headers.get('etag') };
    };
    const before = await ask();
    expect(before.text).toBe('{"data":{"article":null}}');
    // From the cache.
    expect(await ask()).toEqual(before);
    const events = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { contentChanged { changes { kind slug } } }' }),
    });
    const told: { text: string; at: number }[] = [];
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of events.body ?? []) {
        const text = decoder.decode(chunk);
        if (text.includes('post')) told.push({ text, at: Date.now() });
      }
    })().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, time - Date.now()));
    await vi.waitFor(async () => expect((await ask()).text).toContain('Post'), {
      timeout: 1_000,
      interval: 20,
    });
    expect((await ask()).etag).not.toBe(before.etag);
    await vi.waitFor(() => expect(told).toHaveLength(1), 5_000);
    expect(told[0]?.at).toBeGreaterThanOrEqual(time);
    expect(told[0]?.text).toContain('"kind":"CREATED","slug":"post"');
    await vi.waitFor(() => expect(calls).toHaveLength(2), 5_000);
    expect(calls[1]?.keys).toEqual(expect.arrayContaining(['article:post', 'topic:soon']));
    cli.child.kill('SIGTERM');
    expect((await cli.result).code).toBe(0);
    await reading;
  } finally {
    consumer.close();
    consumer.closeAllConnections();
  }
});
