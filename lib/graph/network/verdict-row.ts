import type { Verdicts } from "./side-verdicts";

const BITS = 8;

/** What a side says of ends, by their place in a list: it tells those apart alone that its rules name. */
export class VerdictRow {
  /** Of all ends, by place: those of one number are told apart by name alone. Empty = they are alike. */
  readonly sorts: Int32Array;
  readonly #bySort: (Verdicts | undefined)[] = [];
  /** One bit for each place that is named: of thousands of rows, each may name thousands. */
  readonly #named: Uint8Array;
  /** Those of them that were asked. */
  readonly #byName = new Map<number, Verdicts>();
  /** Of what is outside the cluster. */
  outside: Verdicts | undefined;

  constructor(sorts: Int32Array = new Int32Array(), named: ReadonlySet<number> = new Set()) {
    this.sorts = sorts;
    this.#named = new Uint8Array(named.size === 0 ? 0 : Math.ceil(sorts.length / BITS));
    for (const place of named) {
      const at = Math.floor(place / BITS);
      this.#named[at] = (this.#named[at] ?? 0) | (1 << (place % BITS));
    }
  }

  /** The places of all that its rules name. */
  *listNamed(): Generator<number> {
    for (const [i, bits] of this.#named.entries()) for (let bit = 0; bits >> bit > 0; bit += 1) if ((bits >> bit) % 2 === 1) yield i * BITS + bit;
  }

  isNamed(place: number): boolean {
    return ((this.#named[Math.floor(place / BITS)] ?? 0) >> (place % BITS)) % 2 === 1;
  }

  find(place: number): Verdicts | undefined {
    return this.isNamed(place) ? this.#byName.get(place) : this.#bySort[this.sorts[place] ?? 0];
  }

  set(place: number, verdicts: Verdicts): void {
    if (this.isNamed(place)) this.#byName.set(place, verdicts);
    else this.#bySort[this.sorts[place] ?? 0] = verdicts;
  }
}
