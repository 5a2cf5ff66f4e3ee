import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { getLogger } from "@/lib/telemetry/logger";
import { forgetHeld } from "./as-of/held-by";
import { findClusterId, HOLD_CLUSTERS } from "./clusters";
import { inTransaction } from "./in-transaction";
import type { Database } from "./open-database";
import { isBeingScanned } from "./scans";
import { findHistoryEnds } from "./snapshots";

/** Those with a `cluster_id`. */
const TABLES = [
  "snapshot",
  "coverage_set",
  "scan",
  "resource",
  "resource_version",
  "finding",
  "finding_span",
  "span_again",
  "evidence",
  "stale_period",
  "tally",
  "tally_pause",
  "scope_settings",
] as const;

/** Own controls are in the catalogues. While a scan runs, one may wait for its first snapshot: then they stay until the next cluster is forgotten. */
const DROP_CATALOGUES = `DELETE FROM catalogue c WHERE NOT EXISTS (SELECT 1 FROM snapshot s WHERE s.catalogue_version = c.version)
  AND NOT EXISTS (SELECT 1 FROM scan WHERE state = 'running')`;

export interface ClusterHoldings {
  readonly findings: number;
  /** About: its share in the rows of each table. */
  readonly bytes: number;
  /** Null = it was never scanned. */
  readonly history: Awaited<ReturnType<typeof findHistoryEnds>>;
}

interface Forgotten {
  readonly snapshots: number;
  readonly findings: number;
}

/** What would go with a cluster. Reads all tables. Throws not-found, gone. */
export async function measureCluster(pool: Pool, slug: string): Promise<ClusterHoldings> {
  const id = await findClusterId(pool, slug);
  let [findings, bytes] = [0, 0];
  for (const table of TABLES) {
    const sql = `SELECT count(*) FILTER (WHERE cluster_id = $1)::float8 AS own, count(*)::float8 AS "all", pg_total_relation_size('${table}')::float8 AS size FROM ${table}`;
    const { rows } = await pool.query<{ own: number; all: number; size: number }>(sql, [id]);
    const { own, all, size } = rows[0] ?? { own: 0, all: 0, size: 0 };
    if (table === "finding") findings = own;
    bytes += own === 0 ? 0 : (size * own) / all;
  }
  return { findings, bytes, history: await findHistoryEnds(pool, id) };
}

/**
 * Takes a cluster away with all that is remembered of it, in one transaction; only its name in addresses is kept, for no other to get it. `confirmed` must
 * say that name again. Throws bad-request, not-found, gone, and conflict while the cluster is being scanned.
 */
export async function forgetCluster({ kind, pool }: Pick<Database, "kind" | "pool">, slug: string, confirmed: string): Promise<Forgotten> {
  if (confirmed !== slug) throw new AppError("bad-request", `Nothing was forgotten: the name of the cluster is ${slug}.`);
  const forgotten = { snapshots: 0, findings: 0 };
  try {
    await inTransaction(pool, async (client) => {
      await client.query(HOLD_CLUSTERS);
      const id = await findClusterId(client, slug, true);
      if (await isBeingScanned(client, id))
        throw new AppError("conflict", "Nothing was forgotten: the cluster is being scanned. Cancel the scan, or wait for its end.");
      // First: on an embedded database pages are read between these statements, and must find all of it, or that it was forgotten.
      await client.query("INSERT INTO forgotten_cluster (slug) VALUES ($1)", [slug]);
      await client.query("DELETE FROM cluster WHERE id = $1", [id]);
      for (const table of TABLES) {
        const { rowCount } = await client.query(`DELETE FROM ${table} WHERE cluster_id = $1`, [id]);
        if (table === "snapshot") forgotten.snapshots = rowCount ?? 0;
        if (table === "finding") forgotten.findings = rowCount ?? 0;
      }
      await client.query(DROP_CATALOGUES);
    });
  } finally {
    // Also where all of it came back: a page may have kept what it read meanwhile.
    forgetHeld(pool);
  }
  if (kind === "pglite") await giveBack(pool).catch((error: unknown) => getLogger().warn({ err: error }, "the room of a forgotten cluster was not given back"));
  return forgotten;
}

/** PostgreSQL has a process of its own that does, the embedded database has none. */
async function giveBack(pool: Pool): Promise<void> {
  for (const table of TABLES) await pool.query(`VACUUM (FULL, ANALYZE) ${table}`);
}
