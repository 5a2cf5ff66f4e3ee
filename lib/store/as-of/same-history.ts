import "server-only";
import type { Pool } from "pg";
import { forgetHeld, heldBy } from "./held-by";

/** A snapshot, and when it was taken: no other one of its number was taken then. */
interface Stamp {
  readonly seq: number;
  readonly takenAt: Date;
}

const seen = heldBy<Pool, Map<number, Stamp>>("newest-seen", () => new Map());

/** Asked of the database unless `latest` tells: somebody else may have seen a newer one meanwhile. */
async function isThere(pool: Pool, clusterId: number, { seq, takenAt }: Stamp, latest: Stamp | null): Promise<boolean> {
  if (latest?.seq === seq && latest.takenAt.getTime() === takenAt.getTime()) return true;
  const { rowCount } = await pool.query("SELECT 1 FROM snapshot WHERE cluster_id = $1 AND seq = $2 AND taken_at = $3", [clusterId, seq, takenAt]);
  return rowCount === 1;
}

/**
 * To be told the newest snapshot of a cluster whenever it was read: where the one seen before is no more, a backup was put back, or a time corrected, under
 * a server that runs. What that server keeps in memory is of snapshots that are others by now: it is forgotten.
 */
export async function keepToHistory(pool: Pool, clusterId: number, latest: Stamp | null): Promise<void> {
  const known = seen(pool).get(clusterId);
  const isSame = known === undefined || (await isThere(pool, clusterId, known, latest));
  if (!isSame) forgetHeld(pool);
  if (latest && (!isSame || latest.seq > (known?.seq ?? 0))) seen(pool).set(clusterId, { seq: latest.seq, takenAt: latest.takenAt });
}
