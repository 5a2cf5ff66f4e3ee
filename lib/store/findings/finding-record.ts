import "server-only";
import { saidBy } from "../evidence-of";
import type { Pool } from "pg";
import type { Layer } from "@/lib/model/layer";
import type { ResourceRef } from "@/lib/model/resource-ref";
import type { Severity } from "@/lib/model/severity";
import type { Evidence, Scope } from "@/lib/model/verdict";
import { type ApiVersions, apiVersionAt, loadApiVersions } from "../as-of/api-versions";
import { loadControlLayers } from "../as-of/control-layers";
import { loadSnapshotTimes } from "../as-of/snapshot-log";
import { spansAnd } from "../as-of/spans-again";
import { STALE_AT } from "../as-of/stale-at";
import type { StoredState } from "../commit/commit-input";
import { isOfId } from "../id-bits";

/** One finding as one of its spans shows it, seen from the moment of `seq`. */
export interface FindingRecord {
  readonly spanId: number;
  readonly findingId: number;
  readonly publicId: string;
  readonly controlId: string;
  readonly layer: Layer;
  readonly severity: Severity;
  readonly state: StoredState;
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
  readonly locator: string;
  readonly scope: Scope;
  readonly resource: ResourceRef;
  readonly resourceKey: string;
  /** The first snapshot that ever showed it. */
  readonly firstSeq: number;
  /** Start of this span, and of the period that it continues. In a history, a time without an assessment ends a span; one of a list goes on through it. */
  readonly openedSeq: number;
  readonly openSinceSeq: number;
  readonly openedCause: string;
  /** When the period began, whatever changed since: the snapshot `openSinceSeq`. */
  readonly openedAt: Date;
  /** When it began to look as it does: the snapshot `openedSeq`. */
  readonly spanAt: Date;
  /** Null while it is open at `seq`, whatever came later. */
  readonly closedSeq: number | null;
  readonly closedAt: Date | null;
  readonly closedCause: string | null;
  /** From when on it could not be assessed, to the end of this span: open or closed, it is no evidence of that time. Null = not by `seq`. */
  readonly staleSince: { readonly seq: number; readonly at: Date } | null;
  readonly isStale: boolean;
  /** Why it could not be assessed then, while it is stale. */
  readonly staleReason: string | null;
}

/** The end of what another finding covered to its end: no snapshot shows this span. */
export function wasNeverShown({ openedSeq, closedSeq }: Pick<FindingRecord, "openedSeq" | "closedSeq">): boolean {
  return openedSeq === closedSeq;
}

interface Row {
  id: number;
  finding_id: number;
  public_id: string;
  control_id: string;
  layer: Layer;
  severity: Severity;
  state: StoredState;
  reason: string | null;
  evidence: readonly Evidence[];
  locator: string;
  scope: Scope;
  api_group: string;
  version: string;
  kind: string;
  namespace: string | null;
  name: string;
  key: string;
  first_seq: number;
  opened_seq: number;
  open_since_seq: number;
  opened_cause: string;
  closed_seq: number | null;
  closed_cause: string | null;
  stale_since_seq: number | null;
  stale_reason: string | null;
}

const COLUMNS = `s.id, s.finding_id, f.public_id, f.control_id, f.layer, s.severity, s.state, coalesce(s.reason, said.reason) AS reason, coalesce(s.evidence, said.body) AS evidence, f.locator, s.scope, r.api_group,
  r.version, r.kind, r.namespace, r.name, r.key, f.first_seq, s.opened_seq, s.open_since_seq, s.opened_cause, s.closed_seq, s.closed_cause`;
const from = (spans: string) => `FROM ${spans} s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id ${saidBy("s")}`;
/**
 * Of times without an assessment only that of snapshot $2 matters, which may be over by now. A span that holds again at that snapshot comes after what it
 * was before, whose id it has.
 */
const RECORDS = `WITH was AS MATERIALIZED (SELECT p.* ${STALE_AT})
  SELECT ${COLUMNS}, coalesce(w.from_seq, s.stale_since_seq) AS stale_since_seq, CASE WHEN w.id IS NULL THEN s.stale_reason ELSE w.reason END AS stale_reason
  ${from(spansAnd("a.cluster_id = $1 AND a.from_seq <= $2 AND (a.to_seq IS NULL OR a.to_seq > $2)"))} LEFT JOIN LATERAL (SELECT w.id, w.from_seq, w.reason FROM was w WHERE w.from_seq >= s.opened_seq AND (s.closed_seq IS NULL OR w.to_seq <= s.closed_seq)
    AND ${isOfId("w", "findings", "s.finding_id")} LIMIT 1) w ON true
  WHERE s.id = ANY($3::bigint[]) ORDER BY s.again_id NULLS FIRST`;
