import "server-only";
import type { Pool } from "pg";

/** `everywhere` = of any group; `kinds` = where one of `groups` serves them: what another group calls so is another thing. */
export interface LeftOutKinds {
  readonly everywhere: readonly string[];
  readonly kinds: readonly string[];
  readonly groups: readonly string[];
}

/**
 * Every kind but these that has an object as of a snapshot. What is left after `but` is little: only its versions are looked up, object by object through
 * the index: as EXISTS the planner reads every version of the history once.
 */
export async function listKindsBut(pool: Pool, clusterId: number, seq: number, but: LeftOutKinds): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    `SELECT DISTINCT r.kind FROM resource r WHERE r.cluster_id = $1 AND r.kind <> ALL($3::text[]) AND NOT (r.kind = ANY($4::text[]) AND r.api_group = ANY($5::text[])) AND (
       SELECT v.id FROM resource_version v WHERE v.resource_id = r.id AND v.from_seq <= $2 AND (v.to_seq IS NULL OR v.to_seq > $2) LIMIT 1) IS NOT NULL
     ORDER BY r.kind`,
    [clusterId, seq, but.everywhere, but.kinds, but.groups],
  );
  return rows.map((row) => row.kind);
}
