import "server-only";
import type { Pool, PoolClient, QueryResultRow } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { isRecord } from "@/lib/model/json";
import { rollBack } from "../in-transaction";
import { HOLD_SCHEMA, SCHEMA } from "../migrate";
import { type Cell, type CopyTarget, copyRows, encodeRows } from "./copy-rows";

/** Writes one page; resolves with how many rows it wrote. */
type Write = (client: PoolClient) => Promise<number>;

/** Of SQL, for rows that somebody else's are in the way of. */
interface Instead {
  readonly sql: string;
  readonly values: () => readonly unknown[];
  readonly onWritten: (rows: number) => void;
}

/** What the transitions start from: the last snapshot, 0 before the first, and the schema. */
export interface Base {
  readonly seq: number;
  readonly schema: string;
}

const UNIQUE_VIOLATION = "23505";

/** Pages kept back before the transaction opens: a small change holds it for milliseconds, a first scan streams. */
const HELD_PAGES = 48;

/**
 * Sends pages of transitions in one transaction that opens as late as possible, because an open one makes other
 * writers of an embedded database wait. One page is always on its way while the next is made.
 */
export class TransitionWriter {
  readonly #pool: Pool;
  readonly #clusterId: number;
  readonly #base: Base;
  #client: PoolClient | null = null;
  #held: Write[] = [];
  #inFlight: Promise<unknown> = Promise.resolve();
  rows = 0;

  constructor(pool: Pool, clusterId: number, base: Base) {
    this.#pool = pool;
    this.#clusterId = clusterId;
    this.#base = base;
  }

  /** Queues one page. Resolves when the page before it is written. */
  push(sql: string, values: readonly unknown[], rows: number): Promise<void> {
    return this.#queue(rows, async (client) => (await client.query(sql, [...values])).rowCount ?? 0);
  }

  /** Queues one page of new rows. Resolves when the page before it is written. `instead` is what to do where a unique row is there already. */
  copy(target: CopyTarget, cells: readonly (readonly Cell[])[], instead?: Instead): Promise<void> {
    const rows = encodeRows(target, cells);
    return this.#queue(cells.length, (client) => (instead ? copyOr(client, target, rows, instead) : copyRows(client, target, rows)));
  }

  /** Reads on the connection that sees what was pushed; must not depend on pages still held back. */
  async query<Row extends QueryResultRow>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    await this.#inFlight;
    const result = await (this.#client ?? this.#pool).query<Row>(sql, [...values]);
    return result.rows;
  }

  async begin(): Promise<PoolClient> {
    if (this.#client !== null) return this.#client;
    const client = await this.#pool.connect();
    this.#client = client;
    await client.query("BEGIN");
    await client.query(HOLD_SCHEMA);
    // A statement of its own: one that waits for the lock goes on to tell what was so before it waited.
    const { rowCount } = await client.query("SELECT 1 FROM cluster WHERE id = $1 FOR UPDATE", [this.#clusterId]);
    if (rowCount === 0) throw new AppError("not-found", "The cluster was deleted while it was scanned.");
    const { rows } = await client.query<Base>(`SELECT coalesce((SELECT max(seq) FROM snapshot WHERE cluster_id = $1), 0) AS seq, (${SCHEMA}) AS schema`, [
      this.#clusterId,
    ]);
    if (rows[0]?.schema !== this.#base.schema) throw new AppError("conflict", "A newer version of Concentric changed the database during the scan.");
    if (rows[0]?.seq !== this.#base.seq) throw new AppError("conflict", "Another scan of this cluster was stored meanwhile.");
    for (const write of this.#held.splice(0)) await this.#send(write);
    return client;
  }

  async commit(): Promise<void> {
    const client = await this.begin();
    await this.#inFlight;
    await client.query("COMMIT");
    this.#client = null;
    client.release();
  }

  async rollback(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    this.#held = [];
    if (client === null) return;
    await this.#inFlight.catch(() => {});
    client.release(!(await rollBack(client)));
  }

  async #queue(rows: number, write: Write): Promise<void> {
    this.rows += rows;
    if (this.#client === null && this.#held.length < HELD_PAGES) {
      this.#held.push(write);
      return;
    }
    await this.begin();
    await this.#send(write);
  }

  async #send(write: Write): Promise<void> {
    await this.#inFlight;
    const client = this.#client;
    if (client === null) throw new AppError("internal", "No transaction is open.");
    this.#inFlight = write(client);
    this.#inFlight.catch(() => {});
  }
}

/** COPY knows no ON CONFLICT: it is undone, and the page written in the slow way. */
async function copyOr(client: PoolClient, target: CopyTarget, rows: Buffer, { sql, values, onWritten }: Instead): Promise<number> {
  try {
    return await copyRows(client, target, rows, { before: "SAVEPOINT page; ", after: "; RELEASE SAVEPOINT page" });
  } catch (error) {
    if (!isRecord(error) || error.code !== UNIQUE_VIOLATION) throw error;
    await client.query("ROLLBACK TO SAVEPOINT page; RELEASE SAVEPOINT page");
    const { rowCount } = await client.query(sql, [...values()]);
    onWritten(rowCount ?? 0);
    return rowCount ?? 0;
  }
}
