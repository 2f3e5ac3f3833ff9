import type { GraphQLError } from 'graphql';

/** One request, whole: what an answer may depend on. */
export interface GatewayRequest {
  /** GET, POST, OPTIONS and so on; a HEAD arrives as GET, and its body is not sent. */
  method: string;
  /** Path and query string, as sent. */
  url: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** The peer's IP address. */
  address: string;
}

/** The connection on which a client waits for its response. */
export interface ClientConnection {
  readonly requestId: string;
  /** Calls the listener once when the client goes away before it has its answer. */
  onDisconnect(listener: () => void): void;
}

/** A response that does not yet know its request: the id of the request is added when it is sent. */
export interface GatewayResponse {
  status: number;
  /** Names and values in turn, the way node:http writes fastest. `content-length` is in it where the body is bytes. */
  headers: string[];
  /** The whole, or parts that come as things happen. */
  body: Buffer | AsyncIterable<Uint8Array>;
}

/** What the way of one request leaves behind for its answer, its log line and its metrics. */
export interface Trace {
  requestId: string;
  /** For whom it is answered; see client-key.ts. */
  client: string;
  /** Aborts when the client is gone or the deadline has passed. */
  signal: AbortSignal;
}

/** A request header that asks for the operation's cost in `extensions.cost`, which no kept answer can tell. */
export const COST_HEADER = 'x-gateway-cost';

export const EMPTY_BODY = Buffer.alloc(0);

/** The value of a header that may stand once; of repeated ones, the first. */
export function header(request: Pick<GatewayRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

/** Lets go of a stream that nobody will read. */
export function abandon(body: Exclude<GatewayResponse['body'], Buffer>): void {
  body[Symbol.asyncIterator]()
    .return?.()
    .catch(() => undefined);
}

export function jsonResponse(
  status: number,
  value: unknown,
  headers: readonly string[] = [],
  mediaType = 'application/json',
): GatewayResponse {
  const body = Buffer.from(JSON.stringify(value));
  return {
    status,
    headers: [
      'content-type',
      `${mediaType}; charset=utf-8`,
      'content-length',
      String(body.length),
      'cache-control',
      'no-store',
      ...headers,
    ],
    body,
  };
}

export function emptyResponse(status: number, headers: readonly string[] = []): GatewayResponse {
  return {
    status,
    headers: status === 204 ? [...headers] : ['content-length', '0', ...headers],
    body: EMPTY_BODY,
  };
}

/** The HTTP side of a coded error: Yoga's convention, so that one error serves in front of it and inside. */
interface HttpExtension {
  status?: number;
  headers?: Record<string, string>;
}

/**
 * An error before or around execution as a GraphQL answer without data. Its status is `extensions.http.status`, else 400.
 * @param mediaType that the client would get an answer in
 */
export function errorResponse(
  error: GraphQLError,
  headers: readonly string[] = [],
  mediaType?: string,
): GatewayResponse {
  const { http, ...extensions } = error.extensions as { http?: HttpExtension };
  const own = Object.entries(http?.headers ?? {}).flat();
  const body = { errors: [{ message: error.message, extensions }] };
  return jsonResponse(http?.status ?? 400, body, [...own, ...headers], mediaType);
}
