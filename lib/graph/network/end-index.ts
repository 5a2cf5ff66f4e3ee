import { addToList } from "../../model/add-to-list";
import type { Endpoint } from "./endpoint";
import { type AskedLabels, rarestOf } from "./asked-labels";
import { askedOfPod } from "./calico-end";

/** Ends that sides are asked about, by their place in a list: found by their labels, and sorted by what rules can see of them. */
export class EndIndex {
  readonly #ends: readonly Endpoint[];
  readonly #byLabel = new Map<string, number[]>();
  /** Sides that look for the same share how ends are sorted. */
  readonly #sorts = new Map<string, Int32Array>();

  constructor(ends: readonly Endpoint[]) {
    this.#ends = ends;
    for (const [place, end] of ends.entries())
      for (const label of new Set(askedOfPod(end))) {
        addToList(this.#byLabel, label, place);
      }
  }

  get size(): number {
    return this.#ends.length;
  }

  /** All that may have what is asked for: those with the rarest of it, without what lacks any other. */
  listNamed(asked: AskedLabels): readonly number[] {
    const rarest = rarestOf(asked, (label) => this.#byLabel.get(label)?.length ?? 0) ?? [];
    const others = asked.filter((labels) => labels !== rarest).map((labels) => new Set(labels));
    const hasAll = (end: Endpoint | undefined): boolean => !end || others.every((labels) => askedOfPod(end).some((label) => labels.has(label)));
    return rarest.flatMap((label) => this.#byLabel.get(label) ?? []).filter((place) => hasAll(this.#ends[place]));
  }

  isSorted(key: string): boolean {
    return this.#sorts.has(key);
  }

  /** A number for each end: the same for those that look the same, one of its own where that cannot be told (null). */
  sort(key: string, lookOf: (end: Endpoint) => string | null): Int32Array {
    const known = this.#sorts.get(key);
    if (known) return known;
    const numbers = new Map<string, number>();
    const sorts = Int32Array.from(this.#ends, (end, place) => {
      const look = lookOf(end) ?? `${place}`;
      const number = numbers.get(look) ?? numbers.size;
      numbers.set(look, number);
      return number;
    });
    this.#sorts.set(key, sorts);
    return sorts;
  }
}
