import "server-only";
import type { Pool } from "pg";
import type { CommittedSnapshot } from "./commit-snapshot";

const TABLES = ["resource", "resource_version", "finding", "finding_span", "tally", "snapshot", "score_set"];
const FROM_ROWS = 2_000;
const EVERY = 16;

/**
 * Brings statistics and free space up to date after a snapshot, when enough was written: the embedded database has no background process that would,
 * and PostgreSQL's comes a minute too late for the first pages. Table by table, so that pages get their turn.
 */
export async function tidy(pool: Pool, { seq, transitions }: Pick<CommittedSnapshot, "seq" | "transitions">): Promise<void> {
  if (transitions < FROM_ROWS && seq % EVERY !== 0) return;
  for (const table of TABLES) await pool.query(`VACUUM (ANALYZE) ${table}`);
}
