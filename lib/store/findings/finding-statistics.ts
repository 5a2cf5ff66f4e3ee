import "server-only";
import type { Pool } from "pg";
import { DAY_MS } from "@/lib/model/day-ms";
import { medianOf } from "@/lib/model/median";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { loadApiVersions } from "../as-of/api-versions";
import { loadFindingIdentities } from "../as-of/finding-identities";
import { heldBy } from "../as-of/held-by";
import { LruCache } from "../as-of/lru-cache";
import { loadResourceNames, type ResourceName, withVersion } from "../as-of/resource-names";
import { loadSnapshotTimes } from "../as-of/snapshot-log";
import { validAt } from "../as-of/valid-at";
import { STORED_STATES } from "../commit/commit-input";
import { AGE_BINS, type AgeBin, ageBinAt } from "./finding-filter";
import { type FindingIndex, loadFindingIndex, rankSql } from "./finding-index";

export type SeverityTotals = Record<Severity, number>;

/** A new count of none. */
export function noSeverities(): SeverityTotals {
  return { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
}

const FAIL = STORED_STATES.indexOf("fail");

interface AgeCount {
  readonly bin: AgeBin;
  readonly open: SeverityTotals;
}

/** What one pass over the failing findings of workload scope tells. */
export interface FailingStatistics {
  /** By age at the moment of the snapshot, and severity. */
  readonly ages: readonly AgeCount[];
  /** By control: the object of its findings, where it is a single one. */
  readonly onlyObjects: ReadonlyMap<string, ResourceName>;
}

const statistics = heldBy<Pool, LruCache<FailingStatistics>>("failing-statistics", () => new LruCache(1_000, () => 1));

/** Three columns, in an order that does not matter: sorting them, and looking for each page of them anew, takes longer than reading them. */
const FAILING = `SELECT json_agg(s.finding_id) AS "findingIds", json_agg(${rankSql("s.severity", SEVERITIES)}) AS ranks, json_agg(s.open_since_seq) AS "sinceSeqs"
  FROM ${validAt("finding_span")} s WHERE s.state = 'fail' AND s.scope = 'workload'`;

type Failing = Readonly<Record<"findingIds" | "ranks" | "sinceSeqs", readonly number[] | null>>;

async function readFailing(pool: Pool, clusterId: number, seq: number): Promise<FailingStatistics> {
  const { rows: found } = await pool.query<Failing>(FAILING, [clusterId, seq]);
  const [findingIds, ranks, sinceSeqs] = [found[0]?.findingIds ?? [], found[0]?.ranks ?? [], found[0]?.sinceSeqs ?? []];
  const [times, identities] = await Promise.all([loadSnapshotTimes(pool, clusterId, seq), loadFindingIdentities(pool, clusterId, seq, findingIds)]);
  const resourceOf = (findingId: number) => identities.resourceIds[identities.placeOf.get(findingId) ?? 0] ?? 0;
  const names = await loadResourceNames(pool, new Set(findingIds.map(resourceOf)));
  const atMs = times[seq] ?? 0;
  const bins = AGE_BINS.map((bin) => ({ bin, open: noSeverities() }));
  const objects = new Map<string, ResourceName | null>();
  for (const [row, id] of findingIds.entries()) {
    const resource = names.get(resourceOf(id));
    if (resource === undefined) continue;
    const control = identities.controls[identities.controlAt[identities.placeOf.get(id) ?? 0] ?? 0] ?? "";
    const known = objects.get(control);
    objects.set(control, known === undefined || known === resource ? resource : null);
    const open = bins[ageBinAt(atMs - (times[sinceSeqs[row] ?? 0] ?? atMs))]?.open;
    const severity = SEVERITIES[ranks[row] ?? 0];
    if (open !== undefined && severity !== undefined) open[severity] += 1;
  }
  const versions = await loadApiVersions(pool, clusterId, seq);
  return {
    ages: bins,
    onlyObjects: new Map([...objects].flatMap(([control, name]) => (name === null ? [] : [[control, withVersion(name, versions)] as const]))),
  };
}

/** The failing findings of workload scope, counted. Never changes, so it is kept. */
export function loadFailingStatistics(pool: Pool, clusterId: number, seq: number): Promise<FailingStatistics> {
  return statistics(pool).get(`${clusterId}/${seq}`, () => readFailing(pool, clusterId, seq));
}

const keptCounts = heldBy<FindingIndex, { byResource?: ReadonlyMap<number, SeverityTotals> }>("counts-by-resource", () => ({}));

/** Failing findings per resource id. */
export async function countByResource(pool: Pool, clusterId: number, seq: number): Promise<ReadonlyMap<number, SeverityTotals>> {
  const index = await loadFindingIndex(pool, clusterId, seq);
  const kept = keptCounts(index);
  if (kept.byResource !== undefined) return kept.byResource;
  const counts = new Map<number, SeverityTotals>();
  for (let row = 0; row < index.size; row += 1) {
    const resource = index.resources[index.resourceAt[row] ?? 0];
    const severity = SEVERITIES[index.severities[row] ?? 0];
    if (index.states[row] !== FAIL || resource === undefined || severity === undefined) continue;
    let totals = counts.get(resource.id);
    if (totals === undefined) counts.set(resource.id, (totals = noSeverities()));
    totals[severity] += 1;
  }
  kept.byResource = counts;
  return counts;
}

/** How long the fixed findings of a severity had been open. */
export interface TimeToFix {
  readonly severity: Severity;
  readonly medianDays: number;
  readonly fixed: number;
}

const fixTimes = heldBy<Pool, LruCache<readonly TimeToFix[]>>("times-to-fix", () => new LruCache<readonly TimeToFix[]>(1_000, () => 1));

/** Per severity, only those of workload scope that were fixed in `fromSeq < S <= toSeq`. Never changes, so it is kept. */
export function listTimesToFix(pool: Pool, clusterId: number, fromSeq: number, toSeq: number): Promise<readonly TimeToFix[]> {
  return fixTimes(pool).get(`${clusterId}/${fromSeq}/${toSeq}`, () => readTimesToFix(pool, clusterId, fromSeq, toSeq));
}

async function readTimesToFix(pool: Pool, clusterId: number, fromSeq: number, toSeq: number): Promise<readonly TimeToFix[]> {
  const { rows } = await pool.query<{ severity: Severity; opened: readonly number[]; closed: readonly number[] }>(
    `SELECT severity, json_agg(open_since_seq) AS opened, json_agg(closed_seq) AS closed FROM finding_span
     WHERE cluster_id = $1 AND closed_seq > $2 AND closed_seq <= $3 AND scope = 'workload' AND state = 'fail' AND closed_cause = 'fixed' GROUP BY severity`,
    [clusterId, fromSeq, toSeq],
  );
  const times = await loadSnapshotTimes(pool, clusterId, toSeq);
  return rows.map(({ severity, opened, closed }) => {
    // A snapshot that a clock dated which was ahead may be younger than the one after it.
    const days = closed.map((seq, at) => Math.max(((times[seq] ?? 0) - (times[opened[at] ?? seq] ?? 0)) / DAY_MS, 0));
    return { severity, medianDays: medianOf(days), fixed: days.length };
  });
}
