import "server-only";
import type { Pool } from "pg";
import { heldBy } from "./held-by";
import { LruCache } from "./lru-cache";
import { loadSnapshotLog } from "./snapshot-log";

/** What one stored coverage says of kinds, named `group/Kind`: in which version they were read, and which were not read. */
interface Served {
  readonly versions: ReadonlyMap<string, string>;
  readonly unread: readonly string[];
}

/** The version in which kinds were read, by `group/Kind`. */
export type ApiVersions = ReadonlyMap<string, string>;

/** Looked through for what was not read; a kind that was refused for longer keeps the version that it has now. */
const MAX_COVERAGES = 20;
const caches = heldBy<Pool, LruCache<Served>>("api-versions", () => new LruCache(20_000, ({ versions, unread }) => versions.size + unread.length + 1));

const SQL = `SELECT e->>'group' || '/' || (e->>'kind') AS kind, e->>'version' AS version, e->>'status' = 'read' AS "isRead"
  FROM coverage_set c, jsonb_array_elements(CASE jsonb_typeof(c.body) WHEN 'array' THEN c.body ELSE '[]' END) e WHERE c.id = $1`;

async function loadServed(pool: Pool, coverageId: number): Promise<Served> {
  const { rows } = await pool.query<{ kind: string; version: string; isRead: boolean }>(SQL, [coverageId]);
  const versions = new Map(rows.flatMap(({ kind, version, isRead }) => (isRead ? [[kind, version] as const] : [])));
  return { versions, unread: rows.flatMap(({ kind, isRead }) => (isRead ? [] : [kind])) };
}

/**
 * The version in which each kind was served at a snapshot, or last before it: an upgrade of the cluster changes that of all its objects, and the row of an
 * object knows the newest alone.
 */
export async function loadApiVersions(pool: Pool, clusterId: number, seq: number): Promise<ApiVersions> {
  const ids = new Set((await loadSnapshotLog(pool, clusterId, 1, seq)).map(({ coverageId }) => coverageId).reverse());
  const found = new Map<string, string>();
  let missing: readonly string[] | null = null;
  for (const id of [...ids].slice(0, MAX_COVERAGES)) {
    const { versions, unread } = await caches(pool).get(String(id), () => loadServed(pool, id));
    for (const kind of missing ?? versions.keys()) {
      const version = versions.get(kind);
      if (version !== undefined) found.set(kind, version);
    }
    missing = (missing ?? unread).filter((kind) => !found.has(kind));
    if (missing.length === 0) break;
  }
  return found;
}

/** `apps/v1`, or `v1` in the core group. `version` = of its row, for what is no kind of the API or was never read. */
export function apiVersionAt(
  versions: ApiVersions,
  { group, kind, version }: { readonly group: string; readonly kind: string; readonly version: string },
): string {
  const served = versions.get(`${group}/${kind}`) ?? version;
  return group === "" ? served : `${group}/${served}`;
}
