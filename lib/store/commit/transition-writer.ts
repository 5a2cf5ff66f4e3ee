import "server-only";
import type { Pool, PoolClient, QueryResultRow } from "pg";
import { AppError } from "@/lib/errors/app-error";

interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly onWritten: ((rows: number) => void) | undefined;
}

/** Pages kept back before the transaction opens: a small change holds it for milliseconds, a first scan streams. */
const HELD_PAGES = 48;

/**
 * Sends pages of transitions in one transaction that opens as late as possible, because an open one makes other
 * writers of an embedded database wait. One page is always on its way while the next is made.
 */
export class TransitionWriter {
  readonly #pool: Pool;
  readonly #clusterId: number;
  readonly #baseSeq: number;
  #client: PoolClient | null = null;
  #held: Statement[] = [];
  #inFlight: Promise<unknown> = Promise.resolve();
  rows = 0;

  constructor(pool: Pool, clusterId: number, baseSeq: number) {
    this.#pool = pool;
    this.#clusterId = clusterId;
    this.#baseSeq = baseSeq;
  }

  /** Queues one page. Resolves when the page before it is written; `onWritten` hears how many rows this one wrote. */
  async push(sql: string, values: readonly unknown[], rows: number, onWritten?: (rows: number) => void): Promise<void> {
    this.rows += rows;
    if (this.#client === null && this.#held.length < HELD_PAGES) {
      this.#held.push({ sql, values, onWritten });
      return;
    }
    await this.begin();
    await this.#send({ sql, values, onWritten });
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
    const { rows } = await client.query<{ seq: number }>(
      "SELECT coalesce((SELECT max(seq) FROM snapshot WHERE cluster_id = $1), 0) AS seq FROM cluster WHERE id = $1 FOR UPDATE",
      [this.#clusterId],
    );
    if (rows[0] === undefined) throw new AppError("not-found", "The cluster was deleted while it was scanned.");
    if (rows[0].seq !== this.#baseSeq) throw new AppError("conflict", "Another scan of this cluster was stored meanwhile.");
    for (const statement of this.#held.splice(0)) await this.#send(statement);
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
    const isRolledBack = await client.query("ROLLBACK").then(
      () => true,
      () => false,
    );
    client.release(!isRolledBack);
  }

  async #send({ sql, values, onWritten }: Statement): Promise<void> {
    await this.#inFlight;
    const client = this.#client;
    if (client === null) throw new AppError("internal", "No transaction is open.");
    this.#inFlight = client.query(sql, [...values]).then(({ rowCount }) => onWritten?.(rowCount ?? 0));
    this.#inFlight.catch(() => {});
  }
}
