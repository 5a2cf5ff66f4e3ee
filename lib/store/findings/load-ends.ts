import "server-only";
import type { Pool } from "pg";
import { spansAnd } from "../as-of/spans-again";
import { unpackManifest } from "../manifest-body";
import { type FindingRecord, loadFindingRecords } from "./finding-record";

/** What stood of a finding at one snapshot. */
export interface FindingEnd {
  /** What was recorded then: failing, accepted, not assessed; null = nothing of that kind. */
  readonly finding: FindingRecord | null;
  /** Its object was there; of people, and whoever else is no object of the cluster, nothing says otherwise. */
  readonly isThere: boolean;
  /** Its object as it was then; null when it was not there, or is of a kind that is never stored. */
  readonly manifest: unknown;
}

interface Row {
  readonly asked: number;
  readonly span: number | null;
  readonly version: number | null;
  readonly isKnown: boolean;
  readonly firstStored: number | null;
}

/**
 * An object that went and came back has one row: only its versions say whether it was there in between. A subject that is no stored object (a user, the
 * cluster) is filed with its first finding, and an account that is only named may become one: until then it was there since it was filed.
 */
const SQL = `SELECT s.id AS asked, o.id AS span, v.id AS version, r.first_seq <= $2 AS "isKnown",
    (SELECT min(from_seq) FROM resource_version w WHERE w.resource_id = r.id) AS "firstStored"
  FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
  LEFT JOIN LATERAL (SELECT id FROM ${spansAnd()} a WHERE finding_id = s.finding_id AND opened_seq <= $2 AND (closed_seq IS NULL OR closed_seq > $2) LIMIT 1) o ON true
  LEFT JOIN LATERAL (SELECT id FROM resource_version WHERE resource_id = r.id AND from_seq <= $2 AND (to_seq IS NULL OR to_seq > $2) LIMIT 1) v ON true
  WHERE s.id = ANY($1::bigint[])`;

/** What stood at `seq` of the findings that these spans are of, by the id of the span. */
export async function loadEnds(pool: Pool, clusterId: number, spanIds: readonly number[], seq: number): Promise<ReadonlyMap<number, FindingEnd>> {
  if (spanIds.length === 0) return new Map();
  const { rows } = await pool.query<Row>(SQL, [spanIds, seq]);
  const present = (ids: readonly (number | null)[]): number[] => [...new Set(ids.filter((id) => id !== null))];
  const spans = present(rows.map(({ span }) => span));
  const findings = new Map((await loadFindingRecords(pool, clusterId, spans, seq)).map((finding) => [finding.spanId, finding]));
  const bodies = await pool.query<{ id: number; body: Buffer }>("SELECT id, body FROM resource_version WHERE id = ANY($1::bigint[])", [
    present(rows.map(({ version }) => version)),
  ]);
  const manifests = new Map(bodies.rows.map(({ id, body }): [number, unknown] => [id, JSON.parse(unpackManifest(body))]));
  return new Map(
    rows.map(({ asked, span, version, isKnown, firstStored }) => [
      asked,
      {
        finding: span === null ? null : (findings.get(span) ?? null),
        isThere: version !== null || firstStored === null || (firstStored > seq && isKnown),
        manifest: version === null ? null : manifests.get(version),
      },
    ]),
  );
}
