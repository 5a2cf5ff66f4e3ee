import type { Kin } from "./kin";
import type { Verdicts } from "./side-verdicts";
import { Spread } from "./spread";

/** What rows say of all that they do not name. */
export interface RowDefaults {
  readonly sorts: Int32Array;
  /** Without sorts of which nothing is asked: all of one are named, or none of them counts. */
  readonly bySort: ReadonlyMap<number, Verdicts>;
}

/** The id of what they say of a place. */
export function idOf({ sorts, bySort }: RowDefaults, at: number): number {
  return bySort.get(sorts[at] ?? 0)?.id ?? 0;
}

/** Kins, and how the rows of others sort them: counted once for all that sort alike. */
export class Party {
  readonly kins: Kin[] = [];
  readonly #sorted = new Map<Int32Array, Spread>();
  readonly #seen = new Map<RowDefaults, Spread>();

  #sortBy(sorts: Int32Array): Spread {
    const known = this.#sorted.get(sorts);
    if (known) return known;
    const spread = new Spread();
    for (const { at, members } of this.kins) for (const [place, count] of members) spread.add(place, sorts[at] ?? 0, count);
    this.#sorted.set(sorts, spread);
    return spread;
  }

  /** By the ids of what is said of them where they are not named. */
  seenBy(defaults: RowDefaults): Spread {
    const known = this.#seen.get(defaults);
    if (known) return known;
    const spread = new Spread();
    for (const [place, counts] of this.#sortBy(defaults.sorts).list())
      for (const [sort, count] of counts) spread.add(place, defaults.bySort.get(sort)?.id ?? 0, count);
    this.#seen.set(defaults, spread);
    return spread;
  }
}
