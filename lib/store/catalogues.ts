import "server-only";
import type { Pool } from "pg";

/** Remembers what a catalogue version weighed; the first one to say it is believed. */
export async function saveCatalogue(pool: Pool, version: string, controls: unknown): Promise<void> {
  await pool.query("INSERT INTO catalogue (version, controls) VALUES ($1, $2::jsonb) ON CONFLICT (version) DO NOTHING", [version, JSON.stringify(controls)]);
}

/** The newest entry of a control, among the catalogues of a cluster's snapshots up to one; null when none has it. For controls that are gone. */
export async function findLastEntry(pool: Pool, clusterId: number, controlId: string, untilSeq: number): Promise<unknown> {
  const { rows } = await pool.query<{ entry: unknown }>(
    `SELECT e.entry FROM (SELECT catalogue_version AS version, max(seq) AS seq FROM snapshot WHERE cluster_id = $1 AND seq <= $3 GROUP BY 1) s
       JOIN catalogue c USING (version) CROSS JOIN LATERAL jsonb_array_elements(c.controls) AS e(entry)
     WHERE e.entry->>'id' = $2 ORDER BY s.seq DESC LIMIT 1`,
    [clusterId, controlId, untilSeq],
  );
  return rows[0]?.entry ?? null;
}

/** The weights of a catalogue version as they were stored; null when no scan stored them. */
export async function findCatalogue(pool: Pool, version: string): Promise<unknown> {
  const { rows } = await pool.query<{ controls: unknown }>("SELECT controls FROM catalogue WHERE version = $1", [version]);
  return rows[0]?.controls ?? null;
}
