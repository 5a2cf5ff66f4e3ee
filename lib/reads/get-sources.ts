import "server-only";
import type { SourcesResponse } from "@/lib/contracts/snapshots";
import type { MomentQuery } from "@/lib/contracts/words";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { amount, record } from "@/lib/model/json";
import { apiGroup } from "@/lib/model/resource-ref";
import { loadResourceIndex } from "@/lib/store/as-of/resource-index";
import { listCoverageRuns } from "@/lib/store/snapshots";
import { controlsNeeding, toGaps, toSwitchedOff } from "./list-gaps";
import { openFilledReader, toMoment } from "./open-reader";
import { loadPosture } from "./posture-at";
import { parseCoverage, readCoverage } from "./read-coverage";

const RUNS = 200;
const ORDER: readonly KindCoverage["status"][] = ["forbidden", "failed", "timeout", "read", "not-requested", "absent"];

const keyOf = (entry: KindCoverage): string => `${entry.group}/${entry.resource}`;

/** For each gap the first snapshot of the unbroken run in which it could not be read. */
function gapStarts(
  runs: readonly { readonly fromSeq: number; readonly takenAt: Date; readonly coverage: unknown }[],
  gaps: readonly KindCoverage[],
): ReadonlyMap<string, { seq: number; takenAt: string }> {
  const starts = new Map<string, { seq: number; takenAt: string }>();
  const open = new Set(gaps.map(keyOf));
  for (const run of runs) {
    const stillGap = new Set(parseCoverage(run.coverage).filter(isGap).map(keyOf));
    for (const key of [...open]) {
      if (stillGap.has(key)) starts.set(key, { seq: run.fromSeq, takenAt: run.takenAt.toISOString() });
      else open.delete(key);
    }
    if (open.size === 0) break;
  }
  return starts;
}

/** What a snapshot read and what it could not, with the one action for each gap. Throws not-found. */
export async function getSources(slug: string, query: MomentQuery): Promise<SourcesResponse> {
  const reader = await openFilledReader(slug, query);
  const { pool, cluster, at } = reader;
  const coverage = await readCoverage(pool, cluster.id, at);
  const posture = await loadPosture(pool, cluster.id, at);
  const controls = posture.catalogue.list();
  const starts = gapStarts(await listCoverageRuns(pool, cluster.id, at.seq, RUNS), coverage.filter(isGap));
  const facts = record(at.facts);
  const { names } = await loadResourceIndex(pool, cluster.id, at.seq);
  const listed = Map.groupBy(names, (ref) => `${apiGroup(ref)}/${ref.kind}`);
  const kinds = coverage.map((entry) => ({
    group: entry.group,
    version: entry.version,
    resource: entry.resource,
    kind: entry.kind,
    status: entry.status,
    objects: entry.objects,
    listed: listed.get(`${entry.group}/${entry.kind}`)?.length ?? 0,
    reason: entry.reason ?? null,
    action: entry.action ?? null,
    controls: controlsNeeding(entry, controls).length,
    since: starts.get(keyOf(entry)) ?? null,
  }));
  kinds.sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || b.objects - a.objects || (a.resource < b.resource ? -1 : 1));
  return {
    moment: toMoment(reader),
    kinds,
    gaps: [...toGaps(coverage, controls)],
    switchedOff: [...toSwitchedOff(coverage, controls, posture.switchedOff)],
    requests: amount(facts.requests) ?? 0,
    bytes: amount(facts.bytes) ?? 0,
  };
}
