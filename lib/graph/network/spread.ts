/** How many workloads of each place something is said of, or how many more or fewer. */
export class Spread {
  /** By place, then by the number of what is said. */
  readonly #places = new Map<number, Map<number, number>>();

  add(place: number, what: number, members: number): void {
    const counts = this.#places.get(place) ?? new Map<number, number>();
    this.#places.set(place, counts);
    counts.set(what, (counts.get(what) ?? 0) + members);
  }

  /** For each place: how many there are of whom the same is said. */
  list(): Iterable<readonly [place: number, counts: ReadonlyMap<number, number>]> {
    return this.#places;
  }
}
