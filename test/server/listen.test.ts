import { Agent, createServer, get as httpGet, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ListenError, listen } from '../../src/server/listen.ts';
import { createTestGateway, type RunningGateway, startTestGateway } from '../support/gateway.ts';
import { rawPost, sendRaw } from './raw-request.ts';

const running: RunningGateway[] = [];
const start = async (env: Record<string, string> = {}) => {
  const gateway = await startTestGateway(env);
  running.push(gateway);
  return gateway;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.close()));
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hello = JSON.stringify({ query: '{ hello }' });

/** Asks over a kept connection; gives the status, or the code of the error. */
function ask(port: number, agent: Agent, body = hello): Promise<number | string> {
  return new Promise((resolve) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path: '/graphql',
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end(body);
  });
}

describe('listen', () => {
  it('tells its address', async () => {
    const gateway = await start();
    expect(gateway.url).toBe(`http://localhost:${gateway.port}/graphql`);
  });

  it('counts the connections that it closes at once, as there are too many', async () => {
    const { gateway } = createTestGateway();
    const listening = await listen(gateway, { host: '127.0.0.1', port: 0, graceMs: 0, maxConnections: 1 });
    const sockets = [1, 2, 3].map(() => connect({ port: listening.port, host: '127.0.0.1' }));
    for (const socket of sockets) socket.on('error', () => {}).resume();
    await vi.waitFor(() => expect(sockets.filter(({ closed }) => closed)).toHaveLength(2), 5_000);
    const response = await gateway.fetch(new Request('http://test/metrics'));
    expect(await response.text()).toContain('gateway_connections_dropped_total 2\n');
    for (const socket of sockets) socket.destroy();
    await listening.close();
  });

  it('names a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { gateway } = createTestGateway();

    const error = await listen(gateway, { host: '127.0.0.1', port }).catch((reason: unknown) => reason);
    other.close();
    await gateway.close();

    expect(error).toBeInstanceOf(ListenError);
    expect(error).toMatchObject({ code: 'EADDRINUSE' });
    expect((error as Error).message).toBe(`Port ${port} is in use: choose another one with --port or PORT.`);
  });

  it('names an address that is not of this machine', async () => {
    const { gateway } = createTestGateway();
    await expect(listen(gateway, { host: '203.0.113.1', port: 0 })).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
    await gateway.close();
  });

  it('answers HEAD as GET, without the body', async () => {
    const { port } = await start();
    const response = await fetch(`http://127.0.0.1:${port}/graphql?query={hello}`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('32');
    expect(await response.text()).toBe('');
  });

  it('answers requests that were sent one after another without waiting', async () => {
    const { port } = await start();
    const { text } = await sendRaw(
      port,
      [Buffer.concat([rawPost(hello), rawPost(hello, ['connection: close'])])],
      500,
    );
    expect(text.match(/HTTP\/1\.1 200/g)?.length).toBeGreaterThanOrEqual(1);
  });

  it('reads a body that comes byte by byte', async () => {
    const { port } = await start();
    const bytes = rawPost(hello);
    const parts = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
    expect((await sendRaw(port, parts)).status).toBe(200);
  });
});

