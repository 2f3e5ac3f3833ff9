import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { openRequests } from './open-requests.ts';

/**
 * Closes a connection on which nothing has moved for so long: one that never sent a byte, one that waits for another request, and
 * one whose client does not take the answer. One whose request is being answered, or that has a stream open, may be silent.
 * @param idleMs milliseconds; a connection between two requests has the server's own `keepAliveTimeout`
 */
export function closeIdleSockets(server: Server, idleMs: number): void {
  // Node counts a write that makes progress as movement: https://nodejs.org/api/net.html#socketsettimeouttimeout-callback
  server.timeout = idleMs;
  server.on('timeout', (socket: Socket) => {
    if (openRequests(socket) > 0 && socket.writableLength === 0) socket.setTimeout(idleMs);
    else socket.destroy();
  });
}
