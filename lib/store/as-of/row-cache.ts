import "server-only";

/**
 * Rows that never change, by id; with more than `maxRows` the others are forgotten. What somebody was given stays whole, whatever others ask for
 * meanwhile: then a new map begins, and nothing is taken out of the old one.
 */
export class RowCache<Row> {
  #rows = new Map<number, Row>();
  readonly #maxRows: number;

  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  /** At least the rows of these ids. `read` puts those that are missing into the map. */
  async load(ids: ReadonlySet<number>, read: (missing: readonly number[], rows: Map<number, Row>) => Promise<void>): Promise<ReadonlyMap<number, Row>> {
    const missing = [...ids].filter((id) => !this.#rows.has(id));
    if (this.#rows.size + missing.length > this.#maxRows) this.#rows = new Map([...this.#rows].filter(([id]) => ids.has(id)));
    const rows = this.#rows;
    if (missing.length > 0) await read(missing, rows);
    return rows;
  }
}
