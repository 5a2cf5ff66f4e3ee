import "server-only";
import type { Pool } from "pg";
import { isWholeCluster } from "@/lib/model/resource-ref";
import type { Scope } from "@/lib/model/verdict";
import { loadFindingIdentities } from "../as-of/finding-identities";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import { loadResourceNames } from "../as-of/resource-names";
import { STALE_AT } from "../as-of/stale-at";
import { validAt } from "../as-of/valid-at";
import { type IdBits, unpackIds } from "../id-bits";

/** The findings of one control that were not assessed for one reason. */
export interface ReasonCount {
  readonly control: string;
  readonly scope: Scope;
  /** They are of the cluster as a whole. */
  readonly isWhole: boolean;
  readonly reason: string | null;
  readonly count: number;
  /** Of `count`, those that stay open as they last were. */
  readonly stale: number;
}

const MAX_ROWS = 60_000;
const caches = heldBy<Pool, LruCache<readonly ReasonCount[]>>("reasons", () => new LruCache(MAX_ROWS, (counts) => counts.length + 1));

const IS_STALE = "coalesce(s.stale_since_seq <= $2, false)";
/**
 * What was stale then and is not any more stands beside the rest in one statement: a scan takes it from the one to the other meanwhile, and may be undone.
 * What the others say is looked up once for each digest.
 */
const SQL = `SELECT g.scope, CASE WHEN g.digest IS NULL THEN g.stale_reason ELSE coalesce(g.reason, said.reason) END AS reason, g."isStale", g.ids,
    NULL::bigint AS "firstId", NULL::bytea AS bits
  FROM (SELECT s.scope, s.reason, CASE WHEN ${IS_STALE} THEN s.stale_reason END AS stale_reason, CASE WHEN NOT ${IS_STALE} THEN s.digest END AS digest,
      ${IS_STALE} AND s.state <> 'unknown' AS "isStale", json_agg(s.finding_id) AS ids
    FROM ${validAt("finding_span")} s WHERE s.state = 'unknown' OR (s.stale_since_seq <= $2 AND s.state <> 'manual') GROUP BY 1, 2, 3, 4, 5) g
  LEFT JOIN evidence said ON said.cluster_id = $1 AND said.digest = g.digest
  UNION ALL SELECT NULL, p.reason, NULL, NULL, p.first_id, p.findings ${STALE_AT}`;
const STANDING = `SELECT s.scope, s.state <> 'unknown' AS "isStale", json_agg(s.finding_id) AS ids
  FROM ${validAt("finding_span")} s WHERE s.finding_id = ANY($3::bigint[]) AND s.state <> 'manual' GROUP BY 1, 2`;

interface Group {
  readonly scope: Scope;
  readonly isStale: boolean;
  readonly ids: readonly number[];
}

type Row = (Group & { readonly reason: string | null; readonly bits: null }) | (IdBits & { readonly reason: string | null });

/** Findings that were not assessed, each with why. */
async function readGroups(pool: Pool, clusterId: number, seq: number): Promise<readonly (Group & { readonly reasonOf: (id: number) => string | null })[]> {
  const { rows } = await pool.query<Row>(SQL, [clusterId, seq]);
  const was = new Map(rows.flatMap((row) => (row.bits === null ? [] : unpackIds(row).map((id) => [id, row.reason] as const))));
  const groups = rows.flatMap((row) => (row.bits === null ? { ...row, ids: row.ids.filter((id) => !was.has(id)), reasonOf: () => row.reason } : []));
  if (was.size === 0) return groups;
  const standing = await pool.query<Group>(STANDING, [clusterId, seq, [...was.keys()]]);
  return [...groups, ...standing.rows.map((group) => ({ ...group, reasonOf: (id: number) => was.get(id) ?? null }))];
}

/** What findings are of is known already: joining it in the database takes longer than reading them. */
async function read(pool: Pool, clusterId: number, seq: number): Promise<readonly ReasonCount[]> {
  const groups = await readGroups(pool, clusterId, seq);
  const all = groups.flatMap(({ ids }) => ids);
  const identities = await loadFindingIdentities(pool, clusterId, seq, all);
  const placeOf = (id: number): number => identities.placeOf.get(id) ?? 0;
  const resourceOf = (id: number): number => identities.resourceIds[placeOf(id)] ?? 0;
  const names = await loadResourceNames(pool, new Set(all.map(resourceOf)));
  const counts = new Map<string, { -readonly [Key in keyof ReasonCount]: ReasonCount[Key] }>();
  for (const { scope, isStale, ids, reasonOf } of groups)
    for (const id of ids) {
      const control = identities.controls[identities.controlAt[placeOf(id)] ?? 0] ?? "";
      const name = names.get(resourceOf(id));
      const isWhole = name !== undefined && isWholeCluster(name);
      const reason = reasonOf(id);
      const key = JSON.stringify([control, scope, isWhole, reason]);
      const known = counts.get(key) ?? { control, scope, isWhole, reason, count: 0, stale: 0 };
      counts.set(key, { ...known, count: known.count + 1, stale: known.stale + Number(isStale) });
    }
  return [...counts.values()];
}

/** Why what was not assessed in a snapshot was not. Never changes, so it is kept. */
export function countReasons(pool: Pool, clusterId: number, seq: number): Promise<readonly ReasonCount[]> {
  return caches(pool).get(`${clusterId}/${seq}`, () => read(pool, clusterId, seq));
}
