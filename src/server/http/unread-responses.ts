/** Bytes below which a body is no burden and is not counted: a connection holds as much anyhow before it is asked to wait. */
export const SMALL_BODY = 16 * 1024;

/** One client may leave this part of what all may untaken. */
const MAX_SHARE = 1 / 4;

/** However slowly a client reads: the milliseconds that it may take for any answer, and for each KiB of it. */
const MIN_TIME_MS = 60_000;
const TIME_A_KIB_MS = 16;

/** Counts the bytes of answers that clients have not taken yet. */
export interface UnreadResponses {
  readonly bytes: number;
  /** Whether a client has left so much untaken that no further operation of it may add to that. */
  isFull(client: string): boolean;
  /** Resolves when the client's share is not full; at once when it is not now. */
  whenRoom(client: string): Promise<void>;
  /**
   * Counts bytes until they are let go. Where all clients together leave too much, what the one that leaves most has left longest is
   * closed; and so is what is taken too slowly.
   * @param close ends the connection
   * @returns the way to let go, which may be taken again
   */
  hold(client: string, length: number, close: () => void): () => void;
}

interface Client {
  bytes: number;
  holds: Set<{ close: () => void }>;
}

/** @param maxBytes over all connections of the process */
export function createUnreadResponses(maxBytes: number, minTimeMs = MIN_TIME_MS): UnreadResponses {
  const clients = new Map<string, Client>();
  let waiting: (() => void)[] = [];
  let bytes = 0;

  const isFull = (client: string) => (clients.get(client)?.bytes ?? 0) > maxBytes * MAX_SHARE;

  function closeGreediest(): void {
    let greediest: Client | undefined;
    for (const client of clients.values()) if (client.bytes > (greediest?.bytes ?? 0)) greediest = client;
    const [oldest] = greediest?.holds ?? [];
    oldest?.close();
  }

  return {
    get bytes() {
      return bytes;
    },
    isFull,
    async whenRoom(client) {
      while (isFull(client)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    hold(name, length, close) {
      if (length < SMALL_BODY) return () => {};
      const client = clients.get(name) ?? { bytes: 0, holds: new Set() };
      clients.set(name, client);
      const hold = { close };
      bytes += length;
      client.bytes += length;
      client.holds.add(hold);
      const time = minTimeMs + (length / 1024) * TIME_A_KIB_MS;
      const timer = setTimeout(close, time).unref();
      if (bytes > maxBytes) closeGreediest();
      return () => {
        if (!client.holds.delete(hold)) return;
        clearTimeout(timer);
        bytes -= length;
        client.bytes -= length;
        if (client.holds.size === 0) clients.delete(name);
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      };
    },
  };
}
