import "server-only";
import type { Pool } from "pg";
import { AppError } from "@/lib/errors/app-error";
import { unpackManifest } from "../manifest-body";
import { SqlParams } from "./sql-params";

export interface ResourceRecord {
  readonly id: number;
  readonly key: string;
  readonly api_group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly scope: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly owner: unknown;
  readonly first_seq: number;
  readonly gone_seq: number | null;
  readonly first_at: Date;
  readonly gone_at: Date | null;
}

export interface ResourceFilter {
  readonly kind?: readonly string[] | undefined;
  readonly namespace?: readonly string[] | undefined;
  readonly scope?: string | undefined;
  readonly isFailing?: boolean;
  readonly text?: string | undefined;
}

export interface ResourceListRow extends ResourceRecord {
  readonly counts: readonly number[];
  readonly changed_at: Date;
}

const SORTS = {
  name: "name COLLATE \"C\"",
  kind: "kind COLLATE \"C\"",
  namespace: "coalesce(namespace, '') COLLATE \"C\"",
  findings: "(-(counts[1] * 1000000.0 + counts[2] * 10000.0 + counts[3] * 100.0 + counts[4]))::float8",
  changed: "(-changed_seq)::float8",
} as const;
export type ResourceSort = keyof typeof SORTS;

const RANKS = ["critical", "high", "medium", "low", "info"];

function baseQuery(clusterId: number, seq: number, params: SqlParams): string {
  const cluster = params.add(clusterId);
  const at = params.add(seq);
  const counts = RANKS.map((severity) => `count(*) FILTER (WHERE s.severity = '${severity}')::int`).join(", ");
  return `SELECT r.id, r.key, r.api_group, r.version, r.kind, r.namespace, r.name, r.scope, r.first_seq, r.gone_seq,
      coalesce(n.counts, ARRAY[0,0,0,0,0]) AS counts,
      coalesce((SELECT max(v.from_seq) FROM resource_version v WHERE v.resource_id = r.id AND v.from_seq <= ${at}), r.first_seq) AS changed_seq
    FROM resource r LEFT JOIN (
      SELECT f.resource_id, ARRAY[${counts}] AS counts FROM finding_span s JOIN finding f ON f.id = s.finding_id
      WHERE s.cluster_id = ${cluster} AND s.opened_seq <= ${at} AND (s.closed_seq IS NULL OR s.closed_seq > ${at}) AND s.state = 'fail' GROUP BY f.resource_id) n
      ON n.resource_id = r.id
    WHERE r.cluster_id = ${cluster} AND r.first_seq <= ${at} AND (r.gone_seq IS NULL OR r.gone_seq > ${at})`;
}

function conditionsOf(filter: ResourceFilter, params: SqlParams): Map<string, string> {
  const conditions = new Map<string, string>();
  if (filter.kind?.length) conditions.set("kind", `kind = ANY(${params.add(filter.kind)}::text[])`);
  if (filter.namespace?.length) conditions.set("namespace", `coalesce(namespace, '-') = ANY(${params.add(filter.namespace)}::text[])`);
  if (filter.scope) conditions.set("scope", `scope = ${params.add(filter.scope)}`);
  if (filter.isFailing) conditions.set("failing", "counts[1] + counts[2] + counts[3] + counts[4] + counts[5] > 0");
  if (filter.text) {
    const pattern = params.add(`%${filter.text.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`);
    conditions.set("text", `(name ILIKE ${pattern} OR namespace ILIKE ${pattern} OR kind ILIKE ${pattern})`);
  }
  return conditions;
}

const joined = (conditions: ReadonlyMap<string, string>, without = ""): string =>
  [...conditions].filter(([key]) => key !== without).map(([, condition]) => condition).join(" AND ") || "true";

/** Resources that exist as of a snapshot, one page by keyset, with their open findings by severity. */
export async function listResources(
  pool: Pool,
  clusterId: number,
  seq: number,
  filter: ResourceFilter,
  sort: { readonly by: ResourceSort; readonly order: "asc" | "desc" },
  page: { readonly limit: number; readonly cursor: string | undefined },
): Promise<{ readonly rows: readonly ResourceListRow[]; readonly nextCursor: string | null }> {
  const params = new SqlParams();
  const base = baseQuery(clusterId, seq, params);
  const where = [joined(conditionsOf(filter, params))];
  if (page.cursor !== undefined) {
    let cursor: unknown;
    try {
      cursor = JSON.parse(Buffer.from(page.cursor, "base64url").toString("utf8"));
    } catch (cause) {
      throw new AppError("bad-request", "The cursor is not valid; start from the first page.", { cause });
    }
    const [key, id] = Array.isArray(cursor) ? cursor : [];
    const cast = sort.by === "findings" || sort.by === "changed" ? "float8" : "text";
    where.push(`(sort_key, id) ${sort.order === "desc" ? "<" : ">"} (${params.add(key)}::${cast}, ${params.add(id)}::bigint)`);
  }
  const down = sort.order === "desc" ? "DESC" : "ASC";
  const { rows } = await pool.query(
    `SELECT q.*, a.taken_at AS first_at, g.taken_at AS gone_at, c.taken_at AS changed_at FROM (
       SELECT * FROM (SELECT *, ${SORTS[sort.by]} AS sort_key FROM (${base}) b) k WHERE ${where.join(" AND ")} ORDER BY sort_key ${down}, id ${down} LIMIT ${params.add(page.limit + 1)}) q
     JOIN snapshot a ON a.cluster_id = $1 AND a.seq = q.first_seq JOIN snapshot c ON c.cluster_id = $1 AND c.seq = q.changed_seq
     LEFT JOIN snapshot g ON g.cluster_id = $1 AND g.seq = q.gone_seq ORDER BY q.sort_key ${down}, q.id ${down}`,
    params.values,
  );
  const kept = rows.slice(0, page.limit);
  const last = kept.at(-1);
  const nextCursor = rows.length > page.limit && last ? Buffer.from(JSON.stringify([last.sort_key, Number(last.id)])).toString("base64url") : null;
  return { rows: kept.map((row) => ({ ...row, id: Number(row.id) })), nextCursor };
}

