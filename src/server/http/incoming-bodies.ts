/** One client may have this part of what all may have under way. */
const MAX_SHARE = 1 / 4;

/** Counts the bytes of request bodies that are on their way. */
export interface IncomingBodies {
  readonly bytes: number;
  /** Counts more bytes of a client; false, and nothing is counted, when that is too much. */
  take(client: string, length: number): boolean;
  /** Lets bytes go, whole or given up. */
  release(client: string, length: number): void;
}

/** @param maxBytes over all connections of the process */
export function createIncomingBodies(maxBytes: number): IncomingBodies {
  const clients = new Map<string, number>();
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    take(client, length) {
      const own = (clients.get(client) ?? 0) + length;
      if (own > maxBytes * MAX_SHARE || bytes + length > maxBytes) return false;
      bytes += length;
      clients.set(client, own);
      return true;
    },
    release(client, length) {
      bytes -= length;
      const left = (clients.get(client) ?? 0) - length;
      if (left > 0) clients.set(client, left);
      else clients.delete(client);
    },
  };
}
