import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestPostgresql, postgresqlServer, type TestPostgresql } from '../support/postgresql.ts';
import { createPlace, type Place, runCli, startCli, writeArticles } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

const isThere = (await postgresqlServer()) !== null;

describe.skipIf(!isThere)('an index in PostgreSQL', () => {
  let place: Place;
  let database: TestPostgresql;
  let env: Record<string, string>;
  beforeEach(async () => {
    place = createPlace();
    writeArticles(place);
    database = await createTestPostgresql();
    env = { ...place.env, DATABASE_URL: `${database.url}?schema=gateway` };
  });
  afterEach(async () => {
    place.remove();
    await database.remove();
  });

  test('is seeded, is the same as one in a file, and is examined', async () => {
    const seeded = await runCli(['seed', '--json'], env);
    expect(seeded.code).toBe(0);
    const report = JSON.parse(seeded.stdout);
    expect(report).toMatchObject({ created: 3, changed: true, exitCode: 0 });
    const inFile = JSON.parse((await runCli(['seed', '--json'], place.env)).stdout);
    expect(report.version.digest).toBe(inFile.version.digest);
    const again = JSON.parse((await runCli(['seed', '--json', '--rebuild'], env)).stdout);
    expect(again).toMatchObject({ changed: false, unchanged: 3 });
    const { code, stdout } = await runCli(['doctor', '--json', '--port', '0'], env);
    const { findings } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(findings.filter(({ verdict }: { verdict: string }) => verdict !== 'ok')).toEqual([]);
    expect(findings.map(({ message }: { message: string }) => message)).toContainEqual(
      expect.stringMatching(/^PostgreSQL \d.*, schema gateway$/),
    );
  });

  test('is served, a file that is saved shows, and connections that are cut are opened again', async () => {
    const server = startCli(['serve', '--port', '0', '--watch'], { ...env, WATCH: 'on' });
    const [url = ''] = await server.says(/http:\S+/);
    const ask = async () => {
      const query = '{ articles(first: 5) { totalCount edges { node { title } } } }';
      const body = JSON.stringify({ query });
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return response.text();
    };
    try {
      expect(await ask()).toContain('"totalCount":3');
      place.write('trees/beech.md', '---\ntitle: The beech\n---\nText.\n');
      await vi.waitFor(async () => expect(await ask()).toContain('The beech'), {
        timeout: 20_000,
        interval: 50,
      });
      await database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      expect(await ask()).toContain('"totalCount":4');
      place.write('trees/oak.md', '---\ntitle: The oak\n---\nText.\n');
      await vi.waitFor(async () => expect(await ask()).toContain('The oak'), {
        timeout: 20_000,
        interval: 50,
      });
      const ready = await fetch(new URL('/ready', url));
      expect(await ready.json()).toMatchObject({ status: 'ready' });
    } finally {
      server.child.kill('SIGTERM');
    }
    const { code, stderr } = await server.result;
    expect(stderr).not.toContain('Error');
    expect(code).toBe(0);
  });

  test('whose server is away while a file is saved has it when that is back', async () => {
    const way = await openWay(new URL(database.url));
    const server = startCli(['serve', '--port', '0', '--watch'], {
      ...env,
      DATABASE_URL: way.url,
      WATCH: 'on',
    });
    try {
      const [url = ''] = await server.says(/http:\S+/);
      const ready = async () => (await fetch(new URL('/ready', url))).json();
      expect(await ready()).toMatchObject({ status: 'ready', version: 1 });
      await way.cut();
      await vi.waitFor(async () => expect(await ready()).toMatchObject({ status: 'unavailable' }), {
        timeout: 10_000,
      });
      place.write('trees/oak.md', '---\ntitle: The oak\n---\nText.\n');
      // Long enough for the look at the folder to fail.
      await sleep(2_000);
      await way.open();
      await vi.waitFor(async () => expect(await ready()).toMatchObject({ status: 'ready', version: 2 }), {
        timeout: 45_000,
        interval: 200,
      });
    } finally {
      server.child.kill('SIGTERM');
      await server.result;
      await way.cut();
    }
    const { stdout, stderr } = await server.result;
    expect(stdout + stderr).toContain('cannot be reached');
  });

  test('that cannot be reached is told in plain words, and the password in none', async () => {
    const DATABASE_URL = 'postgresql://press:hunter2@127.0.0.1:1/gateway';
    for (const command of [['seed'], ['doctor', '--port', '0'], ['serve', '--port', '0']]) {
      const { code, stdout, stderr } = await runCli(command, { ...env, DATABASE_URL });
      expect(code, command[0]).not.toBe(0);
      expect(stdout + stderr).toContain('PostgreSQL at 127.0.0.1:1/gateway cannot be reached');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });
});

/** A way to a server that can be cut and opened again. */
async function openWay(target: URL): Promise<{ url: string; cut(): Promise<void>; open(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((socket) => {
    const on = keep(connect(Number(target.port || 5432), target.hostname));
    keep(socket).pipe(on).pipe(socket);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    open: () => listen(port),
    async cut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
