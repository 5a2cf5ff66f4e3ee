import "server-only";
import type { Pool } from "pg";
import { heldBy } from "./held-by";
import { LruCache } from "./lru-cache";
import { loadSnapshotLog } from "./snapshot-log";

/** The version in which kinds were read, by `group/Kind`. */
export type ApiVersions = ReadonlyMap<string, string>;

/** The newest that are looked through for what was refused; a kind that was refused for longer keeps the version that it has now. */
const MAX_COVERAGES = 20;
const caches = heldBy<Pool, LruCache<ApiVersions>>("api-versions", () => new LruCache(20_000, (versions) => versions.size + 1));

const SQL = `SELECT DISTINCT ON (kind) e->>'group' || '/' || (e->>'kind') AS kind, e->>'version' AS version
  FROM unnest($1::bigint[]) WITH ORDINALITY AS x(id, place) JOIN coverage_set c ON c.id = x.id
  CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(c.body) WHEN 'array' THEN c.body ELSE '[]' END) AS e
  WHERE e->>'status' = 'read' ORDER BY kind, place`;

async function load(pool: Pool, coverageIds: readonly number[]): Promise<ApiVersions> {
  const { rows } = await pool.query<{ kind: string; version: string }>(SQL, [coverageIds]);
  return new Map(rows.map(({ kind, version }) => [kind, version]));
}

/**
 * The version in which each kind was served at a snapshot, or last before it: an upgrade of the cluster changes that of all its objects, and the row of an
 * object knows the newest alone.
 */
export async function loadApiVersions(pool: Pool, clusterId: number, seq: number): Promise<ApiVersions> {
  const newest = (await loadSnapshotLog(pool, clusterId, 1, seq)).map(({ coverageId }) => coverageId).reverse();
  const ids = [...new Set(newest)].slice(0, MAX_COVERAGES);
  return caches(pool).get(ids.join(), () => load(pool, ids));
}

/** `apps/v1`, or `v1` in the core group. `version` = of its row, for what is no kind of the API or was never read. */
export function apiVersionAt(
  versions: ApiVersions,
  { group, kind, version }: { readonly group: string; readonly kind: string; readonly version: string },
): string {
  const served = versions.get(`${group}/${kind}`) ?? version;
  return group === "" ? served : `${group}/${served}`;
}
