import "server-only";
import type { Pool } from "pg";
import type { SourcesResponse } from "@/lib/contracts/snapshots";
import type { MomentQuery, SnapshotStamp } from "@/lib/contracts/words";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { amount, record } from "@/lib/model/json";
import { apiGroup } from "@/lib/model/resource-ref";
import { loadResourceIndex } from "@/lib/store/as-of/resource-index";
import { loadSnapshotLog } from "@/lib/store/as-of/snapshot-log";
import { loadCoverages } from "@/lib/store/snapshots";
import { controlsNeeding, toGaps, toSwitchedOff } from "./list-gaps";
import { openFilledReader, toMoment } from "./open-reader";
import { loadPosture } from "./posture-at";
import { parseCoverage, readCoverage } from "./read-coverage";

/** Coverages that are looked through at once; most gaps are younger. */
const AT_ONCE = 50;
const ORDER: readonly KindCoverage["status"][] = ["forbidden", "failed", "timeout", "read", "not-requested", "left-out", "absent"];

const keyOf = (entry: KindCoverage): string => `${entry.group}/${entry.resource}`;

/** For each gap the first snapshot of the unbroken run, up to `seq`, in which it could not be read, however often others came and went meanwhile. */
async function gapStarts(pool: Pool, clusterId: number, seq: number, gaps: readonly KindCoverage[]): Promise<ReadonlyMap<string, SnapshotStamp>> {
  const starts = new Map<string, SnapshotStamp>();
  const open = new Set(gaps.map(keyOf));
  if (open.size === 0) return starts;
  const log = (await loadSnapshotLog(pool, clusterId, 1, seq)).toReversed();
  const ids = [...new Set(log.map(({ coverageId }) => coverageId))];
  const lost = new Map<number, ReadonlySet<string>>();
  for (const { seq: at, takenAtMs, coverageId } of log) {
    if (!lost.has(coverageId))
      for (const [id, body] of await loadCoverages(pool, ids.slice(lost.size, lost.size + AT_ONCE)))
        lost.set(id, new Set(parseCoverage(body).filter(isGap).map(keyOf)));
    for (const key of open) {
      if (lost.get(coverageId)?.has(key)) starts.set(key, { seq: at, takenAt: new Date(takenAtMs).toISOString() });
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
  const starts = await gapStarts(pool, cluster.id, at.seq, coverage.filter(isGap));
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
