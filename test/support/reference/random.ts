/** A seeded source of random numbers (mulberry32): the same seed makes the same choices anywhere. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  float(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(least: number, greatest: number): number {
    return least + Math.floor(this.float() * (greatest - least + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('There is nothing to pick from.');
    return items[this.int(0, items.length - 1)] as T;
  }

  /** Between `least` and `greatest` items, none twice, in random order. */
  some<T>(items: readonly T[], least: number, greatest: number): T[] {
    const rest = [...items];
    const count = Math.min(this.int(least, greatest), rest.length);
    return Array.from({ length: count }, () => rest.splice(this.int(0, rest.length - 1), 1)[0] as T);
  }

  /** A source of its own, so that one part's choices do not shift another's. */
  fork(): Random {
    return new Random(this.int(0, 0xffffffff));
  }
}
