import "server-only";
import { concatBytes, declaredLength, type Frame, frameLength, zeroEnded } from "./wire";

/** Everything up to a Sync, a simple query, or the end of the rows that one copies in: what the database executes as one unit. */
export interface Batch {
  readonly bytes: Uint8Array;
  /** The statements, for telling reads from writes. */
  readonly sql: readonly string[];
  /** Set when the batch must be refused instead of executed. */
  readonly refusal: string | null;
}

export type Incoming = { readonly kind: "startup" } | { readonly kind: "terminate" } | { readonly kind: "batch"; readonly batch: Batch };

/** Its rows are part of the batch, because the engine cannot wait for them: clients must send them without being asked. */
const COPIES_IN = /\bCOPY\b[^;]*\bFROM\s+STDIN\b/i;
const ENDS_ROWS = new Set(["c", "f"]);
const ENDS_BATCH = new Set(["Q", "S", "H"]);
const NAMED = "The embedded database takes no named statements, portals or row-by-row cursors.";

/** Cuts the byte stream of one client into batches, however the bytes arrive. */
export class BatchReader {
  /** What came of a message that is not complete, and how long it will be: a large one is put together once. */
  #parts: Uint8Array[] = [];
  #size = 0;
  #needed = 0;
  #isStarted = false;
  #frames: Uint8Array[] = [];
  #sql: string[] = [];
  #refusal: string | null = null;
  #copiesIn = false;

  push(chunk: Uint8Array): Incoming[] {
    this.#parts.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) return [];
    const bytes = this.#parts.length === 1 ? chunk : concatBytes(this.#parts);
    const incoming: Incoming[] = [];
    let at = 0;
    for (let length = frameLength(bytes, at, this.#isStarted); length > 0; length = frameLength(bytes, at, this.#isStarted)) {
      const frame = bytes.subarray(at, at + length);
      at += length;
      if (!this.#isStarted) {
        this.#isStarted = true;
        incoming.push({ kind: "startup" });
        continue;
      }
      const type = String.fromCharCode(frame[0] ?? 0);
      if (type === "X") incoming.push({ kind: "terminate" });
      else if (type !== "p") this.#take({ type, bytes: frame }, incoming);
    }
    const rest = bytes.subarray(at);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
    this.#needed = declaredLength(rest, 0, this.#isStarted);
    return incoming;
  }

  #take({ type, bytes }: Frame, incoming: Incoming[]): void {
    this.#frames.push(bytes);
    if (type === "Q") {
      const sql = zeroEnded(bytes, 5).value;
      this.#sql.push(sql);
      this.#copiesIn = COPIES_IN.test(sql);
    }
    if (type === "P") {
      const name = zeroEnded(bytes, 5);
      if (name.value !== "") this.#refusal = NAMED;
      this.#sql.push(zeroEnded(bytes, name.next).value);
    }
    if ((type === "B" && bytes[5] !== 0) || type === "H") this.#refusal = NAMED;
    if (!(this.#copiesIn ? ENDS_ROWS : ENDS_BATCH).has(type)) return;
    this.#copiesIn = false;
    incoming.push({ kind: "batch", batch: { bytes: concatBytes(this.#frames), sql: this.#sql, refusal: this.#refusal } });
    this.#frames = [];
    this.#sql = [];
    this.#refusal = null;
  }
}
