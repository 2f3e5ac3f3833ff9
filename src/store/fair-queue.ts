/** Something that waits, and for whom. */
export interface Waiting {
  client: string;
}

/**
 * A queue in which clients have their turns one after another, however much each of them waits for; what one client
 * waits for comes in order. It remembers nobody who does not wait.
 */
export class FairQueue<T extends Waiting> {
  // In the order of their turns.
  readonly #clients = new Map<string, Set<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    const items = this.#clients.get(item.client) ?? new Set();
    if (!items.has(item)) this.#size += 1;
    items.add(item);
    this.#clients.set(item.client, items);
  }

  /** Takes an item out of the queue. With `hasTurn` it was its client's turn, and the others come first now. */
  delete(item: T, hasTurn = false): void {
    const items = this.#clients.get(item.client);
    if (!items?.delete(item)) return;
    this.#size -= 1;
    if (items.size === 0 || hasTurn) this.#clients.delete(item.client);
    if (items.size > 0 && hasTurn) this.#clients.set(item.client, items);
  }

  /** What comes next of the clients that may have their turn, or of the items that may come; undefined when there is nothing. */
  next(mayCome: (client: string) => boolean, isReady: (item: T) => boolean = () => true): T | undefined {
    for (const [client, items] of this.#clients) {
      if (!mayCome(client)) continue;
      for (const item of items) if (isReady(item)) return item;
    }
    return undefined;
  }

  /** The last item of the client that waits for the most, when that is more than `most`. */
  lastOfGreediest(most: number): T | undefined {
    let greediest: Set<T> | undefined;
    for (const items of this.#clients.values()) {
      if (items.size > Math.max(most, greediest?.size ?? 0)) greediest = items;
    }
    return greediest && [...greediest].at(-1);
  }

  /** How many items a client waits for. */
  countOf(client: string): number {
    return this.#clients.get(client)?.size ?? 0;
  }
}
