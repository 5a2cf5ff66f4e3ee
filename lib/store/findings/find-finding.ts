import "server-only";
import type { Pool } from "pg";
import { parsePublicId } from "../public-id";
import { GONE_AT } from "../resources";
import { type FindingRecord, loadFindingSpans } from "./finding-record";

export interface FindingHistory {
  readonly publicId: string;
  readonly clusterId: number;
  readonly resourceId: number;
  readonly controlId: string;
  readonly firstSeq: number;
  /** The object is gone at `seq`. */
  readonly isResourceGone: boolean;
  /** Up to `seq`, oldest first; empty when `seq` is before its first snapshot. */
  readonly spans: readonly FindingRecord[];
  /** The one open at `seq`, or null. */
  readonly current: FindingRecord | null;
}

/** Which cluster a permalink belongs to, and its id as it is written, however somebody typed it. */
export async function findFindingCluster(pool: Pool, publicId: string): Promise<{ clusterId: number; slug: string; publicId: string } | null> {
  const id = parsePublicId(publicId);
  if (id === null) return null;
  const sql =
    'SELECT f.cluster_id AS "clusterId", c.slug, f.public_id AS "publicId" FROM finding f JOIN cluster c ON c.id = f.cluster_id WHERE f.public_id = $1';
  const { rows } = await pool.query<{ clusterId: number; slug: string; publicId: string }>(sql, [id]);
  return rows[0] ?? null;
}

/** A finding by public id with everything that happened to it up to `seq`; null when the cluster never had it. */
export async function findFinding(pool: Pool, clusterId: number, publicId: string, seq: number): Promise<FindingHistory | null> {
  const id = parsePublicId(publicId);
  if (id === null) return null;
  const { rows } = await pool.query<{ id: number; public_id: string; resource_id: number; control_id: string; first_seq: number; gone_seq: number | null }>(
    `SELECT f.id, f.public_id, f.resource_id, f.control_id, f.first_seq, ${GONE_AT} AS gone_seq
     FROM finding f JOIN resource r ON r.id = f.resource_id WHERE f.public_id = $1 AND f.cluster_id = $3`,
    [id, seq, clusterId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const spans = await loadFindingSpans(pool, clusterId, row.id, seq);
  return {
    publicId: row.public_id,
    clusterId,
    resourceId: row.resource_id,
    controlId: row.control_id,
    firstSeq: row.first_seq,
    isResourceGone: row.gone_seq !== null,
    spans,
    current: spans.find((span) => span.closedSeq === null) ?? null,
  };
}
