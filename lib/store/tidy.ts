import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { ClientBase, Pool } from "pg";
import type { Database } from "./open-database";

/** With the columns that queries choose by: evidence, labels and bodies are wide, and no plan depends on them. */
const TABLES = {
  resource: "id, cluster_id, key, kind, namespace, first_seq, gone_seq",
  resource_version: "id, resource_id, cluster_id, from_seq, to_seq",
  finding: "id, cluster_id, public_id, fingerprint, control_id, resource_id",
  finding_span: "id, finding_id, cluster_id, opened_seq, closed_seq, state",
  span_again: "id, cluster_id, from_seq, to_seq",
  evidence: "cluster_id, digest",
  stale_period: "id, cluster_id, from_seq, to_seq",
  tally: "id, cluster_id, dimension, key, from_seq, to_seq",
  tally_pause: "id, cluster_id, from_seq, to_seq",
};
const VACUUM_EVERY = 16;
/** The end of the scan is recorded first. */
const AFTER_MS = 200;

/**
 * Brings statistics up to date in the transaction that wrote much, so that no plan is made without them: the embedded database has no background
 * process that would, and PostgreSQL's comes a minute too late for the first pages. Table by table, so that pages get their turn.
 */
export async function analyse(client: ClientBase): Promise<void> {
  for (const [table, columns] of Object.entries(TABLES)) await client.query(`ANALYZE ${table} (${columns})`);
}

/**
 * Gives back the room of what a scan wrote that came to no end: else the next one is written beside it, and one that fails each time fills the disk. The
 * embedded database has no background process that would, and PostgreSQL has one.
 */
export async function giveBackUndone({ kind, pool }: Pick<Database, "kind" | "pool">): Promise<void> {
  if (kind !== "pglite") return;
  for (const table of Object.keys(TABLES)) await pool.query(`VACUUM ${table}`);
}

/** After every sixteenth snapshot, gives the room of closed rows and of older statistics back, and counts what small changes added up to. */
export async function tidy(pool: Pool, { seq }: { readonly seq: number }): Promise<void> {
  if (seq % VACUUM_EVERY !== 0) return;
  await delay(AFTER_MS);
  for (const [table, columns] of Object.entries(TABLES)) await pool.query(`VACUUM (ANALYZE) ${table} (${columns})`);
  await pool.query("VACUUM scan");
  // Each count of a table leaves the one before behind, and the embedded database has no background process that gives its room back.
  await pool.query("VACUUM pg_statistic");
}
