import "server-only";

interface Entry<Value> {
  readonly value: Promise<Value>;
  weight: number;
}

/** Keeps the most recently used values up to a total weight; concurrent loads of one key are shared. */
export class LruCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #maxWeight: number;
  readonly #weigh: (value: Value) => number;

  constructor(maxWeight: number, weigh: (value: Value) => number) {
    this.#maxWeight = maxWeight;
    this.#weigh = weigh;
  }

  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value;
    }
    const entry: Entry<Value> = { value: load(), weight: 0 };
    this.#entries.set(key, entry);
    entry.value.then(
      (value) => {
        entry.weight = this.#weigh(value);
        this.#shrink();
      },
      () => this.#entries.delete(key),
    );
    return entry.value;
  }

  /** Forgets every key that starts with `prefix`. */
  drop(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key);
  }

  #shrink(): void {
    let weight = 0;
    for (const entry of this.#entries.values()) weight += entry.weight;
    for (const [key, entry] of this.#entries) {
      if (weight <= this.#maxWeight || this.#entries.size === 1) return;
      this.#entries.delete(key);
      weight -= entry.weight;
    }
  }
}
