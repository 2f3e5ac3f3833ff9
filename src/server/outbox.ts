import type { ServerResponse } from 'node:http';

/** Below this a body is no burden: a connection holds as much anyhow before it is asked to wait. */
const SMALL_BODY = 16 * 1024;

/** Counts the bytes of answers that clients have not taken yet. */
export interface Outbox {
  readonly bytes: number;
  /** Whether more than is allowed is on its way, so that no further operation may add to it. */
  isFull(): boolean;
  /** Counts a body until its response is closed. */
  note(response: ServerResponse, length: number): void;
}

/** @param maxBytes over all connections of the process */
export function createOutbox(maxBytes: number): Outbox {
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    isFull: () => bytes > maxBytes,
    note(response, length) {
      if (length < SMALL_BODY) return;
      bytes += length;
      // Closed when all of it was taken, and when the connection was lost.
      response.once('close', () => {
        bytes -= length;
      });
    },
  };
}
