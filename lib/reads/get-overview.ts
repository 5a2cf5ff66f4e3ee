import "server-only";
import type { OverviewResponse } from "@/lib/contracts/overview";
import type { MomentQuery } from "@/lib/contracts/words";
import { amount, record } from "@/lib/model/json";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { toHeatRows } from "@/lib/scoring/heat";
import { headlineScore } from "@/lib/scoring/posture";
import { listTimesToFix, loadFailingStatistics } from "@/lib/store/findings/finding-statistics";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { loadCatalogueAt } from "./catalogue-at";
import { countTuned } from "./count-tuned";
import { countMoved, countOpen, emptyCounts, openInAll } from "./counts";
import { explainMoves } from "./explain-moves";
import { toGaps, toSwitchedOff } from "./list-gaps";
import { loadMovers } from "./movers-at";
import { loadChangeRange } from "./unread-at";
import { listPlan } from "./list-plan";
import { listTrend, type Trend } from "./list-trend";
import { listUnassessed } from "./list-unassessed";
import { findUnlistedLayers } from "./find-unlisted-layers";
import { type FilledReader, openReader, type Reader, toMoment } from "./open-reader";
import { loadNamespaceTallies } from "./namespace-tallies-at";
import { loadPosture } from "./posture-at";
import { loadReasons } from "./reasons-at";
import { toLayerScoreDto } from "./to-layer-score";

const PLAN_STEPS = 5;
const HEAT_ROWS = 200;
/** Days in which a finding should be fixed, by severity. */
const TARGET_DAYS: Readonly<Record<Severity, number>> = { critical: 3, high: 14, medium: 45, low: 120, info: 365 };

function toFacts(snapshot: SnapshotRecord): OverviewResponse["facts"] {
  const facts = record(snapshot.facts);
  const of = (name: string): number => amount(facts[name]) ?? 0;
  const { catalogueVersion, durationMs } = snapshot;
  return { workloads: of("workloads"), namespaces: of("namespaces"), nodes: of("nodes"), objects: of("objects"), catalogueVersion, durationMs };
}

function base(reader: Reader) {
  const { slug, name, isDemo } = reader.cluster;
  return { moment: toMoment(reader), cluster: { slug, name, isDemo, kubeVersion: reader.at?.kubeVersion ?? null } };
}

/** What a cluster without a snapshot shows. */
function emptyOverview(reader: Reader): OverviewResponse {
  const nothing = {
    facts: null,
    weakest: null,
    layers: [],
    platformScore: null,
    platformNamespaces: 0,
    platformOpen: 0,
    open: emptyCounts(),
    openBefore: null,
    opened: 0,
    closed: 0,
    tuned: { off: 0, reweighted: 0, own: 0 },
    gaps: [],
    unassessed: [],
    switchedOff: [],
  };
  return {
    ...base(reader),
    ...nothing,
    movers: [],
    trend: [],
    markers: [],
    silent: [],
    plan: [],
    waterfall: null,
    stack: [],
    ages: [],
    timeToFix: [],
    heat: [],
  };
}

function toStack(trend: Trend): OverviewResponse["stack"] {
  return trend.series.map((point) => ({
    seq: point.seq,
    takenAt: point.takenAt.toISOString(),
    open: openInAll(point),
    opened: point.openedSum.workload,
    closed: point.closedSum.workload,
  }));
}

async function listTargets(reader: FilledReader, { fromSeq }: Trend): Promise<OverviewResponse["timeToFix"]> {
  const times = await listTimesToFix(reader.pool, reader.cluster.id, fromSeq, reader.at.seq);
  return SEVERITIES.filter((severity) => severity !== "info").map((severity) => {
    const found = times.find((time) => time.severity === severity);
    return { severity, medianDays: found?.medianDays ?? null, targetDays: TARGET_DAYS[severity], fixed: found?.fixed ?? 0 };
  });
}

/** Where a cluster stands at a moment, what changed since, what to fix first. Throws not-found. */
export async function getOverview(slug: string, query: MomentQuery): Promise<OverviewResponse> {
  const opened = await openReader(slug, query);
  if (!opened.at) return emptyOverview(opened);
  const reader: FilledReader = { ...opened, at: opened.at };
  const { pool, cluster, at, since } = reader;
  const range = since && (await loadChangeRange(pool, cluster.id, since, at));
  // Asked for together: the database answers one while another is worked up.
  const [posture, before, trend, moves, movers, namespaceTallies, failing] = await Promise.all([
    loadPosture(pool, cluster.id, at),
    since ? loadPosture(pool, cluster.id, since) : null,
    listTrend(reader),
    explainMoves(reader, range),
    range ? loadCatalogueAt(pool, at.catalogueVersion).then((catalogue) => loadMovers(reader, range, catalogue)) : [],
    loadNamespaceTallies(pool, cluster.id, at),
    loadFailingStatistics(pool, cluster.id, at.seq),
  ]);
  const { coverage } = posture;
  const weakest = posture.workload.weakest;
  const platform = new Set(namespaceTallies.filter((tally) => tally.scope === "platform" && tally.namespace !== "").map((tally) => tally.namespace));
  return {
    ...base(reader),
    facts: toFacts(at),
    weakest,
    layers: posture.workload.layers.map((score) => toLayerScoreDto(score, at, before)),
    platformScore: headlineScore(posture.platform.layers),
    platformNamespaces: platform.size,
    platformOpen: countOpen(at, ["platform"]),
    open: openInAll(at),
    openBefore: since ? openInAll(since) : null,
    opened: countMoved(moves.changes, (row) => row.change === "opened"),
    closed: countMoved(moves.changes, (row) => row.change === "closed"),
    movers,
    trend: trend.points,
    markers: trend.markers,
    silent: trend.silent,
    plan: listPlan(posture, failing.onlyObjects, PLAN_STEPS),
    waterfall: weakest ? moves.of(weakest) : null,
    stack: toStack(trend),
    ages: [...failing.ages],
    timeToFix: await listTargets(reader, trend),
    heat: toHeatRows(
      posture.workload.layers,
      namespaceTallies.filter((tally) => tally.scope === "workload"),
      findUnlistedLayers(posture),
    )
      .slice(0, HEAT_ROWS)
      .map((row) => ({ ...row, cells: [...row.cells] })),
    gaps: [...toGaps(coverage, posture.catalogue.list())],
    unassessed: listUnassessed(posture, await loadReasons(reader, posture)),
    switchedOff: [...toSwitchedOff(coverage, posture.catalogue.list(), posture.switchedOff)],
    tuned: countTuned(posture.catalogue),
  };
}
