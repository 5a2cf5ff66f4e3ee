import "server-only";
import type { Pool } from "pg";
import type { Scope } from "@/lib/model/verdict";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import { validAt } from "../as-of/valid-at";

/** The findings of one control that were not assessed for one reason. */
export interface ReasonCount {
  readonly control: string;
  readonly scope: Scope;
  /** The kind of their objects. */
  readonly kind: string;
  readonly reason: string | null;
  readonly count: number;
  /** Of `count`, those that stay open as they last were. */
  readonly stale: number;
}

const MAX_ROWS = 60_000;
const caches = heldBy<Pool, LruCache<readonly ReasonCount[]>>("reasons", () => new LruCache(MAX_ROWS, (counts) => counts.length + 1));

const WHY = "CASE WHEN s.stale_since_seq <= $2 THEN s.stale_reason ELSE s.reason END";
const SQL = `SELECT f.control_id AS control, s.scope, r.kind, ${WHY} AS reason, count(*) AS count,
    count(*) FILTER (WHERE s.stale_since_seq <= $2 AND s.state <> 'unknown') AS stale
  FROM ${validAt("finding_span")} s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
  WHERE s.state = 'unknown' OR (s.stale_since_seq <= $2 AND s.state <> 'manual') GROUP BY 1, 2, 3, 4`;

/** Why what was not assessed in a snapshot was not. Never changes, so it is kept. */
export function countReasons(pool: Pool, clusterId: number, seq: number): Promise<readonly ReasonCount[]> {
  return caches(pool).get(`${clusterId}/${seq}`, async () => {
    const { rows } = await pool.query<ReasonCount>(SQL, [clusterId, seq]);
    return rows;
  });
}
