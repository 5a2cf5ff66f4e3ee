import type { Verdicts } from "./side-verdicts";

/** What a side says of ends, by their place in a list: it tells those apart alone that its rules name. */
export class VerdictRow {
  /** Of all ends, by place: those of one number are told apart by name alone. Empty = they are alike. */
  readonly sorts: Int32Array;
  readonly #bySort: (Verdicts | undefined)[] = [];
  /** Null = not asked yet. */
  readonly #named: Map<number, Verdicts | null>;
  /** Of what is outside the cluster. */
  outside: Verdicts | undefined;

  constructor(sorts: Int32Array = new Int32Array(), named: Iterable<number> = []) {
    this.sorts = sorts;
    this.#named = new Map(Array.from(named, (place) => [place, null]));
  }

  /** The places of all that its rules name. */
  listNamed(): Iterable<number> {
    return this.#named.keys();
  }

  isNamed(place: number): boolean {
    return this.#named.has(place);
  }

  find(place: number): Verdicts | undefined {
    const own = this.#named.get(place);
    return own === undefined ? this.#bySort[this.sorts[place] ?? 0] : (own ?? undefined);
  }

  set(place: number, verdicts: Verdicts): void {
    if (this.#named.has(place)) this.#named.set(place, verdicts);
    else this.#bySort[this.sorts[place] ?? 0] = verdicts;
  }
}