export interface ResourceCounts {
  readonly total: number;
  readonly matching: number;
  readonly kinds: readonly { readonly value: string; readonly count: number }[];
  readonly namespaces: readonly { readonly value: string; readonly count: number }[];
}

export async function countResources(pool: Pool, clusterId: number, seq: number, filter: ResourceFilter): Promise<ResourceCounts> {
  const params = new SqlParams();
  const base = baseQuery(clusterId, seq, params);
  const conditions = conditionsOf(filter, params);
  const { rows } = await pool.query<{ facet: string; value: string; count: number }>(
    `WITH base AS MATERIALIZED (${base})
     SELECT 'total' AS facet, '' AS value, count(*)::int AS count FROM base UNION ALL
     SELECT 'matching', '', count(*)::int FROM base WHERE ${joined(conditions)} UNION ALL
     (SELECT 'kind', kind, count(*)::int FROM base WHERE ${joined(conditions, "kind")} GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT 100) UNION ALL
     (SELECT 'namespace', coalesce(namespace, '-'), count(*)::int FROM base WHERE ${joined(conditions, "namespace")} GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT 300)`,
    params.values,
  );
  const of = (facet: string) => rows.filter((row) => row.facet === facet).map(({ value, count }) => ({ value, count }));
  return { total: of("total")[0]?.count ?? 0, matching: of("matching")[0]?.count ?? 0, kinds: of("kind"), namespaces: of("namespace") };
}

/** A resource by its key, whether or not it still exists. */
export async function findResource(pool: Pool, clusterId: number, key: string): Promise<ResourceRecord | null> {
  const { rows } = await pool.query(
    `SELECT r.id::int8, r.key, r.api_group, r.version, r.kind, r.namespace, r.name, r.scope, r.labels, r.owner, r.first_seq, r.gone_seq, a.taken_at AS first_at, g.taken_at AS gone_at
     FROM resource r JOIN snapshot a ON a.cluster_id = r.cluster_id AND a.seq = r.first_seq
     LEFT JOIN snapshot g ON g.cluster_id = r.cluster_id AND g.seq = r.gone_seq WHERE r.cluster_id = $1 AND r.key = $2`,
    [clusterId, key],
  );
  const row = rows[0];
  return row ? { ...row, id: Number(row.id) } : null;
}

export interface ManifestRecord {
  readonly fromSeq: number;
  readonly manifest: unknown;
  readonly managers: unknown;
}

/** The redacted manifest of a resource as of a snapshot; the last one before it when it is gone by then. */
export async function findManifest(pool: Pool, resourceId: number, seq: number): Promise<ManifestRecord | null> {
  const { rows } = await pool.query(
    "SELECT from_seq, body, managers FROM resource_version WHERE resource_id = $1 AND from_seq <= $2 ORDER BY from_seq DESC LIMIT 1",
    [resourceId, seq],
  );
  const row = rows[0];
  return row ? { fromSeq: row.from_seq, manifest: JSON.parse(unpackManifest(row.body)), managers: row.managers } : null;
}

/**
 * The manifests of some kinds as of a snapshot: of one namespace and of the cluster, or of all namespaces when it is null.
 * Null when there are more than `limit`.
 */
export async function listManifests(
  pool: Pool,
  clusterId: number,
  seq: number,
  wanted: { readonly kinds: readonly string[]; readonly namespace: string | null; readonly limit: number },
): Promise<readonly unknown[] | null> {
  const { rows } = await pool.query<{ body: Buffer }>(
    `SELECT v.body FROM resource r JOIN resource_version v ON v.resource_id = r.id AND v.from_seq <= $2 AND (v.to_seq IS NULL OR v.to_seq > $2)
     WHERE r.cluster_id = $1 AND r.kind = ANY($3::text[]) AND ($4::text IS NULL OR r.namespace IS NULL OR r.namespace = $4) ORDER BY r.key LIMIT $5`,
    [clusterId, seq, wanted.kinds, wanted.namespace, wanted.limit + 1],
  );
  return rows.length > wanted.limit ? null : rows.map((row) => JSON.parse(unpackManifest(row.body)));
}

export async function listVersions(pool: Pool, clusterId: number, resourceId: number, seq: number): Promise<readonly { readonly fromSeq: number; readonly takenAt: Date }[]> {
  const { rows } = await pool.query(
    `SELECT v.from_seq, s.taken_at FROM resource_version v JOIN snapshot s ON s.cluster_id = $1 AND s.seq = v.from_seq
     WHERE v.resource_id = $2 AND v.from_seq <= $3 ORDER BY v.from_seq DESC LIMIT 200`,
    [clusterId, resourceId, seq],
  );
  return rows.map((row) => ({ fromSeq: row.from_seq, takenAt: row.taken_at }));
}
