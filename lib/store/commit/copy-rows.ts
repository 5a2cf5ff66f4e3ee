import "server-only";
import type { PoolClient, Submittable } from "pg";
import { isRecord } from "@/lib/model/json";

/** How a column is sent: `json` takes text that is JSON already, `hex` the digits of a bytea. */
type ColumnType = "int8" | "int4" | "text" | "json" | "hex" | "bytes";
export type Cell = number | string | Uint8Array | null;

/** Columns of one table, in the order of the cells of a row. */
export interface CopyTarget {
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
}

const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const NULL_LENGTH = -1;
const END_OF_ROWS = -1;
const JSONB_VERSION = 1;
const LARGEST_CHARACTER = 3;
const FIRST_ROOM = 1 << 16;

/** Bytes in PostgreSQL's binary format of COPY, in a buffer that grows. */
class BinaryRows {
  #bytes = Buffer.allocUnsafe(FIRST_ROOM);
  #end = SIGNATURE.copy(this.#bytes);

  #room(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }

  int16(value: number): void {
    this.#room(2);
    this.#end = this.#bytes.writeInt16BE(value, this.#end);
  }

  int32(value: number): void {
    this.#room(4);
    this.#end = this.#bytes.writeInt32BE(value, this.#end);
  }

  int64(value: number): void {
    this.int32(Math.floor(value / 2 ** 32));
    this.int32(value | 0);
  }

  /** Length and content. Lone surrogates become the replacement character; PostgreSQL takes no NUL. */
  text(value: string, version?: number): void {
    const clean = value.includes("\0") ? value.replaceAll("\0", "\u{FFFD}") : value;
    this.#room(5 + clean.length * LARGEST_CHARACTER);
    const start = this.#end + 4;
    const from = version === undefined ? start : this.#bytes.writeUInt8(version, start);
    const end = from + this.#bytes.write(clean, from, "utf8");
    this.#bytes.writeInt32BE(end - start, this.#end);
    this.#end = end;
  }

  hex(digits: string): void {
    this.#room(4 + digits.length / 2);
    this.#end = this.#bytes.writeInt32BE(digits.length / 2, this.#end);
    this.#end += this.#bytes.write(digits, this.#end, "hex");
  }

  bytes(value: Uint8Array): void {
    this.#room(4 + value.length);
    this.#end = this.#bytes.writeInt32BE(value.length, this.#end);
    this.#bytes.set(value, this.#end);
    this.#end += value.length;
  }

  finish(): Buffer {
    this.int16(END_OF_ROWS);
    return this.#bytes.subarray(0, this.#end);
  }
}

function write(rows: BinaryRows, type: ColumnType, cell: Cell): void {
  if (cell === null) rows.int32(NULL_LENGTH);
  else if (typeof cell === "number") {
    rows.int32(type === "int8" ? 8 : 4);
    if (type === "int8") rows.int64(cell);
    else rows.int32(cell);
  } else if (typeof cell !== "string") rows.bytes(cell);
  else if (type === "hex") rows.hex(cell);
  else rows.text(cell, type === "json" ? JSONB_VERSION : undefined);
}

/** Rows of cells as COPY reads them. */
export function encodeRows({ columns }: CopyTarget, cells: readonly (readonly Cell[])[]): Buffer {
  const types = Object.values(columns);
  const rows = new BinaryRows();
  for (const row of cells) {
    rows.int16(types.length);
    for (let at = 0; at < types.length; at += 1) write(rows, types[at] ?? "text", row[at] ?? null);
  }
  return rows.finish();
}

/** What `pg` asks of a connection while rows go in; its types leave it out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

interface Settle {
  readonly resolve: (rows: number) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One COPY in flight, as `pg` drives it. The rows follow the statement at once instead of waiting for the server's "go on", which the protocol
 * allows (a server drops rows that it did not ask for), and which an embedded engine needs: it cannot wait for anybody.
 */
class CopyIn implements Submittable {
  readonly #sql: string;
  readonly #rows: Buffer;
  readonly #settle: Settle;
  #written = 0;

  constructor(sql: string, rows: Buffer, settle: Settle) {
    this.#sql = sql;
    this.#rows = rows;
    this.#settle = settle;
  }

  submit(connection: object): void {
    const server = connection as CopyConnection; // safe: the version of `pg` is pinned, and every test of a commit goes through here
    server.query(this.#sql);
    server.sendCopyFromChunk(this.#rows);
    server.endCopyFrom();
  }

  handleCopyInResponse(): void {
    // "Go on": the rows are on their way.
  }

  handleCommandComplete(message: unknown): void {
    const count = isRecord(message) && typeof message.text === "string" ? /^COPY (\d+)$/.exec(message.text)?.[1] : undefined;
    if (count !== undefined) this.#written = Number(count);
  }

  handleReadyForQuery(): void {
    this.#settle.resolve(this.#written);
  }

  handleError(error: Error): void {
    this.#settle.reject(error);
  }
}

/** Writes rows in one go, several times quicker than INSERT; resolves with how many. `before` and `after` are statements of the same round trip. */
export function copyRows(
  client: PoolClient,
  target: CopyTarget,
  rows: Buffer,
  { before = "", after = "" }: { readonly before?: string; readonly after?: string } = {},
): Promise<number> {
  const columns = Object.keys(target.columns).join(", ");
  const sql = `${before}COPY ${target.table} (${columns}) FROM STDIN (FORMAT binary)${after}`;
  return new Promise((resolve, reject) => void client.query(new CopyIn(sql, rows, { resolve, reject })));
}
