import { createHash } from 'node:crypto';
import type { Reader } from '../access/readers.ts';
import { COST_HEADER, type GatewayRequest } from '../http/exchange.ts';
import type { Accepted } from '../http/negotiate-accept.ts';

// V8 hashes a string of more than 16,383 characters by its length alone, so long keys would all meet in one bucket.
const MAX_PLAIN_BYTES = 8 * 1024;

/** Everything an answer depends on, apart from the content version. `origin` is the allowed origin or null. */
export function cacheKey(
  request: GatewayRequest,
  accepted: Accepted,
  reader: Reader,
  origin: string | null,
): string {
  const { body } = request;
  const bytes =
    body.length <= MAX_PLAIN_BYTES
      ? body.toString('latin1')
      : createHash('sha256').update(body).digest('hex');
  // No part but the last can contain a line break, so no two requests share a key.
  return `${request.method}\n${request.url}\n${accepted.json} ${accepted.stream}\n${reader.scopes.preview ? 1 : 0}\n${origin ?? ''}\n${body.length}\n${bytes}`;
}

/**
 * Whether the answer may be kept and shared: nothing decrypted, nothing measured, and JSON. A stream that the client would
 * accept, too, is the answer to a subscription alone, and its reader is the one who started it.
 */
export function isShareable(request: GatewayRequest, accepted: Accepted, reader: Reader): boolean {
  return !reader.scopes.secured && request.headers[COST_HEADER] === undefined && accepted.json !== null;
}
