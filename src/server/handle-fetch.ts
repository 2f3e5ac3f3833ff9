import { ReadableStream } from 'node:stream/web';
import type { Router } from './handle-node.ts';
import { abandon, EMPTY_BODY, type GatewayResponse } from './http/exchange.ts';
import { bodyTooLarge } from './http/refusals.ts';
import type { RequestIds } from './http/request-ids.ts';

export interface FetchHandlerOptions {
  router: Router;
  requestIds: RequestIds;
  maxBodyBytes: number;
}

/** Answers a Fetch request as the node:http listener does: for tests, and for programs that have no socket. */
export type FetchHandler = (request: Request) => Promise<Response>;

export function createFetchHandler({ router, requestIds, maxBodyBytes }: FetchHandlerOptions): FetchHandler {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const requestId = requestIds.accept(request.headers.get('x-request-id') ?? undefined);
    const body = await readAtMost(request, maxBodyBytes);
    const gatewayRequest = {
      method: request.method === 'HEAD' ? 'GET' : request.method,
      url: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: body ?? EMPTY_BODY,
      address: '127.0.0.1',
    };
    const connection = {
      requestId,
      onDisconnect: (listener: () => void) =>
        request.signal.addEventListener('abort', listener, { once: true }),
    };
    const answer = body
      ? await router.respond(gatewayRequest, connection)
      : router.refuse(bodyTooLarge(maxBodyBytes), gatewayRequest, connection);
    return toResponse(answer, request.method, requestId);
  };
}

async function readAtMost(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (!request.body) return EMPTY_BODY;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const BODILESS = new Set([204, 304]);

function toResponse(answer: GatewayResponse, method: string, requestId: string): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < answer.headers.length; at += 2) {
    headers.append(answer.headers[at] ?? '', answer.headers[at + 1] ?? '');
  }
  headers.set('x-request-id', requestId);
  const bodiless = method === 'HEAD' || BODILESS.has(answer.status);
  if (bodiless) {
    if (!Buffer.isBuffer(answer.body)) abandon(answer.body);
    return new Response(null, { status: answer.status, headers });
  }
  const body = Buffer.isBuffer(answer.body) ? new Uint8Array(answer.body) : toWebStream(answer.body);
  return new Response(body, { status: answer.status, headers });
}

function toWebStream(parts: AsyncIterable<Uint8Array>): BodyInit {
  // Node's web streams and the Fetch API's are one thing under two types.
  return ReadableStream.from(parts) as unknown as BodyInit;
}
