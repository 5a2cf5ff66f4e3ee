import "server-only";
import type { Pool } from "pg";
import type { Scope } from "@/lib/model/verdict";
import { loadFindingIdentities } from "../as-of/finding-identities";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import { loadResourceNames } from "../as-of/resource-names";
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
const SQL = `SELECT s.scope, ${WHY} AS reason, coalesce(s.stale_since_seq <= $2, false) AND s.state <> 'unknown' AS "isStale", json_agg(s.finding_id) AS ids
  FROM ${validAt("finding_span")} s WHERE s.state = 'unknown' OR (s.stale_since_seq <= $2 AND s.state <> 'manual') GROUP BY 1, 2, 3`;

interface Row {
  readonly scope: Scope;
  readonly reason: string | null;
  readonly isStale: boolean;
  readonly ids: readonly number[];
}

/** What findings are of is known already: joining it in the database takes longer than reading them. */
async function read(pool: Pool, clusterId: number, seq: number): Promise<readonly ReasonCount[]> {
  const { rows } = await pool.query<Row>(SQL, [clusterId, seq]);
  const identities = await loadFindingIdentities(
    pool,
    clusterId,
    seq,
    rows.flatMap(({ ids }) => ids),
  );
  const placeOf = (id: number): number => identities.placeOf.get(id) ?? 0;
  const resourceOf = (id: number): number => identities.resourceIds[placeOf(id)] ?? 0;
  const names = await loadResourceNames(pool, new Set(rows.flatMap(({ ids }) => ids.map(resourceOf))));
  const counts = new Map<string, { -readonly [Key in keyof ReasonCount]: ReasonCount[Key] }>();
  for (const { scope, reason, isStale, ids } of rows)
    for (const id of ids) {
      const control = identities.controls[identities.controlAt[placeOf(id)] ?? 0] ?? "";
      const kind = names.get(resourceOf(id))?.kind ?? "";
      const key = JSON.stringify([control, scope, kind, reason]);
      const known = counts.get(key) ?? { control, scope, kind, reason, count: 0, stale: 0 };
      counts.set(key, { ...known, count: known.count + 1, stale: known.stale + Number(isStale) });
    }
  return [...counts.values()];
}

/** Why what was not assessed in a snapshot was not. Never changes, so it is kept. */
export function countReasons(pool: Pool, clusterId: number, seq: number): Promise<readonly ReasonCount[]> {
  return caches(pool).get(`${clusterId}/${seq}`, () => read(pool, clusterId, seq));
}
