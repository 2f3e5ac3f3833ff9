import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPlace, type Place, type RunningCli, runCli, startCli, writeArticles } from './run-cli.ts';

let place: Place;
let consumer: Server;
let calls: { version: { number: number; digest: string }; keys: string[]; isCut: boolean }[];
let env: Record<string, string>;
let server: RunningCli | undefined;

beforeEach(async () => {
  place = createPlace();
  writeArticles(place);
  calls = [];
  consumer = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      calls.push(JSON.parse(body));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => consumer.once('listening', resolve));
  const { port } = consumer.address() as AddressInfo;
  env = {
    ...place.env,
    PORT: '0',
    WATCH: 'off',
    WEBHOOK_URL: `http://127.0.0.1:${port}/`,
    WEBHOOK_SECRET: 'webhook-secret-0123456789',
  };
});
afterEach(async () => {
  server?.child.kill('SIGTERM');
  await server?.result;
  server = undefined;
  consumer.close();
  consumer.closeAllConnections();
  place.remove();
});

it.each(['1', '2'])(
  'a seed beside %s serving processes calls the webhook once',
  async (workers) => {
    server = startCli(['serve'], { ...env, WORKERS: workers });
    const [url = ''] = await server.says(/http:\/\/localhost:\d+\/graphql/);
    await vi.waitFor(() => expect(calls).toHaveLength(1), 30_000);
    place.write('trees/larch.md', '---\ntitle: The larch is gone\n---\nWind.\n');
    expect((await runCli(['seed'], place.env)).code).toBe(0);
    await vi.waitFor(() => expect(calls).toHaveLength(2), 30_000);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const metrics = await (await fetch(new URL('/metrics', url))).text();
    server.child.kill('SIGTERM');
    await server.result;

    expect(calls.map(({ version, isCut }) => [version.number, isCut])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(calls[1]?.keys).toContain('article:trees/larch');
    expect(metrics).toContain('gateway_syncs_total{result="elsewhere"} 1');
    expect(metrics.match(/^# HELP gateway_syncs_total /gm)).toHaveLength(1);
  },
  60_000,
);

const HIDDEN = (title: string) =>
  `---\ntitle: ${title}\npublished: false\nprovider: { name: Merger, domain: merger.example }\ntopics: [Takeover]\n---\nNot yet.\n`;

/** Serves, and changes a hidden article and then one that everybody sees, each in a version of its own. */
async function changeHiddenThenPublic(more: Record<string, string>): Promise<void> {
  place.write('trees/plan.md', HIDDEN('The plan'));
  server = startCli(['serve'], { ...env, WATCH: 'on', ...more });
  const [url = ''] = await server.says(/http:\/\/localhost:\d+\/graphql/);
  const versionIs = (number: number) =>
    vi.waitFor(async () => {
      const metrics = await (await fetch(new URL('/metrics', url))).text();
      expect(metrics).toMatch(new RegExp(`^gateway_content_version ${number}$`, 'm'));
    }, 30_000);
  await vi.waitFor(() => expect(calls).toHaveLength(1), 30_000);
  place.write('trees/plan.md', HIDDEN('Another plan'));
  await versionIs(2);
  place.write('trees/larch.md', '---\ntitle: The larch is gone\n---\nWind.\n');
  await versionIs(3);
}

it('a change of a hidden article is not told, and no name of one', async () => {
  await changeHiddenThenPublic({});
  await vi.waitFor(() => expect(calls).toHaveLength(2), 30_000);
  server?.child.kill('SIGTERM');
  await server?.result;

  expect(calls.map(({ version }) => version.number)).toEqual([1, 2]);
  expect(calls[1]?.keys).toContain('article:trees/larch');
  expect(JSON.stringify(calls)).not.toMatch(/plan|merger|takeover/i);
}, 60_000);

it('a change of a hidden article is told where the webhook is for preview readers', async () => {
  await changeHiddenThenPublic({ WEBHOOK_SCOPE: 'preview' });
  await vi.waitFor(() => expect(calls).toHaveLength(3), 30_000);

  expect(calls.map(({ version }) => version.number)).toEqual([1, 2, 3]);
  expect(calls[1]?.keys).toEqual(
    expect.arrayContaining(['article:trees/plan', 'provider:merger.example', 'topic:takeover']),
  );
}, 60_000);
