import { renameSync, statSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createPlace,
  findWorkers,
  type Place,
  type RunningCli,
  runCli,
  startCli,
  writeArticles,
} from './run-cli.ts';

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

async function serve(args: string[]) {
  const env = { ...place.env, STALE_AFTER_MS: '1000', LOG_FORMAT: 'json' };
  const cli = startCli(['serve', '--port', '0', ...args], env);
  running.push(cli);
  const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
  const ask = (path: string) => fetch(new URL(path, url), { headers: { connection: 'close' } });
  return {
    /** What several connections are told, any of which may reach another process. */
    async ready(): Promise<unknown[]> {
      const answers = await Promise.all(Array.from({ length: 8 }, async () => (await ask('/ready')).json()));
      return [...new Set(answers.map((answer) => answer.reason ?? answer.status))];
    },
    async metrics(): Promise<string> {
      return (await ask('/metrics')).text();
    },
    workers: () => findWorkers(cli.child.pid),
    stop() {
      cli.child.kill('SIGTERM');
      return cli.result;
    },
  };
}

const patience = { timeout: 60_000, interval: 200 };

test('a database that no sync can write to any more makes the server unready, and one made anew ready', async () => {
  const { ready, metrics, stop } = await serve([]);
  expect(await ready()).toEqual(['ready']);
  const file = place.databaseUrl.replace('file:', '');
  truncateSync(file, statSync(file).size / 2);
  place.write('trees/larch.md', '---\ntitle: Not for the public\npublished: false\n---\nText.\n');
  await expect.poll(ready, patience).toEqual(['stale']);
  expect(await metrics()).toMatch(/^gateway_sync_failures_total\{code="DATABASE_DAMAGED"\} [1-9]/m);
  expect(await metrics()).toMatch(/^gateway_content_behind_seconds [1-9]/m);

  expect((await runCli(['seed', '--rebuild'], place.env)).code).toBe(0);
  await expect.poll(ready, patience).toEqual(['ready']);
  expect(await metrics()).toMatch(/^gateway_content_behind_seconds 0$/m);
  const { code, stderr } = await stop();
  expect(code).toBe(0);
  expect(stderr).toContain('is damaged');
  expect(stderr).toContain('following the content folder again');
});

test('all processes on one port are unready while the folder is gone, those that start meanwhile too', async () => {
  const { ready, metrics, workers, stop } = await serve(['--workers', '2']);
  expect(await ready()).toEqual(['ready']);
  renameSync(place.content, `${place.content}-away`);
  await expect.poll(ready, patience).toEqual(['stale']);
  expect(await metrics()).toMatch(/^gateway_sync_failures_total\{code="FOLDER_MISSING"\} [1-9]/m);

  const [first = 0] = workers();
  process.kill(first, 'SIGKILL');
  const isReplaced = () => workers().length === 2 && !workers().includes(first);
  await expect.poll(isReplaced, patience).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await ready()).toEqual(['stale']);

  renameSync(`${place.content}-away`, place.content);
  await expect.poll(ready, patience).toEqual(['ready']);
  expect((await stop()).code).toBe(0);
});
