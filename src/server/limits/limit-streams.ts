/** The settings that bound streams, and what they say. */
export interface StreamLimit {
  name: 'MAX_SUBSCRIPTIONS' | 'MAX_CLIENT_SUBSCRIPTIONS';
  max: number;
}

/** One request's right to a stream: taken before the stream is made, given back when its response closes. */
export interface StreamSlot {
  /** The limit for which there was no place when one was asked for; null when there was. */
  readonly refused: StreamLimit | null;
  /** Takes a place, or keeps the one taken before. */
  take(): boolean;
  /** Gives the place back; can be called again. */
  release(): void;
}

/** Makes the slots of requests, of which no more than `max`, and `maxOfOne` of one client, hold a place at the same time. */
export function createStreamSlots(max: number, maxOfOne: number): (client: string) => StreamSlot {
  let open = 0;
  const clients = new Map<string, number>();
  return (client) => {
    let taken = false;
    let refused: StreamLimit | null = null;
    return {
      get refused() {
        return refused;
      },
      take() {
        if (taken) return true;
        const own = clients.get(client) ?? 0;
        if (open >= max) refused = { name: 'MAX_SUBSCRIPTIONS', max };
        else if (own >= maxOfOne) refused = { name: 'MAX_CLIENT_SUBSCRIPTIONS', max: maxOfOne };
        else refused = null;
        if (refused) return false;
        open += 1;
        clients.set(client, own + 1);
        taken = true;
        return true;
      },
      release() {
        if (!taken) return;
        taken = false;
        open -= 1;
        const left = (clients.get(client) ?? 1) - 1;
        if (left > 0) clients.set(client, left);
        else clients.delete(client);
      },
    };
  };
}