describe('slow sockets', () => {
  it('do not keep others waiting', async () => {
    const { port } = await start();
    const sockets = Array.from({ length: 200 }, () => connect({ port, host: '127.0.0.1' }));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    const drip = setInterval(() => {
      for (const socket of sockets) socket.write('x');
    }, 20);
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.write('POST /graphql HTTP/1.1\r\nhost: a\r\nx-slow: ');
    }
    const agent = new Agent({ keepAlive: true });
    const statuses = await Promise.all(Array.from({ length: 50 }, () => ask(port, agent)));
    clearInterval(drip);
    agent.destroy();
    for (const socket of sockets) socket.destroy();

    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('are cut off', async () => {
    // Node's own limits, made short: what is tested is that listen leaves them on.
    const { gateway } = createTestGateway();
    const listening = await listen(gateway, { host: '127.0.0.1', port: 0, headersTimeoutMs: 300 });
    const { status, ms } = await sendRaw(listening.port, ['POST /graphql HTTP/1.1\r\nhost: a\r\n'], 8_000);
    await listening.close();

    expect([0, 408]).toContain(status);
    expect(ms).toBeLessThan(7_000);
  });
});

describe('stopping', () => {
  it('finishes requests in flight, and refuses new connections', async () => {
    const gateway = await start();
    let end: (value: string) => void = () => {};
    gateway.standIn.slow = () =>
      new Promise((resolve) => {
        end = resolve;
      });
    const agent = new Agent({ keepAlive: true });
    const inFlight = ask(gateway.port, agent, JSON.stringify({ query: '{ slow }' }));
    await wait(50);
    const closed = gateway.close();
    await wait(50);
    expect(await ask(gateway.port, new Agent())).toBe('ECONNREFUSED');
    end('done');

    expect(await inFlight).toBe(200);
    await closed;
  });

  it('drops no request under load', async () => {
    const gateway = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const outcomes: (number | string)[] = [];
    let stopped = false;
    const clients = Array.from({ length: 20 }, async (_, client) => {
      for (let count = 0; !stopped; count += 1) {
        const name = JSON.stringify({ query: `{ hello(name: "${client}-${count}") }` });
        const outcome = await ask(gateway.port, agent, name);
        outcomes.push(outcome);
        if (outcome !== 200) return;
      }
    });
    // Under way, however slow the machine is.
    await vi.waitFor(() => expect(outcomes.length).toBeGreaterThan(100), 20_000);
    await gateway.close();
    stopped = true;
    await Promise.all(clients);
    agent.destroy();

    // A new connection is refused once the server has stopped; none that was taken is cut.
    expect(new Set(outcomes.filter((outcome) => outcome !== 'ECONNREFUSED'))).toEqual(new Set([200]));
  });

  it('does not wait for idle connections', async () => {
    const gateway = await start();
    const idle = connect({ port: gateway.port, host: '127.0.0.1' });
    await new Promise((resolve) => idle.once('connect', resolve));
    const agent = new Agent({ keepAlive: true });
    await ask(gateway.port, agent);
    const started = performance.now();
    await gateway.close();

    expect(performance.now() - started).toBeLessThan(3_000);
    idle.destroy();
    agent.destroy();
  });

  it('gives up on what takes longer than the grace', async () => {
    const gateway = await start({ SHUTDOWN_GRACE_MS: '200' });
    gateway.standIn.slow = () => new Promise(() => {});
    const inFlight = ask(gateway.port, new Agent(), JSON.stringify({ query: '{ slow }' }));
    await wait(50);
    await gateway.close();
    expect(await inFlight).toBe('ECONNRESET');
  });

  describe('ends subscriptions', () => {
    const subscribe = (port: number) => {
      const stream = { text: '', outcome: '' };
      const ended = new Promise<void>((resolve) => {
        httpGet(
          {
            port,
            host: '127.0.0.1',
            path: '/graphql?query=subscription{ticks}',
            headers: { accept: 'text/event-stream' },
          },
          (response) => {
            response.on('data', (chunk: Buffer) => {
              stream.text += chunk.toString();
            });
            response.on('error', (error: NodeJS.ErrnoException) => {
              stream.outcome = error.code ?? error.message;
            });
            response.on('end', () => {
              stream.outcome = 'ended';
            });
            response.on('close', resolve);
          },
        );
      });
      return { stream, ended };
    };

    it.each([
      ['that talk', 10],
      ['that are silent', 60_000],
    ])('%s, in order and to be opened again', async (_, pause) => {
      const gateway = await start();
      let left = 0;
      gateway.standIn.ticks = async function* () {
        for (let tick = 0; ; tick += 1) {
          yield tick;
          await new Promise((resolve) => setTimeout(resolve, tick === 0 ? 10 : pause).unref());
        }
      };
      const all = Array.from({ length: 3 }, () => subscribe(gateway.port));
      for (const { ended } of all) void ended.then(() => (left += 1));
      await vi.waitFor(() => {
        for (const { stream } of all) expect(stream.text).toContain('"ticks":1');
      });
      const started = performance.now();
      await gateway.close();
      await Promise.all(all.map(({ ended }) => ended));

      expect(performance.now() - started).toBeLessThan(3_000);
      expect(left).toBe(3);
      for (const { stream } of all) {
        expect(stream.outcome).toBe('ended');
        expect(stream.text).toMatch(/\n\n$/);
        expect(stream.text).not.toContain('event: complete');
      }
    });
  });
});
