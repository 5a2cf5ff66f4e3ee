import "server-only";
import type { Pool } from "pg";
import type { Evidence } from "@/lib/model/verdict";

export interface FindingIdentity {
  readonly id: number;
  readonly publicId: string;
  readonly clusterId: number;
  readonly clusterSlug: string;
  readonly controlId: string;
  readonly layer: string;
  readonly locator: string;
  readonly firstSeq: number;
  readonly resource: {
    readonly id: number;
    readonly key: string;
    readonly group: string;
    readonly version: string;
    readonly kind: string;
    readonly namespace: string | null;
    readonly name: string;
    readonly scope: string;
    readonly firstSeq: number;
    readonly goneSeq: number | null;
    readonly labels: Readonly<Record<string, string>> | null;
  };
}

export interface SpanRecord {
  readonly openedSeq: number;
  readonly closedSeq: number | null;
  readonly openSinceSeq: number;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly openSinceAt: Date;
  readonly state: string;
  readonly severity: string;
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
  readonly openedCause: string;
  readonly closedCause: string | null;
  readonly staleSinceSeq: number | null;
}

/** A finding by its public id, in whatever cluster: a permalink never depends on anything else. */
export async function findFindingByPublicId(pool: Pool, publicId: string): Promise<FindingIdentity | null> {
  const { rows } = await pool.query(
    `SELECT f.id::int8, f.public_id, f.cluster_id::int8, c.slug, f.control_id, f.layer, f.locator, f.first_seq, r.id::int8 AS resource_id, r.key, r.api_group,
       r.version, r.kind, r.namespace, r.name, r.scope, r.first_seq AS resource_first, r.gone_seq, r.labels
     FROM finding f JOIN resource r ON r.id = f.resource_id JOIN cluster c ON c.id = f.cluster_id WHERE f.public_id = $1`,
    [publicId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    id: Number(row.id),
    publicId: row.public_id,
    clusterId: Number(row.cluster_id),
    clusterSlug: row.slug,
    controlId: row.control_id,
    layer: row.layer,
    locator: row.locator,
    firstSeq: row.first_seq,
    resource: {
      id: Number(row.resource_id),
      key: row.key,
      group: row.api_group,
      version: row.version,
      kind: row.kind,
      namespace: row.namespace,
      name: row.name,
      scope: row.scope,
      firstSeq: row.resource_first,
      goneSeq: row.gone_seq,
      labels: row.labels,
    },
  };
}

/** Every period of a finding, oldest first. */
export async function listSpans(pool: Pool, findingId: number): Promise<readonly SpanRecord[]> {
  const { rows } = await pool.query(
    `SELECT s.*, o.taken_at AS opened_at, c.taken_at AS closed_at, n.taken_at AS open_since_at
     FROM finding_span s JOIN snapshot o ON o.cluster_id = s.cluster_id AND o.seq = s.opened_seq
     JOIN snapshot n ON n.cluster_id = s.cluster_id AND n.seq = s.open_since_seq
     LEFT JOIN snapshot c ON c.cluster_id = s.cluster_id AND c.seq = s.closed_seq
     WHERE s.finding_id = $1 ORDER BY s.opened_seq, s.id`,
    [findingId],
  );
  return rows.map((row) => ({
    openedSeq: row.opened_seq,
    closedSeq: row.closed_seq,
    openSinceSeq: row.open_since_seq,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    openSinceAt: row.open_since_at,
    state: row.state,
    severity: row.severity,
    reason: row.reason,
    evidence: row.evidence,
    openedCause: row.opened_cause,
    closedCause: row.closed_cause,
    staleSinceSeq: row.stale_since_seq,
  }));
}
