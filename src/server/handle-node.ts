import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import {
  abandon,
  type ClientConnection,
  EMPTY_BODY,
  type GatewayRequest,
  type GatewayResponse,
} from './http/exchange.ts';
import { createIncomingBodies } from './http/incoming-bodies.ts';
import { readBody } from './http/read-body.ts';
import { badRequest } from './http/refusals.ts';
import type { RequestIds } from './http/request-ids.ts';
import { sendStream } from './http/send-stream.ts';
import { SMALL_BODY, type UnreadResponses } from './http/unread-responses.ts';
import { addressKey } from './limits/client-key.ts';
import { beginRequest } from './open-requests.ts';
import type { Metrics } from './operations/metrics.ts';

/** Makes answers. Neither function throws or rejects. */
export interface Router {
  /** Answers a request; at once where it can. */
  respond(request: GatewayRequest, connection: ClientConnection): GatewayResponse | Promise<GatewayResponse>;
  /** The answer to a request that was found wrong before it could be read. */
  refuse(error: GraphQLError, request: GatewayRequest, connection: ClientConnection): GatewayResponse;
}

export interface NodeHandlerOptions {
  router: Router;
  requestIds: RequestIds;
  maxBodyBytes: number;
  unreadResponses: UnreadResponses;
  trustProxy: number;
  metrics: Pick<Metrics, 'responses' | 'crowdedConnections'>;
}

export interface NodeHandler {
  /** The listener of a node:http server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Requests that wait for their answer. */
  pending(): number;
  /** From now on each response asks for its connection to be closed, and streams end. */
  drain(): void;
}

/** Bytes of request bodies that may be on their way, at least; and how many of the largest. */
const MIN_INCOMING_BYTES = 64 * 1024 * 1024;
const MIN_INCOMING_BODIES = 16;

/** One request and its response as the pipeline sees them. One object and no closures: every request makes one. */
class NodeExchange implements GatewayRequest, ClientConnection {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly requestId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse, body: Buffer, requestId: string) {
    this.method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
    this.url = toOriginForm(request.url ?? '/');
    this.headers = request.headers;
    this.body = body;
    this.requestId = requestId;
    this.request = request;
    this.response = response;
  }

  get address(): string {
    return this.request.socket.remoteAddress ?? '';
  }

  onDisconnect(listener: () => void): void {
    const onClose = () => {
      if (!this.response.writableFinished) listener();
    };
    if (this.response.closed || this.response.destroyed) onClose();
    else this.response.once('close', onClose);
  }
}

/**
 * The path and query of a request target. Clients send the absolute form to proxies, and every server has to take it
 * (RFC 9112, section 3.2.2); which host it names is nothing to us, who are one site.
 */
function toOriginForm(target: string): string {
  if (target.startsWith('/')) return target;
  const path = /^https?:\/\/[^/?#]*(.*)$/i.exec(target)?.[1];
  if (path === undefined) return target;
  return path.startsWith('/') ? path : `/${path}`;
}

/** RFC 9112, section 3.2: more than one must be refused. (None is refused by node:http.) */
function hasSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}

export function createNodeHandler(options: NodeHandlerOptions): NodeHandler {
  const { router, requestIds, maxBodyBytes, metrics } = options;
  const stop = new AbortController();
  // Each open stream listens.
  setMaxListeners(0, stop.signal);
  let pending = 0;
  const incomingBodies = createIncomingBodies(
    Math.max(MIN_INCOMING_BYTES, MIN_INCOMING_BODIES * maxBodyBytes),
  );

  return {
    handle(request, response) {
      // What else there was in the same read is still handed over.
      if (request.socket.destroyed) return;
      if (!beginRequest(request, response)) {
        metrics.crowdedConnections += 1;
        return;
      }
      const requestId = requestIds.accept(request.headers['x-request-id']);
      if (hasSeveralHosts(request)) {
        // What follows on the connection may have been meant for another host.
        response.shouldKeepAlive = false;
        refuse(
          new NodeExchange(request, response, EMPTY_BODY, requestId),
          badRequest('Send one Host header.'),
        );
        return;
      }
      if (request.method === 'GET' || request.method === 'HEAD') {
        answer(new NodeExchange(request, response, EMPTY_BODY, requestId));
        return;
      }
      const bare = new NodeExchange(request, response, EMPTY_BODY, requestId);
      const client = addressKey(bare, options.trustProxy);
      readBody(request, maxBodyBytes, { incomingBodies, client }, (body) => {
        if (Buffer.isBuffer(body)) return answer(new NodeExchange(request, response, body, requestId));
        return refuse(bare, body);
      });
    },
    pending: () => pending,
    drain() {
      stop.abort();
    },
  };

  function refuse(exchange: NodeExchange, error: GraphQLError): void {
    write(exchange, router.refuse(error, exchange, exchange));
  }

  /** Resolves when the answer is written; undefined when it is already. */
  function answer(exchange: NodeExchange): Promise<void> | undefined {
    const answered = router.respond(exchange, exchange);
    if (!(answered instanceof Promise)) {
      write(exchange, answered);
      return undefined;
    }
    pending += 1;
    return answered.then((later) => {
      pending -= 1;
      write(exchange, later);
    });
  }

  function write(exchange: NodeExchange, answer: GatewayResponse): void {
    const { request, response, requestId } = exchange;
    if (response.destroyed || response.headersSent) {
      if (!Buffer.isBuffer(answer.body)) abandon(answer.body);
      return;
    }
    metrics.responses[answer.status] = (metrics.responses[answer.status] ?? 0) + 1;
    const headers = [...answer.headers, 'x-request-id', requestId];
    if (stop.signal.aborted) headers.push('connection', 'close');
    response.writeHead(answer.status, headers);
    const { unreadResponses, trustProxy } = options;
    if (Buffer.isBuffer(answer.body)) {
      // Most answers are small: nothing is made for them.
      if (answer.body.length >= SMALL_BODY) {
        const client = addressKey(exchange, trustProxy);
        const letGo = unreadResponses.hold(client, answer.body.length, () => response.destroy());
        // Closed when all of it was taken, and when the connection was lost.
        response.once('close', letGo);
      }
      response.end(request.method === 'HEAD' ? EMPTY_BODY : answer.body);
    } else if (request.method === 'HEAD') {
      response.end();
      abandon(answer.body);
    } else {
      const client = addressKey(exchange, trustProxy);
      void sendStream(response, answer.body, stop.signal, { unreadResponses, client });
    }
  }
}
