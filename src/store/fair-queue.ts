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
  readonly #weights = new Map<string, number>();
  readonly #weigh: (item: T) => number;
  #size = 0;

  /** @param weigh what an item counts among those that its client waits for; always the same for one item */
  constructor(weigh: (item: T) => number = () => 1) {
    this.#weigh = weigh;
  }

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    const items = this.#clients.get(item.client) ?? new Set();
    if (items.has(item)) return;
    this.#size += 1;
    this.#weights.set(item.client, this.weightOf(item.client) + this.#weigh(item));
    items.add(item);
    this.#clients.set(item.client, items);
  }

  /** Takes an item out of the queue. With `hasTurn` it was its client's turn, and the others come first now. */
  delete(item: T, hasTurn = false): void {
    const items = this.#clients.get(item.client);
    if (!items?.delete(item)) return;
    this.#size -= 1;
    if (items.size === 0) this.#weights.delete(item.client);
    else this.#weights.set(item.client, this.weightOf(item.client) - this.#weigh(item));
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

  /** The last item of the client that waits for the most by weight, when that is more than `most`. */
  lastOfGreediest(most: number): T | undefined {
    let greediest: string | undefined;
    let greatest = most;
    for (const [client, weight] of this.#weights) {
      if (weight > greatest) [greediest, greatest] = [client, weight];
    }
    return greediest === undefined ? undefined : [...(this.#clients.get(greediest) ?? [])].at(-1);
  }

  /** What a client waits for, by weight: without `weigh`, how many items. */
  weightOf(client: string): number {
    return this.#weights.get(client) ?? 0;
  }
}
