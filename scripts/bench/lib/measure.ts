import { Agent, request as httpRequest } from 'node:http';
import autocannon from 'autocannon';
import type { Operation } from './operations.ts';

/** One request as it goes over the wire. */
export interface BenchRequest {
  method: 'GET' | 'POST';
  /** With the query string. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What one round of load showed. */
export interface Measurement {
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  /** Milliseconds. */
  p99: number;
  /** Milliseconds. */
  max: number;
  /** How often each status came. */
  statuses: Record<string, number>;
  /** Requests without an answer. */
  lost: number;
}

/** A GraphQL operation as a POST of JSON. */
export function postOperation(operation: Operation): BenchRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(operation),
  };
}

/** A plain GET. */
export function get(path: string, headers: Record<string, string> = {}): BenchRequest {
  return { method: 'GET', path, headers };
}

/** A GraphQL operation as a GET. */
export function getOperation(operation: Operation, headers: Record<string, string> = {}): BenchRequest {
  const parameters = new URLSearchParams({ query: operation.query });
  if (operation.variables) parameters.set('variables', JSON.stringify(operation.variables));
  return get(`/graphql?${parameters}`, { accept: 'application/json', ...headers });
}

/** How to load a server. */
export interface LoadOptions {
  /** @default 16 */
  connections?: number;
  /** Requests a second over all connections; without it, as many as go through. */
  rate?: number;
  /** Seconds until a request counts as lost. @default 10 */
  timeout?: number;
  /** Called for each connection; gives what to do when a request is sent, a chunk has come and an answer is whole. */
  watch?: () => LoadWatcher;
}

/** Looks at the traffic of one connection. */
export interface LoadWatcher {
  sent(): void;
  /** Bytes as they come; the head of the answer may be among them. */
  received(chunk: Buffer): void;
  answered(status: number): void;
}

/** Loads a server for some seconds, each connection in turn through the list of requests. */
export async function measureLoad(
  url: string,
  requests: readonly BenchRequest[],
  seconds: number,
  options: LoadOptions = {},
): Promise<Measurement> {
  const { watch } = options;
  const result = await autocannon({
    url,
    connections: options.connections ?? 16,
    duration: seconds,
    requests: [...requests],
    timeout: options.timeout ?? 60,
    ...(options.rate ? { overallRate: options.rate } : {}),
    setupClient(client) {
      const watcher = watch?.();
      if (!watcher) return;
      client.on('request', () => watcher.sent());
      client.on('body', (chunk) => watcher.received(chunk));
      client.on('response', (status) => watcher.answered(status));
    },
  });
  const statuses = Object.fromEntries(
    Object.entries(result.statusCodeStats).map(([status, { count }]) => [status, count]),
  );
  return {
    requestsPerSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    max: result.latency.max,
    statuses,
    lost: result.errors + result.timeouts,
  };
}

/** An answer and what it took. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** Milliseconds from the request to the last byte. */
  ms: number;
}

/** Asks one thing at a time over one kept connection. */
export function createClient(url: string): { ask(request: BenchRequest): Promise<Answer>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    ask: (asked) =>
      new Promise((resolve, reject) => {
        const started = performance.now();
        const length =
          asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) };
        const options = {
          agent,
          method: asked.method,
          headers: { ...asked.headers, ...length },
          timeout: 30_000,
        };
        const request = httpRequest(new URL(asked.path, url), options, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const body = Buffer.concat(chunks).toString();
            const ms = performance.now() - started;
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body, ms });
          });
        });
        request.on('timeout', () => request.destroy(new Error('No answer within 30 seconds.')));
        request.on('error', reject);
        request.end(asked.body);
      }),
    close: () => agent.destroy(),
  };
}
