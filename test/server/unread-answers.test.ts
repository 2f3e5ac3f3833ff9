import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../src/server/listen.ts';
import { createTestGateway, post } from '../support/gateway.ts';
import { rawPost } from './raw-request.ts';

const MIB = 1024 * 1024;
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function serve(env: Record<string, string>, idleTimeoutMs: number) {
  const test = createTestGateway({ CACHE: 'off', ...env });
  const server = await listen(test.gateway, { host: '127.0.0.1', port: 0, graceMs: 0, idleTimeoutMs });
  cleanUp.push(() => server.close());
  return { ...test, port: server.port };
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  cleanUp.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Whether the server ends the connection within so long. Reads nothing but its end. */
async function isEnded(socket: Socket, ms: number): Promise<boolean> {
  const closed = once(socket, 'close').then(() => true);
  return Promise.race([closed, wait(ms).then(() => false)]);
}

const large = { query: '{ slow }' };
const largeAnswer = 'x'.repeat(12 * MIB);

describe('a connection', () => {
  it('that never sends a byte is closed', async () => {
    const { port } = await serve({}, 300);
    expect(await isEnded(await open(port), 5_000)).toBe(true);
  });

  it('whose client does not take the answer is closed, and the memory is free again', async () => {
    const { port, standIn, gateway } = await serve({ MAX_UNREAD_BYTES: String(20 * MIB) }, 1_500);
    standIn.slow = async () => largeAnswer;
    const sockets = await Promise.all(Array.from({ length: 3 }, () => open(port)));
    for (const socket of sockets) {
      socket.pause();
      socket.write(rawPost(JSON.stringify(large)));
    }
    // Over the bound operations are refused, and health is still told.
    await expect
      .poll(async () => (await post(gateway, { query: '{ hello }' })).status, { timeout: 5_000 })
      .toBe(503);
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(health.status).toBe(200);
    // They are closed by the server though they say nothing, and operations are answered again.
    await expect
      .poll(async () => (await post(gateway, { query: '{ hello }' })).status, { timeout: 10_000 })
      .toBe(200);
  });

  it('of another client is answered while one leaves its answers untaken', async () => {
    const { port, standIn, gateway } = await serve(
      { MAX_UNREAD_BYTES: String(40 * MIB), TRUST_PROXY: '1' },
      60_000,
    );
    standIn.slow = async () => largeAnswer;
    for (let index = 0; index < 6; index += 1) {
      const socket = await open(port);
      socket.pause();
      socket.write(rawPost(JSON.stringify(large), ['x-forwarded-for: 192.0.2.1']));
    }
    const statusOf = async (address: string) =>
      (await post(gateway, { query: '{ hello }' }, { 'x-forwarded-for': address })).status;
    await expect.poll(() => statusOf('192.0.2.1'), { timeout: 5_000 }).toBe(503);
    expect(await statusOf('192.0.2.2')).toBe(200);
    // Those of the client that leaves most are closed until all is within the bound again.
    await wait(500);
    expect(await statusOf('192.0.2.2')).toBe(200);
  });

  it('whose client takes the answer slowly is left open', async () => {
    const { port, standIn } = await serve({}, 700);
    standIn.slow = async () => largeAnswer;
    const socket = await open(port);
    socket.write(rawPost(JSON.stringify(large)));
    let received = 0;
    for (let round = 0; round < 400 && received < largeAnswer.length; round += 1) {
      const chunk: Buffer | null = socket.read(256 * 1024) ?? socket.read();
      received += chunk?.length ?? 0;
      await wait(15);
    }
    expect(received).toBeGreaterThanOrEqual(largeAnswer.length);
  });

  it('whose answer takes long, or that has a stream open, may be silent', async () => {
    const { port, standIn } = await serve({}, 250);
    standIn.slow = () => wait(1_200, 'at last');
    const socket = await open(port);
    socket.write(rawPost(JSON.stringify({ query: '{ slow }' })));
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toContain('at last');
  });
});

it('one client cannot take all places of subscriptions', async () => {
  const { gateway, standIn } = createTestGateway({ MAX_CLIENT_SUBSCRIPTIONS: '2', TRUST_PROXY: '1' });
  standIn.ticks = async function* () {
    yield 1;
    await wait(60_000, undefined, { ref: false });
  };
  const subscribe = (address: string) =>
    post(
      gateway,
      { query: 'subscription { ticks }' },
      { accept: 'text/event-stream', 'x-forwarded-for': address },
    );
  const own = [await subscribe('192.0.2.1'), await subscribe('192.0.2.1'), await subscribe('192.0.2.1')];
  expect(own.map(({ status }) => status)).toEqual([200, 200, 503]);
  expect(await own[2]?.json()).toMatchObject({
    errors: [{ extensions: { limit: { name: 'MAX_CLIENT_SUBSCRIPTIONS', max: 2 } } }],
  });
  const other = await subscribe('192.0.2.2');
  expect(other.status).toBe(200);
  await own[0]?.body?.cancel();
  await expect.poll(async () => (await subscribe('192.0.2.1')).status, { timeout: 5_000 }).toBe(200);
  await gateway.close();
});
