import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The data of an answer whose fields a test only compares. */
export type Data = Record<string, unknown>;

/** The data of an answer. @throws when it has errors */
export async function askGateway<T = Data>(
  url: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** A page of a list. */
export interface Page<T> {
  edges: { cursor: string; node: T }[];
}

export function nodesOf<T>({ edges }: Page<T>): T[] {
  return edges.map(({ node }) => node);
}

/** A server that a webhook calls. */
export interface Consumer {
  url: string;
  /** The bodies of the calls so far. */
  calls: { keys: string[] }[];
  close(): void;
}

export async function collectCalls(): Promise<Consumer> {
  const calls: Consumer['calls'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      calls.push(JSON.parse(body));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
