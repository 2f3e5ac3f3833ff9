import type { ServerResponse } from 'node:http';

/** Below this a body is no burden: a connection holds as much anyhow before it is asked to wait. */
const SMALL_BODY = 16 * 1024;

/** One client may leave this part of what all may untaken. */
const SHARE = 1 / 4;

/** However slowly a client reads: the milliseconds that it may take for any answer, and for each KiB of it. */
const LEAST_TIME_MS = 60_000;
const TIME_A_KIB_MS = 16;

/** Counts the bytes of answers that clients have not taken yet. */
export interface Outbox {
  readonly bytes: number;
  /** Whether a client has left so much untaken that no further operation of it may add to that. */
  isFull(client: string): boolean;
  /**
   * Counts a body until its response is closed. Where all clients together leave too much, the connections of the one that
   * leaves most are closed until they do not; and one that takes its answer too slowly is closed, too.
   */
  note(response: ServerResponse, length: number, client: string): void;
}

interface Unread {
  bytes: number;
  responses: Set<ServerResponse>;
}

/** @param maxBytes over all connections of the process */
export function createOutbox(maxBytes: number, leastTimeMs = LEAST_TIME_MS): Outbox {
  const clients = new Map<string, Unread>();
  let bytes = 0;

  function closeGreediest(): void {
    let greediest: Unread | undefined;
    for (const unread of clients.values()) if (unread.bytes > (greediest?.bytes ?? 0)) greediest = unread;
    const [oldest] = greediest?.responses ?? [];
    oldest?.destroy();
  }

  return {
    get bytes() {
      return bytes;
    },
    isFull: (client) => (clients.get(client)?.bytes ?? 0) > maxBytes * SHARE,
    note(response, length, client) {
      if (length < SMALL_BODY) return;
      const unread = clients.get(client) ?? { bytes: 0, responses: new Set() };
      clients.set(client, unread);
      bytes += length;
      unread.bytes += length;
      unread.responses.add(response);
      const time = leastTimeMs + (length / 1024) * TIME_A_KIB_MS;
      const timer = setTimeout(() => response.destroy(), time).unref();
      // Closed when all of it was taken, and when the connection was lost.
      response.once('close', () => {
        clearTimeout(timer);
        bytes -= length;
        unread.bytes -= length;
        unread.responses.delete(response);
        if (unread.responses.size === 0) clients.delete(client);
      });
      if (bytes > maxBytes) closeGreediest();
    },
  };
}
