import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import type { CommittedSnapshot } from "./commit-snapshot";

/** With the columns that queries choose by: evidence, labels and bodies are wide, and no plan depends on them. */
const TABLES = {
  resource: "id, cluster_id, key, kind, namespace, first_seq, gone_seq",
  resource_version: "id, resource_id, cluster_id, from_seq, to_seq",
  finding: "id, cluster_id, public_id, fingerprint, control_id, resource_id",
  finding_span: "id, finding_id, cluster_id, opened_seq, closed_seq, state",
  tally: "id, cluster_id, dimension, key, from_seq, to_seq",
  snapshot: "id, cluster_id, seq, taken_at",
  score_set: "id, cluster_id, digest",
};
const FROM_ROWS = 2_000;
const VACUUM_EVERY = 16;
/** The end of the scan is recorded first. */
const AFTER_MS = 200;

/**
 * Brings statistics up to date after a snapshot, when enough was written, and gives room back from time to time: the embedded database has no
 * background process that would, and PostgreSQL's comes a minute too late for the first pages. Table by table, so that pages get their turn.
 */
export async function tidy(pool: Pool, { seq, transitions }: Pick<CommittedSnapshot, "seq" | "transitions">): Promise<void> {
  const vacuums = seq % VACUUM_EVERY === 0;
  if (transitions < FROM_ROWS && !vacuums) return;
  await delay(AFTER_MS);
  for (const [table, columns] of Object.entries(TABLES)) {
    if (vacuums) await pool.query(`VACUUM ${table}`);
    await pool.query(`ANALYZE ${table} (${columns})`);
  }
}

/**
 * Analyses the tables that grew by half since somebody last did, and gives their names: a process that was killed after it stored a snapshot did
 * not come to it, and without statistics a plan can take minutes.
 */
export async function analyseGrown(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ table: keyof typeof TABLES }>(
    `SELECT relname AS table FROM pg_class WHERE oid = ANY($1::regclass[]) AND pg_relation_size(oid) > 0
       AND (reltuples < 0 OR pg_relation_size(oid) / current_setting('block_size')::int > 1.5 * relpages + 50)`,
    [Object.keys(TABLES)],
  );
  for (const { table } of rows) await pool.query(`ANALYZE ${table} (${TABLES[table]})`);
  return rows.map(({ table }) => table);
}
