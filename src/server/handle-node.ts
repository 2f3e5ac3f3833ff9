import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Answer, abandon, EMPTY_BODY, errorAnswer, type Question } from './exchange.ts';
import { readBody } from './read-body.ts';
import type { RequestIds } from './request-ids.ts';
import type { Asker } from './share-flights.ts';

/** Answers a question; at once where it can. Never throws, never rejects. */
export type Responder = (question: Question, asker: Asker) => Answer | Promise<Answer>;

export interface NodeHandlerOptions {
  respond: Responder;
  requestIds: RequestIds;
  maxBodyBytes: number;
  /** Counts of responses, at the index of their status. */
  responses: Float64Array;
}

export interface NodeHandler {
  /** The listener of a node:http server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Requests that wait for their answer. */
  pending(): number;
  /** From now on each response asks for its connection to be closed, and endless ones end. */
  drain(): void;
}

/** One request and its response as the pipeline sees them. One object and no closures: every request makes one. */
class NodeExchange implements Question, Asker {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly requestId: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse, body: Buffer, requestId: string) {
    this.method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
    this.url = request.url ?? '/';
    this.headers = request.headers;
    this.body = body;
    this.requestId = requestId;
    this.request = request;
    this.response = response;
  }

  get address(): string {
    return this.request.socket.remoteAddress ?? '';
  }

  onGone(listener: () => void): void {
    this.response.once('close', () => {
      if (!this.response.writableFinished) listener();
    });
  }
}

export function createNodeHandler(options: NodeHandlerOptions): NodeHandler {
  const { respond, requestIds, maxBodyBytes } = options;
  const streams = new Set<AbortController>();
  let pending = 0;
  let draining = false;

  return {
    handle(request, response) {
      const requestId = requestIds.accept(request.headers['x-request-id']);
      if (request.method === 'GET' || request.method === 'HEAD') {
        answer(new NodeExchange(request, response, EMPTY_BODY, requestId));
        return;
      }
      readBody(request, maxBodyBytes, (body) => {
        if (Buffer.isBuffer(body)) answer(new NodeExchange(request, response, body, requestId));
        else write(new NodeExchange(request, response, EMPTY_BODY, requestId), errorAnswer(body));
      });
    },
    pending: () => pending,
    drain() {
      draining = true;
      for (const stream of streams) stream.abort();
    },
  };

  function answer(exchange: NodeExchange): void {
    const answered = respond(exchange, exchange);
    if (!(answered instanceof Promise)) {
      write(exchange, answered);
      return;
    }
    pending += 1;
    void answered.then((later) => {
      pending -= 1;
      write(exchange, later);
    });
  }

  function write({ request, response, requestId }: NodeExchange, answer: Answer): void {
    if (response.destroyed || response.headersSent) {
      if (!Buffer.isBuffer(answer.body)) abandon(answer.body);
      return;
    }
    options.responses[answer.status] = (options.responses[answer.status] ?? 0) + 1;
    const headers = [...answer.headers, 'x-request-id', requestId];
    if (draining) headers.push('connection', 'close');
    response.writeHead(answer.status, headers);
    if (Buffer.isBuffer(answer.body)) response.end(request.method === 'HEAD' ? EMPTY_BODY : answer.body);
    else if (request.method === 'HEAD') {
      response.end();
      abandon(answer.body);
    } else void stream(response, answer.body);
  }

  async function stream(response: ServerResponse, body: Exclude<Answer['body'], Buffer>): Promise<void> {
    const abort = new AbortController();
    streams.add(abort);
    try {
      response.flushHeaders();
      await pipeline(Readable.from(body), response, { signal: abort.signal });
    } catch {
      // The client left, or the server stops: either way there is nobody to tell.
      response.destroy();
    } finally {
      streams.delete(abort);
    }
  }
}
