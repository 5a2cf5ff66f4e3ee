import "server-only";
import type { Pool } from "pg";
import type { Layer } from "@/lib/model/layer";
import type { Severity } from "@/lib/model/severity";
import { createTextPool } from "@/lib/model/text-pool";
import type { Scope } from "@/lib/model/verdict";
import { OPEN_AGAIN } from "../as-of/spans-again";
import type { StoredState } from "./commit-input";

/** What the last snapshot knows of one resource, and what this scan saw of it. */
export interface KnownResource {
  readonly id: number;
  readonly key: string;
  readonly scope: Scope;
  /** Open version, or null when there is none (gone, or never had a body). */
  readonly versionId: number | null;
  /** Of that version. */
  readonly digest: string | null;
  /** `absent` = was gone before this scan already, or is no stored object. */
  change: "unseen" | "absent" | "same" | "changed" | "new" | "gone";
}

/** One open span. */
export interface KnownSpan {
  readonly id: number;
  /** It ended, and holds again by this row of `span_again`. */
  readonly againId: number | null;
  readonly findingId: number;
  readonly fingerprint: string;
  readonly controlId: string;
  readonly layer: Layer;
  readonly resourceId: number;
  readonly scope: Scope;
  readonly state: StoredState;
  readonly severity: Severity;
  readonly digest: string;
  readonly openSinceSeq: number;
  readonly locator: string;
  readonly isStale: boolean;
  /** The snapshot since which it is, for this reason; null = it is not. */
  readonly staleSinceSeq: number | null;
  readonly staleReason: string | null;
  isSeen: boolean;
}

/** Small, because pages that are asked for meanwhile wait for every one of these reads on an embedded database. */
const PAGE = 1_000;

async function* pages<Row extends { id: number }>(pool: Pool, sql: string, clusterId: number): AsyncGenerator<Row[]> {
  for (let after = 0; ; ) {
    const { rows } = await pool.query<Row>(sql, [clusterId, after, PAGE]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < PAGE) return;
    after = last.id;
  }
}

/** Every object of a cluster that was ever stored, by key. */
export async function loadResources(pool: Pool, clusterId: number): Promise<Map<string, KnownResource>> {
  const known = new Map<string, KnownResource>();
  const sql = `SELECT r.id, r.key, r.scope, v.id AS version_id, encode(v.digest, 'hex') AS digest
    FROM resource r LEFT JOIN resource_version v ON v.resource_id = r.id AND v.to_seq IS NULL
    WHERE r.cluster_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $3`;
  type Row = { id: number; key: string; scope: Scope; version_id: number | null; digest: string | null };
  for await (const rows of pages<Row>(pool, sql, clusterId)) {
    for (const row of rows) {
      const change = row.version_id !== null ? "unseen" : "absent";
      known.set(row.key, { id: row.id, key: row.key, scope: row.scope, versionId: row.version_id, digest: row.digest, change });
    }
  }
  return known;
}

/** `layerOf` gives the layer that a control has now; null = as its finding was found first. */
export async function loadOpenSpans(pool: Pool, clusterId: number, layerOf: (controlId: string) => Layer | null): Promise<Map<string, KnownSpan>> {
  const { share } = createTextPool(); // few texts, of which each row brings a copy
  const known = new Map<string, KnownSpan>();
  const toSql = (
    againId: string,
    open: string,
  ) => `SELECT s.id, ${againId} AS again_id, s.finding_id, encode(f.fingerprint, 'hex') AS fingerprint, f.control_id, f.layer, f.resource_id, s.scope, s.state, s.severity,
      encode(s.digest, 'hex') AS digest, s.open_since_seq, f.locator, s.stale_since_seq, s.stale_reason
    FROM ${open} s JOIN finding f ON f.id = s.finding_id
    WHERE s.cluster_id = $1 AND s.closed_seq IS NULL AND s.id > $2 ORDER BY s.id LIMIT $3`;
  type Row = {
    id: number;
    again_id: number | null;
    finding_id: number;
    fingerprint: string;
    control_id: string;
    layer: Layer;
    resource_id: number;
    scope: Scope;
    state: StoredState;
    severity: Severity;
    digest: string;
    open_since_seq: number;
    locator: string;
    stale_since_seq: number | null;
    stale_reason: string | null;
  };
  const sqls = [toSql("NULL::bigint", "finding_span"), toSql("s.again_id", OPEN_AGAIN)];
  for (const sql of sqls)
    for await (const rows of pages<Row>(pool, sql, clusterId)) {
      for (const row of rows) {
        known.set(row.fingerprint, {
          id: row.id,
          againId: row.again_id,
          findingId: row.finding_id,
          fingerprint: row.fingerprint,
          controlId: share(row.control_id),
          layer: layerOf(row.control_id) ?? share(row.layer),
          resourceId: row.resource_id,
          scope: share(row.scope),
          state: share(row.state),
          severity: share(row.severity),
          digest: row.digest,
          openSinceSeq: row.open_since_seq,
          locator: share(row.locator),
          isStale: row.stale_since_seq !== null,
          staleSinceSeq: row.stale_since_seq,
          staleReason: row.stale_reason === null ? null : share(row.stale_reason),
          isSeen: false,
        });
      }
    }
  return known;
}
