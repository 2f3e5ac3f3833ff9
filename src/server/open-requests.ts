import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests of one connection that may wait for their answers. Browsers and proxies send one at a time; node:http reads on while
 * answers are made, and hands over the thousands that fit into one read in a single turn of the event loop.
 */
const MAX_PIPELINED = 64;

const open = new WeakMap<Socket, number>();

/** How many requests of a connection wait for their answers, or have them under way. */
export function openRequests(socket: Socket): number {
  return open.get(socket) ?? 0;
}

/**
 * Counts a request until its response is closed. Where the connection has too many of them, it is closed.
 * @returns false when the request is not to be answered
 */
export function beginRequest({ socket }: IncomingMessage, response: ServerResponse): boolean {
  // What else there was in the same read is still handed over.
  if (socket.destroyed) return false;
  const count = openRequests(socket) + 1;
  if (count > MAX_PIPELINED) {
    socket.destroy();
    return false;
  }
  open.set(socket, count);
  response.once('close', () => open.set(socket, openRequests(socket) - 1));
  return true;
}
