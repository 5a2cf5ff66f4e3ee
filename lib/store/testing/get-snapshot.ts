import type { Pool } from "pg";
import { findSnapshot, type SnapshotRecord } from "../snapshots";

/** A snapshot that a test has taken. Throws where the cluster has none of this number. */
export async function getSnapshot(pool: Pool, clusterId: number, seq: number): Promise<SnapshotRecord> {
  const snapshot = await findSnapshot(pool, clusterId, seq);
  if (snapshot === null) throw new Error(`There is no snapshot ${seq} of cluster ${clusterId}.`);
  return snapshot;
}
