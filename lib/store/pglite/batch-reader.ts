import "server-only";
import { concatBytes, type Frame, frameLength, zeroEnded } from "./wire";

/** Everything up to a Sync or a simple query: what the database executes as one unit. */
export interface Batch {
  readonly bytes: Uint8Array;
  /** The statements, for telling reads from writes. */
  readonly sql: readonly string[];
  /** Set when the batch must be refused instead of executed. */
  readonly refusal: string | null;
}

export type Incoming = { readonly kind: "startup" } | { readonly kind: "terminate" } | { readonly kind: "batch"; readonly batch: Batch };

const NAMED = "The embedded database takes no named statements, portals or row-by-row cursors.";

/** Cuts the byte stream of one client into batches, however the bytes arrive. */
export class BatchReader {
  #rest: Uint8Array = new Uint8Array(0);
  #isStarted = false;
  #frames: Uint8Array[] = [];
  #sql: string[] = [];
  #refusal: string | null = null;

  push(chunk: Uint8Array): Incoming[] {
    const bytes = this.#rest.length === 0 ? chunk : concatBytes([this.#rest, chunk]);
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
    this.#rest = bytes.subarray(at);
    return incoming;
  }

  #take({ type, bytes }: Frame, incoming: Incoming[]): void {
    this.#frames.push(bytes);
    if (type === "Q") this.#sql.push(zeroEnded(bytes, 5).value);
    if (type === "P") {
      const name = zeroEnded(bytes, 5);
      if (name.value !== "") this.#refusal = NAMED;
      this.#sql.push(zeroEnded(bytes, name.next).value);
    }
    if ((type === "B" && bytes[5] !== 0) || type === "H") this.#refusal = NAMED;
    if (type !== "Q" && type !== "S" && type !== "H") return;
    incoming.push({ kind: "batch", batch: { bytes: concatBytes(this.#frames), sql: this.#sql, refusal: this.#refusal } });
    this.#frames = [];
    this.#sql = [];
    this.#refusal = null;
  }
}
