import "server-only";
import type { Pool } from "pg";
import { validAt } from "./as-of/valid-at";

/** Every kind that has an object as of a snapshot. */
export async function listKinds(pool: Pool, clusterId: number, seq: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT DISTINCT r.kind FROM ${validAt("resource_version")} v JOIN resource r ON r.id = v.resource_id ORDER BY r.kind`,
    [clusterId, seq],
  );
  return rows.map((row) => row.kind);
}
