import type { IncomingMessage } from 'node:http';
import { EMPTY_BODY } from './exchange.ts';

// A client that is told 413 while it still sends must be let finish, or it never reads the answer; but not for ever.
const DRAIN_FACTOR = 16;

/**
 * Reads a request body and gives it to `done`, or null as soon as it is known to be larger than `maxBytes`; the rest is
 * then read and thrown away. `done` is not called when the client breaks off. Bytes are counted as they come, whatever
 * `Content-Length` says. (A broken connection is no uncaught error: node:http reports it only to listeners.)
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  done: (body: Buffer | null) => void,
): void {
  let first: Buffer | null = null;
  let rest: Buffer[] | null = null;
  let bytes = 0;
  let refused = Number(request.headers['content-length'] ?? 0) > maxBytes;
  if (refused) done(null);

  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      first = null;
      rest = null;
      if (bytes > maxBytes * DRAIN_FACTOR) request.destroy();
      if (!refused) {
        refused = true;
        done(null);
      }
    } else if (first === null) first = chunk;
    else if (rest === null) rest = [first, chunk];
    else rest.push(chunk);
  });
  request.on('end', () => {
    if (!refused) done(rest ? Buffer.concat(rest, bytes) : (first ?? EMPTY_BODY));
  });
}
