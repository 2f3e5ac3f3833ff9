import { isEntitled, type Reader } from '../access/readers.ts';
import type { CorsPolicy } from '../http/cors.ts';
import { COST_HEADER, type GatewayRequest } from '../http/exchange.ts';

export interface ResponseHeaderOptions {
  cors: CorsPolicy;
  /** `Cache-Control` of a public GET that succeeded. */
  cacheControl: string;
}

/** The headers of a GraphQL answer that follow from who asked and how, not from what was answered. */
export function responseHeaders(
  { cors, cacheControl }: ResponseHeaderOptions,
  request: GatewayRequest,
  reader: Reader,
  succeeded: boolean,
): string[] {
  const origin = cors.allowedOrigin(request);
  const vary = `Accept, Accept-Encoding, Authorization${cors.variesByOrigin ? ', Origin' : ''}`;
  const headers = ['vary', vary, ...cors.headersFor(origin), 'x-content-type-options', 'nosniff'];
  if (isEntitled(reader)) headers.push('cache-control', 'private, no-store');
  // A measured answer is for whoever asked for it.
  else if (!succeeded || request.headers[COST_HEADER] !== undefined)
    headers.push('cache-control', 'no-store');
  // A POST's answer is kept by no cache unless it says so itself (RFC 9111, section 3), so it says nothing.
  else if (request.method === 'GET') headers.push('cache-control', cacheControl);
  return headers;
}
