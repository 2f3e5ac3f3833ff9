import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { drawSlugs } from './draw-slugs.ts';
import { type Measurement, measureLoad } from './measure.ts';
import { mixRequests } from './mixed-requests.ts';
import type { PreparedContent } from './prepare-content.ts';
import { withServer } from './rounds.ts';
import { gatewayServer } from './servers.ts';

export interface SlowSocketsOptions {
  sockets: number;
  /** Of each measurement. */
  seconds: number;
  rounds: number;
}

export interface SlowSocketsResult {
  quiet: Measurement[];
  slow: Measurement[];
  /** Sockets that the server had hung up on at the end of a round, over all rounds. */
  closed: number;
  opened: number;
}

/** Load with and without many sockets that send a byte a second, in turn. */
export async function loadWithSlowSockets(
  content: PreparedContent,
  options: SlowSocketsOptions,
): Promise<SlowSocketsResult> {
  const requests = mixRequests(drawSlugs(content.databaseFile, 120));
  const gateway = gatewayServer(content.databaseUrl, content.folder, { CACHE: 'off' });
  return withServer(gateway, async (url) => {
    const result: SlowSocketsResult = { quiet: [], slow: [], closed: 0, opened: 0 };
    await measureLoad(url, requests, Math.min(3, options.seconds));
    for (let round = 0; round < options.rounds; round++) {
      result.quiet.push(await measureLoad(url, requests, options.seconds));
      const slow = openSlowSockets(url, options.sockets);
      try {
        await setTimeout(1000);
        result.slow.push(await measureLoad(url, requests, options.seconds));
      } finally {
        const { opened, closed } = slow.close();
        result.opened += opened;
        result.closed += closed;
      }
    }
    return result;
  });
}

/** A third each: a head that never ends, a body that never ends, and an answer that is never read. */
function openSlowSockets(url: string, count: number): { close(): { opened: number; closed: number } } {
  const { hostname, port } = new URL(url);
  const sockets = new Map<Socket, number>();
  let opened = 0;
  let closed = 0;
  for (let i = 0; i < count; i++) {
    const socket = connect(Number(port), hostname);
    sockets.set(socket, i % 3);
    socket.on('connect', () => {
      opened += 1;
      begin(socket, i % 3);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (sockets.delete(socket)) closed += 1;
    });
  }
  const drip = setInterval(() => {
    for (const [socket, kind] of sockets) if (kind !== 2 && socket.writable) socket.write('a');
  }, 1000);
  return {
    close() {
      clearInterval(drip);
      const left = [...sockets.keys()];
      sockets.clear();
      for (const socket of left) socket.destroy();
      return { opened, closed };
    },
  };
}

function begin(socket: Socket, kind: number): void {
  const head = 'POST /graphql HTTP/1.1\r\nHost: slow.example\r\nContent-Type: application/json\r\n';
  if (kind === 0) socket.write(`${head}X-Slow: `);
  else if (kind === 1) socket.write(`${head}Content-Length: 100000\r\n\r\n{`);
  else {
    const body = JSON.stringify({
      query: '{ articles(first: 20) { edges { node { title excerpt body } } } }',
    });
    socket.pause();
    socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}
