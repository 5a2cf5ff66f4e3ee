import "server-only";
import type { TransitionWriter } from "./transition-writer";

const BLOCK = 4_000;

/** Hands out ids of one table, reserved from its sequence in blocks, so that child rows can be written without asking. */
export class IdBlock {
  readonly #writer: TransitionWriter;
  readonly #sequence: string;
  #ids: number[] = [];

  constructor(writer: TransitionWriter, table: "resource" | "finding") {
    this.#writer = writer;
    this.#sequence = `${table}_id_seq`;
  }

  /** Makes sure that `count` ids can be taken. */
  async reserve(count: number): Promise<void> {
    if (this.#ids.length >= count) return;
    const rows = await this.#writer.query<{ id: number }>("SELECT nextval($1::regclass) AS id FROM generate_series(1, $2)", [
      this.#sequence,
      count <= 100 ? count : Math.max(count, BLOCK),
    ]);
    this.#ids = [...rows.map((row) => row.id).reverse(), ...this.#ids];
  }

  take(): number {
    const id = this.#ids.pop();
    if (id === undefined) throw new RangeError("No id was reserved.");
    return id;
  }
}
