import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { EMPTY_BODY } from './exchange.ts';
import type { IncomingBodies } from './incoming-bodies.ts';
import { badRequest, bodyTooLarge, tooManyBodies } from './refusals.ts';

// A client that is refused while it still sends must be let finish, or it never reads the answer; but not for ever.
const DRAIN_FACTOR = 16;
/** Each chunk costs far more than its bytes, so many may not be tiny: they come from nobody who wants an answer. */
const FREE_CHUNKS = 1_000;
const MIN_AVERAGE_BYTES = 16;

/**
 * Reads a request body and gives it to `done`, or a coded error as soon as it is known to be larger than `maxBytes`, or
 * to come in crumbs; the rest is then read and thrown away. `done` is not called when the client breaks off. Bytes are
 * counted as they come, whatever `Content-Length` says, until `done` has done with them, and refused where a client or all of them have
 * too many under way. (A broken connection is no uncaught error: node:http reports it only to listeners.)
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  { incomingBodies, client }: { incomingBodies: IncomingBodies; client: string },
  done: (body: Buffer | GraphQLError) => unknown,
): void {
  // The bytes so far are the first `bytes` of it: one buffer that grows, since each chunk by itself keeps more alive.
  let kept: Buffer = EMPTY_BODY;
  let bytes = 0;
  let chunks = 0;
  let refused = false;
  let isWhole = false;
  let counted = 0;
  const refuse = (error: GraphQLError) => {
    if (refused) return;
    refused = true;
    kept = EMPTY_BODY;
    release();
    done(error);
  };
  const release = () => {
    incomingBodies.release(client, counted);
    counted = 0;
  };
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) refuse(bodyTooLarge(maxBytes));

  request.on('data', (chunk: Buffer) => {
    const start = bytes;
    bytes += chunk.length;
    chunks += 1;
    if (bytes > maxBytes * DRAIN_FACTOR) request.destroy();
    if (bytes > maxBytes) refuse(bodyTooLarge(maxBytes));
    else if (chunks > FREE_CHUNKS && bytes < chunks * MIN_AVERAGE_BYTES) {
      refuse(badRequest('The request body comes in too many pieces.'));
    }
    if (!refused && !incomingBodies.take(client, chunk.length)) refuse(tooManyBodies());
    if (refused) return;
    counted += chunk.length;
    if (chunks === 1) kept = chunk;
    else {
      if (chunks === 2 || bytes > kept.length) kept = grow(kept, start, bytes, maxBytes);
      chunk.copy(kept, start);
    }
  });
  request.on('end', () => {
    if (refused) return;
    isWhole = true;
    const answered = done(kept.subarray(0, bytes));
    if (answered instanceof Promise) void answered.finally(release);
    else release();
  });
  // It comes after the end, too.
  request.on('close', () => {
    if (!isWhole) release();
  });
}

/** A buffer of our own with the first `used` bytes, and room for `needed` or more. */
function grow(kept: Buffer, used: number, needed: number, maxBytes: number): Buffer {
  const grown = Buffer.allocUnsafeSlow(Math.min(maxBytes, Math.max(needed, 2 * kept.length)));
  kept.copy(grown, 0, 0, used);
  return grown;
}