const HISTORY = `SELECT ${COLUMNS}, s.stale_since_seq, s.stale_reason,
    (SELECT json_agg(json_build_object('from', p.from_seq, 'to', p.to_seq, 'reason', p.reason) ORDER BY p.from_seq) FROM stale_period p
      WHERE p.cluster_id = s.cluster_id AND p.from_seq >= s.opened_seq AND (s.closed_seq IS NULL OR p.to_seq <= s.closed_seq)
        AND ${isOfId("p", "findings", "s.finding_id")}) AS periods
  ${from(spansAnd())} WHERE s.finding_id = $1 AND s.opened_seq <= $2 ORDER BY s.opened_seq, s.id`;

/** A time within a span in which nobody could assess it. */
interface StalePeriod {
  readonly from: number;
  readonly to: number;
  readonly reason: string | null;
}

/** What a finding looked like, cut where it could be assessed again, or not for another reason: each part is stale at its end, if at all. */
function unfold({ periods, ...row }: Row & { readonly periods: readonly StalePeriod[] | null }, seq: number): readonly Row[] {
  const parts: Row[] = [];
  let rest: Row = row;
  for (const { from, to, reason } of periods ?? []) {
    parts.push({ ...rest, closed_seq: to, closed_cause: "reread", stale_since_seq: from, stale_reason: reason });
    rest = { ...rest, opened_seq: to, opened_cause: "reread" };
  }
  return [...parts, rest].filter((part) => part.opened_seq <= seq);
}

interface Frame {
  readonly seq: number;
  readonly times: readonly number[];
  readonly versionsOf: (row: Row) => ApiVersions;
  readonly layers: ReadonlyMap<string, Layer>;
}

/** The last snapshot up to `seq` in which its object was there, as far as the span tells. */
function lastSeqOf({ closed_seq: closed, closed_cause: cause }: Row, seq: number): number {
  return closed !== null && closed <= seq && cause === "resource-gone" ? closed - 1 : seq;
}

async function loadFrame(pool: Pool, clusterId: number, seq: number, rows: readonly Row[]): Promise<Frame> {
  const times = await loadSnapshotTimes(pool, clusterId, seq);
  const versions = new Map<number, ApiVersions>();
  for (const last of new Set([seq, ...rows.map((row) => lastSeqOf(row, seq))])) versions.set(last, await loadApiVersions(pool, clusterId, last));
  const layers = await loadControlLayers(pool, clusterId, seq);
  return { seq, times, versionsOf: (row) => versions.get(lastSeqOf(row, seq)) ?? new Map(), layers };
}

function toRecord(row: Row, { seq, times, versionsOf, layers }: Frame): FindingRecord {
  const { kind, namespace, name, version, api_group: group } = row;
  const isClosed = row.closed_seq !== null && row.closed_seq <= seq;
  const timeOf = (at: number) => new Date(times[at] ?? 0);
  const staleSeq = row.stale_since_seq !== null && row.stale_since_seq <= seq ? row.stale_since_seq : null;
  return {
    spanId: row.id,
    findingId: row.finding_id,
    publicId: row.public_id,
    controlId: row.control_id,
    layer: layers.get(row.control_id) ?? row.layer,
    severity: row.severity,
    state: row.state,
    reason: row.reason,
    evidence: row.evidence,
    locator: row.locator,
    scope: row.scope,
    resource: { apiVersion: apiVersionAt(versionsOf(row), { group, kind, version }), kind, namespace, name },
    resourceKey: row.key,
    firstSeq: row.first_seq,
    openedSeq: row.opened_seq,
    openSinceSeq: row.open_since_seq,
    openedCause: row.opened_cause,
    openedAt: timeOf(row.open_since_seq),
    spanAt: timeOf(row.opened_seq),
    closedSeq: isClosed ? row.closed_seq : null,
    closedAt: isClosed && row.closed_seq !== null ? timeOf(row.closed_seq) : null,
    closedCause: isClosed ? row.closed_cause : null,
    staleSince: staleSeq === null ? null : { seq: staleSeq, at: timeOf(staleSeq) },
    isStale: staleSeq !== null && !isClosed,
    staleReason: staleSeq !== null && !isClosed ? row.stale_reason : null,
  };
}

/** The records of these spans, in the order given. */
export async function loadFindingRecords(pool: Pool, clusterId: number, spanIds: readonly number[], seq: number): Promise<FindingRecord[]> {
  if (spanIds.length === 0) return [];
  const { rows } = await pool.query<Row>(RECORDS, [clusterId, seq, spanIds]);
  const frame = await loadFrame(pool, clusterId, seq, rows);
  const byId = new Map(rows.map((row) => [row.id, toRecord(row, frame)]));
  return spanIds.map((id) => byId.get(id)).filter((record) => record !== undefined);
}

/** All spans of one finding up to `seq`, oldest first. */
export async function loadFindingSpans(pool: Pool, clusterId: number, findingId: number, seq: number): Promise<FindingRecord[]> {
  const found = await pool.query<Row & { readonly periods: readonly StalePeriod[] | null }>(HISTORY, [findingId, seq]);
  const rows = found.rows.flatMap((row) => unfold(row, seq));
  const frame = await loadFrame(pool, clusterId, seq, rows);
  return rows.map((row) => toRecord(row, frame));
}
