import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { maxConnectionsFor } from '../../src/server/limits/max-connections.ts';
import { createPlace, type Place, type RunningCli, startProcess, writeArticles } from './run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

let place: Place;
const running: RunningCli[] = [];
const sockets: Socket[] = [];
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ result }) => result));
  place.remove();
});

test('however many connections strangers open, a save is read', async () => {
  const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
  const node = `"${process.execPath}" --import "${import.meta.resolve('tsx')}" "${main}"`;
  const cli = startProcess('/bin/bash', ['-c', `ulimit -n 700 && exec ${node} serve --port 0 --no-cache`], {
    ...place.env,
    LOG_LEVEL: 'error',
  });
  running.push(cli);
  const [, url = '', port = ''] = await cli.says(/^(http:\/\/localhost:(\d+)\/graphql)\n/m);

  // The first is there before the others, to ask with.
  const client = connect(Number(port), '127.0.0.1');
  sockets.push(client);
  for (let count = 0; count < 900; count += 1) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
  }
  await expect
    .poll(() => sockets.filter(({ destroyed, closed }) => destroyed || closed).length)
    .toBeGreaterThan(500);

  place.write('trees/larch.md', '---\ntitle: The larch\ndraft: true\n---\nText.\n');
  const body = JSON.stringify({ query: '{ articles { totalCount } }' });
  const ask = () =>
    new Promise<string>((resolve) => {
      client.once('data', (data) => resolve(String(data)));
      const head = `POST /graphql HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-type: application/json`;
      client.write(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    });
  await expect.poll(ask).toContain('"totalCount":2');
});

test.each([
  [1_024, 624],
  [300, 75],
  [1_000_000, 10_000],
  [Number.POSITIVE_INFINITY, 10_000],
])('of %s descriptors, connections may have %s', (descriptors, connections) => {
  expect(maxConnectionsFor(descriptors)).toBe(connections);
});
