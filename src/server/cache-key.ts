import { createHash } from 'node:crypto';
import { header, type Question } from './exchange.ts';
import type { Reader } from './readers.ts';

/** A request header that asks for the operation's cost in `extensions.cost`, which no kept answer can tell. */
export const COST_HEADER = 'x-gateway-cost';

// V8 hashes a string of more than 16,383 characters by its length alone, so long keys would all meet in one bucket.
const MAX_PLAIN_BYTES = 8 * 1024;

/** Everything an answer depends on, apart from the content version. `origin` is the allowed origin or null. */
export function cacheKey(question: Question, reader: Reader, origin: string | null): string {
  const { body } = question;
  const bytes =
    body.length <= MAX_PLAIN_BYTES
      ? body.toString('latin1')
      : createHash('sha256').update(body).digest('hex');
  const accept = header(question, 'accept') ?? '';
  // No part but the last can contain a line break, so no two questions share a key.
  return `${question.method}\n${question.url}\n${accept}\n${reader.scopes.preview ? 1 : 0}\n${origin ?? ''}\n${body.length}\n${bytes}`;
}

/**
 * Whether the answer may be kept and shared: nothing decrypted, nothing measured, and nothing but JSON, since a stream has
 * one reader. What is not known to be negotiated as JSON is not.
 */
export function isShareable(question: Question, reader: Reader): boolean {
  if (reader.scopes.secured) return false;
  if (question.headers[COST_HEADER] !== undefined) return false;
  const accept = header(question, 'accept');
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true;
  return !STREAM_TYPE.test(accept) && accept.split(',').some((range) => JSON_RANGE.test(range));
}

const STREAM_TYPE = /text\/event-stream|multipart\/mixed/i;
/** A media range that has JSON in it, by any weight above 0 (RFC 9110, section 12.4.2) and in no charset but UTF-8. */
const JSON_RANGE =
  /^\s*(?:\*\/\*|application\/(?:\*|json|graphql-response\+json))\s*(?:;\s*(?:q=(?:1(?:\.0{0,3})?|0?\.(?!0+(?!\d))\d{1,3})|charset=utf-8)\s*)*$/i;
