import "server-only";
import type { Pool } from "pg";
import { perPool } from "./lru-cache";

/** When each snapshot of one cluster was taken, epoch ms by seq. Snapshots never change, so only later ones are read again. */
const caches = perPool<Pool, Map<number, number[]>>(() => new Map());

/** `times[seq]` for every seq up to at least `seq`. */
export async function loadSnapshotTimes(pool: Pool, clusterId: number, seq: number): Promise<readonly number[]> {
  const cache = caches(pool);
  const times = cache.get(clusterId) ?? [];
  cache.set(clusterId, times);
  if (times[seq] !== undefined) return times;
  const { rows } = await pool.query<{ seq: number; taken_at: Date }>("SELECT seq, taken_at FROM snapshot WHERE cluster_id = $1 AND seq >= $2 ORDER BY seq", [
    clusterId,
    times.length,
  ]);
  for (const row of rows) times[row.seq] = row.taken_at.getTime();
  return times;
}
