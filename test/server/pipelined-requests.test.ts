import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type RunningGateway, startTestGateway } from '../support/gateway.ts';

const running: RunningGateway[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.close()));
});

async function start() {
  const gateway = await startTestGateway();
  running.push(gateway);
  return gateway;
}

/** Writes a request so many times over one connection, and counts the answers until it is closed or all are there. */
function pipeline(
  port: number,
  request: string,
  times: number,
): Promise<{ answers: number; isClosed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    const answers = () => text.split('HTTP/1.1 ').length - 1;
    const finish = (isClosed: boolean) => {
      socket.destroy();
      resolve({ answers: answers(), isClosed });
    };
    socket.setEncoding('latin1');
    socket.on('connect', () => socket.write(request.repeat(times)));
    socket.on('data', (chunk) => {
      text += chunk;
      if (answers() === times) finish(false);
    });
    socket.on('error', () => {});
    socket.on('close', () => finish(true));
  });
}

test.each([
  ['a request', 'GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['one that cannot be read', 'GET /graphql?query=%7B HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['what is answered at once', 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n'],
])(
  'a connection may send some requests ahead, and is closed when it sends thousands: %s',
  async (_what, request) => {
    const { port } = await start();
    expect(await pipeline(port, request, 40)).toEqual({ answers: 40, isClosed: false });
    const { answers, isClosed } = await pipeline(port, request, 20_000);
    expect(isClosed).toBe(true);
    expect(answers).toBeLessThanOrEqual(64);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('gateway_connections_crowded_total 1\n');
    // The same connection may send any number one after another.
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  },
);
