import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, findWorkers, type Place, type RunningCli, startCli, writeArticles } from './run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

let place: Place;
const running: RunningCli[] = [];
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(async () => {
  for (const { child } of running) {
    // One that is stopped would stay, and keep the pipes open.
    for (const worker of findWorkers(child.pid)) process.kill(worker, 'SIGKILL');
    child.kill('SIGKILL');
  }
  await Promise.all(running.splice(0).map(({ result }) => result));
  place.remove();
});

async function serveInTwo() {
  const cli = startCli(['serve', '--port', '0', '--workers', '2', '--no-cache'], {
    ...place.env,
    LOG_LEVEL: 'error',
    LOG_FORMAT: 'json',
  });
  running.push(cli);
  const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
  return {
    workers: () => findWorkers(cli.child.pid),
    /** The number of articles, over a connection of its own. */
    async ask(): Promise<unknown> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ query: '{ articles { totalCount } }' }),
        signal: AbortSignal.timeout(60_000),
      });
      return response.json();
    },
    stop() {
      cli.child.kill('SIGTERM');
      return cli.result;
    },
  };
}

const three = { data: { articles: { totalCount: 3 } } };

test('a worker process that is stopped is ended, another takes its place, and no request is lost', async () => {
  const { workers, ask, stop } = await serveInTwo();
  const [first = 0, second = 0] = workers();
  process.kill(first, 'SIGSTOP');
  // Some of them are handed to the one that is stopped.
  const asked = Array.from({ length: 8 }, ask);
  expect(await Promise.all(asked)).toEqual(Array(8).fill(three));
  await expect
    .poll(() => workers().filter((pid) => pid !== first && pid !== second).length, { timeout: 60_000 })
    .toBe(1);
  expect(workers()).not.toContain(first);
  expect(workers()).toContain(second);
  expect(await ask()).toEqual(three);
  const { code, stdout, stderr } = await stop();
  expect(code).toBe(0);
  expect(stdout + stderr).toContain('no longer responds');
});

test('a worker process that the system ends, as by SIGBUS, is replaced', async () => {
  const { workers, ask, stop } = await serveInTwo();
  const [first = 0] = workers();
  process.kill(first, 'SIGBUS');
  await expect.poll(() => workers().includes(first), { timeout: 60_000 }).toBe(false);
  await expect.poll(() => workers().length, { timeout: 60_000 }).toBe(2);
  expect(await ask()).toEqual(three);
  expect((await stop()).code).toBe(0);
});
