import "server-only";
import type { Pool } from "pg";
import { loadApiVersions } from "./as-of/api-versions";
import { heldBy } from "./as-of/held-by";
import { LruCache } from "./as-of/lru-cache";
import { RESOURCE_COLUMNS, type ResourceName, type ResourceRow, toResourceName, withVersion } from "./as-of/resource-names";
import { loadSnapshotTimes } from "./as-of/snapshot-log";
import { validAt } from "./as-of/valid-at";
import type { ChangeRange } from "./findings/changed-findings";
import { unpackManifest } from "./manifest-body";

export interface ResourceRecord extends Omit<ResourceName, "firstSeq"> {
  readonly firstSeenAt: Date;
  readonly goneAt: Date | null;
}

const counts = heldBy<Pool, LruCache<number>>("resource-counts", () => new LruCache<number>(1000, () => 1));

/** How many objects were there at a snapshot: as many as the list of resources has. */
export function countResources(pool: Pool, clusterId: number, seq: number): Promise<number> {
  return counts(pool).get(`${clusterId}/${seq}`, async () => {
    const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${validAt("resource_version")} v`, [clusterId, seq]);
    return rows[0]?.count ?? 0;
  });
}

export interface ResourceVersionRecord {
  readonly fromSeq: number;
  readonly toSeq: number | null;
  readonly takenAt: Date;
  /** The redacted manifest as JSON text. */
  readonly json: string;
  readonly managers: unknown;
}

/**
 * SQL: since which snapshot resource `r` is gone at snapshot $2, or null while it is there. An object that went and came back has one row: only its
 * versions say whether it was there in between. What has none (users, groups) is never gone.
 */
export const GONE_AT = `(SELECT CASE WHEN v.to_seq <= $2 THEN v.to_seq END FROM resource_version v
    WHERE v.resource_id = r.id AND v.from_seq <= $2 ORDER BY v.from_seq DESC LIMIT 1)`;

/** A resource that was there at or before `seq`; scope as last seen. `goneAt` is set when it was gone at `seq`. */
export async function findResource(pool: Pool, clusterId: number, key: string, seq: number): Promise<ResourceRecord | null> {
  const { rows } = await pool.query<ResourceRow & { readonly gone_seq: number | null }>(
    `SELECT ${RESOURCE_COLUMNS}, ${GONE_AT} AS gone_seq FROM resource r WHERE r.cluster_id = $1 AND r.key = $3 AND r.first_seq <= $2`,
    [clusterId, seq, key],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const times = await loadSnapshotTimes(pool, clusterId, seq);
  const lastSeq = row.gone_seq === null ? seq : row.gone_seq - 1;
  const { firstSeq, ...name } = withVersion(toResourceName(row), await loadApiVersions(pool, clusterId, lastSeq));
  return { ...name, firstSeenAt: new Date(times[firstSeq] ?? 0), goneAt: row.gone_seq === null ? null : new Date(times[row.gone_seq] ?? 0) };
}

/** The manifest as of `seq`; when the resource was gone by then, the last one before. Null for subjects without a body. */
export async function findResourceVersion(pool: Pool, clusterId: number, resourceId: number, seq: number): Promise<ResourceVersionRecord | null> {
  const { rows } = await pool.query<{ from_seq: number; to_seq: number | null; body: Buffer; managers: unknown }>(
    "SELECT from_seq, to_seq, body, managers FROM resource_version WHERE resource_id = $1 AND from_seq <= $2 ORDER BY from_seq DESC LIMIT 1",
    [resourceId, seq],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const times = await loadSnapshotTimes(pool, clusterId, seq);
  const toSeq = row.to_seq !== null && row.to_seq <= seq ? row.to_seq : null;
  return { fromSeq: row.from_seq, toSeq, takenAt: new Date(times[row.from_seq] ?? 0), json: unpackManifest(row.body), managers: row.managers };
}

export interface ResourceVersions {
  /** Up to the moment that was asked for, listed or not. */
  readonly total: number;
  /** Newest first, at most 200. `goneAt` = when the object was found gone after it; null = another version followed, or it is what there is. */
  readonly newest: readonly { readonly fromSeq: number; readonly takenAt: Date; readonly goneAt: Date | null }[];
}

/** When the manifest changed, and when there was none in between. */
export async function listResourceVersions(pool: Pool, clusterId: number, resourceId: number, seq: number): Promise<ResourceVersions> {
  const times = await loadSnapshotTimes(pool, clusterId, seq);
  const { rows } = await pool.query<{ fromSeq: number; goneSeq: number | null; total: number }>(
    `SELECT from_seq AS "fromSeq", CASE WHEN to_seq <= $2 AND to_seq IS DISTINCT FROM lead(from_seq) OVER (ORDER BY from_seq) THEN to_seq END AS "goneSeq",
       count(*) OVER ()::int AS total
     FROM resource_version WHERE resource_id = $1 AND from_seq <= $2 ORDER BY from_seq DESC LIMIT 200`,
    [resourceId, seq],
  );
  const timeOf = (at: number) => new Date(times[at] ?? 0);
  return {
    total: rows[0]?.total ?? 0,
    newest: rows.map(({ fromSeq, goneSeq }) => ({ fromSeq, takenAt: timeOf(fromSeq), goneAt: goneSeq === null ? null : timeOf(goneSeq) })),
  };
}

const isThere = (seq: string): string =>
  `EXISTS (SELECT 1 FROM resource_version v WHERE v.resource_id = m.resource_id AND v.from_seq <= ${seq} AND (v.to_seq IS NULL OR v.to_seq > ${seq}))`;

export interface ResourceChanges {
  readonly added: number;
  /** Of kinds that the earlier snapshot did not read: whether they were there then is not known. */
  readonly firstRead: number;
  readonly gone: number;
}

/** Objects that are there at the later of two snapshots alone, and at the earlier alone. */
export async function countResourceChanges(pool: Pool, clusterId: number, { fromSeq, toSeq, unread }: ChangeRange): Promise<ResourceChanges> {
  const { rows } = await pool.query<ResourceChanges>(
    `WITH moved AS (
       SELECT resource_id FROM resource_version WHERE cluster_id = $1 AND to_seq IS NULL AND from_seq > $2 AND from_seq <= $3
       UNION SELECT resource_id FROM resource_version WHERE cluster_id = $1 AND to_seq > $2 AND (from_seq > $2 AND from_seq <= $3 OR to_seq <= $3)),
     ends AS (SELECT ${isThere("$2")} AS before, ${isThere("$3")} AS after, r.api_group || '/' || r.kind = ANY($4::text[]) AS unread
       FROM moved m JOIN resource r ON r.id = m.resource_id)
     SELECT count(*) FILTER (WHERE after AND NOT before AND NOT unread) AS added, count(*) FILTER (WHERE after AND NOT before AND unread) AS "firstRead",
       count(*) FILTER (WHERE before AND NOT after) AS gone FROM ends`,
    [clusterId, fromSeq, toSeq, unread],
  );
  return rows[0] ?? { added: 0, firstRead: 0, gone: 0 };
}
