import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests of one connection that may wait for their answers. Browsers and proxies send one at a time; node:http reads on while
 * answers are made, and hands over the thousands that fit into one read in a single turn of the event loop.
 */
const MAX_PIPELINED = 64;

const open = new WeakMap<Socket, Set<ServerResponse>>();

/** How many requests of a connection wait for their answers, or have them under way. */
export function openRequests(socket: Socket): number {
  return open.get(socket)?.size ?? 0;
}

/**
 * Counts a request until its response is closed. Where the connection has too many of them, it is closed.
 * @returns false when the request is not to be answered
 */
export function beginRequest({ socket }: IncomingMessage, response: ServerResponse): boolean {
  // What else there was in the same read is still handed over.
  if (socket.destroyed) return false;
  const responses = open.get(socket) ?? followSocket(socket);
  if (responses.size >= MAX_PIPELINED) {
    socket.destroy();
    return false;
  }
  responses.add(response);
  response.once('close', () => responses.delete(response));
  return true;
}

/** node:http tells of a lost connection only the response whose turn it is: to those behind it, it is told here. */
function followSocket(socket: Socket): Set<ServerResponse> {
  const responses = new Set<ServerResponse>();
  open.set(socket, responses);
  socket.once('close', () => {
    for (const response of [...responses]) {
      if (response.closed) continue;
      response.destroy();
      response.emit('close');
    }
  });
  return responses;
}
