import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createPlace,
  loadArticles,
  type Place,
  type RunningCli,
  runCli,
  startCli,
  writeArticles,
} from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

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

/** Serves on a free port and waits for the address. */
async function serve(args: string[] = [], env: Record<string, string> = {}) {
  const cli = startCli(['serve', '--port', '0', ...args], { ...place.env, LOG_LEVEL: 'warn', ...env });
  running.push(cli);
  const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
  return {
    url,
    says: cli.says,
    async ask(query: string, headers: Record<string, string> = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    stop(signal: NodeJS.Signals = 'SIGTERM') {
      cli.child.kill(signal);
      return cli.result;
    },
  };
}

const countArticles = '{ articles { totalCount } }';
const count = (totalCount: number) => ({ data: { articles: { totalCount } } });

test('loads, says what is served, answers, follows the folder, and SIGTERM ends it with 0', async () => {
  place.write('odd.md', '---\ntitle: Odd\nheat: warm\n---\nText.\n');
  const { url, ask, stop } = await serve();
  expect(await ask(countArticles)).toEqual(count(4));
  place.write('new.md', '---\ntitle: Newly written\n---\nText.\n');
  await expect.poll(() => ask(countArticles), { timeout: 10_000 }).toEqual(count(5));
  // One of them has stood there since before the folder was followed.
  const metrics = async () => (await fetch(new URL('/metrics', url))).text();
  await expect.poll(metrics).toContain('gateway_syncs_total{result="changed"} 2');
  expect(await metrics()).toContain('gateway_content_problems{severity="warning"} 1');
  const { code, stdout } = await stop();
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /4 articles, 1 provider, 1 topic, 0 sections, 0 images and 0 related links loaded in \d+ ms/,
  );
  expect(stdout).toContain('1 problem in 1 file; npm run check shows all');
  expect(stdout).toContain(`database ${place.databaseUrl}`);
  expect(stdout.trim().split('\n').at(-1)).toBe(url);
});

test.each([[[]], [['--workers', '2']]])(
  'a process in which something goes on ends after the grace period all the same %j',
  async (args) => {
    const preload = fileURLToPath(new URL('./fixtures/stay-alive.mjs', import.meta.url));
    const { stop } = await serve(args, { NODE_OPTIONS: `--import=${preload}`, SHUTDOWN_GRACE_MS: '300' });
    const started = performance.now();
    const ended = await Promise.race([stop(), setTimeout(20_000, null, { ref: false })]);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended?.stderr).toContain('requests are still running');
    expect(performance.now() - started).toBeGreaterThan(2_000);
  },
);

test('in development prints a preview token that works, and in production none', async () => {
  place.write('hidden.md', '---\ntitle: Not yet\npublished: false\n---\nText.\n');
  const development = await serve(['--no-watch']);
  const [, token] = await development.says(/preview token[^:]*: ([\w-]{24})\n/);
  expect(await development.ask(countArticles)).toEqual(count(3));
  expect(await development.ask(countArticles, { authorization: `Bearer ${token}` })).toEqual(count(4));
  expect((await development.stop('SIGINT')).code).toBe(0);
  const production = await serve(['--no-watch'], { NODE_ENV: 'production' });
  expect((await production.stop()).stdout).not.toContain('token');
});

test('a port in use and a missing folder are one clear line and exit code 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const inUse = await runCli(['serve', '--port', String(port)], place.env);
  taken.close();
  expect(inUse).toMatchObject({ code: 2, stdout: '' });
  expect(inUse.stderr).toBe(`Port ${port} is in use: choose another one with --port or PORT.\n`);
  const missing = await runCli(['serve', '--content', './no/such/folder'], place.env);
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(missing.stderr.trim().split('\n')).toHaveLength(1);
});

test('with the folder gone the old content is served, loudly', async () => {
  await loadArticles(place);
  rmSync(place.content, { recursive: true });
  const { ask, stop } = await serve(['--no-watch']);
  expect(await ask(countArticles)).toEqual(count(3));
  const { code, stderr } = await stop();
  expect(code).toBe(0);
  expect(stderr).toMatch(/WARNING: .*does not exist.*still served/);
});

test('several processes answer on one port and follow the folder', async () => {
  place.write('hidden.md', '---\ntitle: Not yet\npublished: false\n---\nText.\n');
  const { url, says, ask, stop } = await serve(['--workers', '2', '--no-cache']);
  const [, token] = await says(/preview token[^:]*: (\S+)\n/);
  expect(await ask(countArticles)).toEqual(count(3));
  place.write('new.md', '---\ntitle: Newly written\n---\nText.\n');
  for (let times = 0; times < 4; times += 1) {
    await expect.poll(() => ask(countArticles), { timeout: 10_000 }).toEqual(count(4));
    expect(await ask(countArticles, { authorization: `Bearer ${token}` })).toEqual(count(5));
  }
  const metrics = await (await fetch(new URL('/metrics', url))).text();
  expect(metrics).toContain('gateway_syncs_total{result="changed"} 2');
  expect((await stop()).code).toBe(0);
});

test('with --documents-only nothing but the manifest is answered', async () => {
  const known = '{ articles(first: 1) { totalCount } }';
  const manifest = join(place.root, 'documents.json');
  writeFileSync(manifest, JSON.stringify({ [createHash('sha256').update(known).digest('hex')]: known }));
  const { ask, stop } = await serve(['--documents', manifest, '--documents-only', '--no-watch']);
  expect(await ask(known)).toEqual(count(3));
  expect(await ask(countArticles)).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
  expect((await stop()).code).toBe(0);
});
