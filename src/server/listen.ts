import { createServer, type Server } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeIdleSockets } from './close-idle-sockets.ts';
import type { Gateway } from './create-gateway.ts';
import { maxConnectionsFor, readMaxDescriptors } from './limits/max-connections.ts';

/** The port or the address cannot be had; `code` is the operating system's. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface ListenOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Milliseconds that requests in flight may take after `close` was called. @default 10000 */
  graceMs?: number;
  /** Milliseconds a client may take to send its headers. @default 10000 */
  headersTimeoutMs?: number;
  /** Milliseconds for which nothing may move on a connection that owes or is owed something. @default 20000 */
  idleTimeoutMs?: number;
  /** Connections at one time. @default what the process's file descriptors allow */
  maxConnections?: number;
}

export interface Listening {
  /** The address of the API, such as `http://localhost:4000/graphql`. */
  url: string;
  port: number;
  /** Stops listening, lets requests in flight finish, and closes what is left after the grace. Can be called again. */
  close(): Promise<void>;
}

/** A client that takes longer to send its headers, or its whole request, is cut off (slow loris). */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
const IDLE_TIMEOUT_MS = 20_000;
// Longer than the 60 s of common load balancers, so that it is they who close, and not we under their request.
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const CHECK_INTERVAL_MS = 2_000;
const MAX_HEADER_BYTES = 16 * 1024;
const DEFAULT_GRACE_MS = 10_000;
/** How long an open connection may be silent during the stop: a request may be on its way on it. */
const LINGER_MS = 300;
const POLL_MS = 50;
/** Connections that may wait to be accepted, which happens one a turn of the event loop; the system may allow fewer. */
const MAX_BACKLOG = 4_096;

/** The system's backlog is taken when this many turns of the event loop have brought no connection; but not for ever. */
const QUIET_TURNS = 3;
const MAX_TURNS = 2_000;

/**
 * Serves the gateway over HTTP/1.1. @throws ListenError
 */
export async function listen(gateway: Gateway, options: ListenOptions): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      noDelay: true,
    },
    gateway.handle,
  );
  // No count of headers: node:http leaves out the ones over it without a word, and their bytes are bounded already.
  server.maxHeadersCount = 0;
  // Further ones are closed at once.
  server.maxConnections = options.maxConnections ?? maxConnectionsFor(readMaxDescriptors());
  server.on('drop', () => gateway.noteDrop());
  closeIdleSockets(server, options.idleTimeoutMs ?? IDLE_TIMEOUT_MS);
  const sockets = trackSockets(server);
  const port = await bind(server, options);

  let closed: Promise<void> | null = null;
  return {
    url: `http://${displayHost(options.host)}:${port}/graphql`,
    port,
    close() {
      closed ??= stop(server, gateway, sockets, options.graceMs ?? DEFAULT_GRACE_MS);
      return closed;
    },
  };
}

function bind(server: Server, { host, port }: ListenOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen({ host, port, backlog: MAX_BACKLOG }, () => {
      server.removeAllListeners('error');
      // Running out of file descriptors comes as an error of the server: the connection is lost, the server need not be.
      server.on('error', () => {});
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): ListenError {
  const code = error.code ?? 'UNKNOWN';
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use: choose another one with --port or PORT.`,
    EACCES: `Port ${port} may not be used by this user: choose one above 1023 with --port or PORT.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine: choose another one with --host or HOST.`,
    ENOTFOUND: `${host} is not a known host name: choose another one with --host or HOST.`,
  };
  return new ListenError(code, reasons[code] ?? `Cannot listen on ${host}:${port} (${code}).`);
}

/** The open connections. */
function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/**
 * Waits until no connection is left that the system has made and we have not taken: closing the socket would reset them,
 * with the requests on them. libuv takes one in a turn of the event loop, so a busy server can have some.
 */
async function takeBacklog(server: Server): Promise<void> {
  let quietTurns = 0;
  const onConnection = () => {
    quietTurns = 0;
  };
  server.on('connection', onConnection);
  for (let turns = 0; quietTurns < QUIET_TURNS && turns < MAX_TURNS; turns += 1) {
    quietTurns += 1;
    await new Promise(setImmediate);
  }
  server.off('connection', onConnection);
}

async function stop(
  server: Server,
  gateway: Gateway,
  sockets: ReadonlySet<Socket>,
  graceMs: number,
): Promise<void> {
  await takeBacklog(server);
  gateway.drain();
  const closed = new Promise<void>((resolve) => {
    // http.Server's own close() also cuts idle connections at once, under requests that are on their way to us;
    // net.Server's only stops listening.
    NetServer.prototype.close.call(server, () => resolve());
  });
  const deadline = Date.now() + graceMs;
  const lingerUntil = Date.now() + Math.min(LINGER_MS, graceMs);
  let received = -1;
  const isBusy = () => {
    // Bytes that came in since the last look are of a request that is on its way.
    const before = received;
    received = [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
    return (
      gateway.pending() > 0 || received > before || [...sockets].some((socket) => socket.writableLength > 0)
    );
  };
  while (Date.now() < deadline && sockets.size > 0 && (Date.now() < lingerUntil || isBusy()))
    await sleep(POLL_MS);
  // Ends the checking of connections too, which would keep the process alive.
  server.close();
  server.closeAllConnections();
  await closed;
  await gateway.close();
}

function displayHost(host: string): string {
  if (host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
