import "server-only";
import type { GapDto, LayerQuery, LayerResponse } from "@/lib/contracts/overview";
import { AppError } from "@/lib/errors/app-error";
import { LAYERS } from "@/lib/model/layer";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { gainOfControl } from "@/lib/scoring/gain";
import { toHeatRows } from "@/lib/scoring/heat";
import type { LayerScore } from "@/lib/scoring/score";
import { shownCounts } from "@/lib/scoring/shown-counts";
import { loadFailingStatistics } from "@/lib/store/findings/finding-statistics";
import { explainMoves } from "./explain-moves";
import { toGaps, toSwitchedOff } from "./list-gaps";
import { DEFAULT_TREND_DAYS, listTrend } from "./list-trend";
import { toOnlyObject } from "./list-plan";
import { listUnassessed } from "./list-unassessed";
import { openFilledReader, toMoment } from "./open-reader";
import { loadNamespaceTallies } from "./namespace-tallies-at";
import { loadPosture, type PostureAt } from "./posture-at";
import { loadReasons } from "./reasons-at";
import { toLayerScoreDto, toScores } from "./to-layer-score";
import { loadChangeRange } from "./unread-at";

function listLayerControls(
  posture: PostureAt,
  onlyObjects: ReadonlyMap<string, ResourceRef>,
  score: LayerScore,
  before: LayerScore | undefined,
): LayerResponse["controls"] {
  const scored = posture.scored("workload", score.layer);
  const costs = new Map(score.controls.map((cost) => [cost.control, cost]));
  const costsBefore = before && new Map(before.controls.map(({ control, cost }) => [control, cost]));
  const inScope = new Set(scored.map((control) => control.control)).difference(posture.switchedOff);
  const tallies = posture.tallies.filter((tally) => tally.layer === score.layer && tally.scope === "workload");
  const rows = tallies.map(shownCounts).flatMap((tally) => {
    const control = posture.catalogue.find(tally.control);
    if (!control || control.isRollUp) return [];
    const cost = costs.get(tally.control);
    return [
      {
        control: tally.control,
        title: control.title,
        severity: tally.worst ?? control.severity,
        weight: cost?.weight ?? 0,
        cost: cost?.cost ?? 0,
        costBefore: costsBefore ? (costsBefore.get(tally.control) ?? 0) : null,
        gain: tally.failing > 0 ? gainOfControl(score, scored, tally.control) : 0,
        n: tally.n,
        failing: tally.failing,
        object: toOnlyObject(onlyObjects.get(tally.control)),
        unknown: tally.unknown,
        waived: tally.waived,
        manual: tally.manual,
        assessed: cost?.assessed ?? 0,
        isInScope: inScope.has(tally.control),
        isSwitchedOff: posture.switchedOff.has(tally.control),
        stale: tally.stale,
      },
    ];
  });
  return rows.sort((a, b) => b.cost - a.cost || b.failing - a.failing || (a.control < b.control ? -1 : 1));
}

/** How the score of one layer is made. Throws not-found. */
export async function getLayer(slug: string, text: string, query: LayerQuery): Promise<LayerResponse> {
  const layer = LAYERS.find((known) => known === text);
  if (layer === undefined) throw new AppError("not-found", `There is no layer called ${text}; there are ${LAYERS.join(", ")}.`);
  const { days = DEFAULT_TREND_DAYS, ...moment } = query;
  const reader = await openFilledReader(slug, moment);
  const { pool, cluster, at, since } = reader;
  const [posture, { onlyObjects }] = await Promise.all([loadPosture(pool, cluster.id, at), loadFailingStatistics(pool, cluster.id, at.seq)]);
  const score = posture.workload.layers.find((entry) => entry.layer === layer);
  if (!score) throw new TypeError(`no score of layer ${layer}`);
  const postureBefore = since ? await loadPosture(pool, cluster.id, since) : null;
  const before = postureBefore?.workload.layers.find((entry) => entry.layer === layer);
  const moves = await explainMoves(reader, since && (await loadChangeRange(pool, cluster.id, since, at)));
  const trend = await listTrend(reader, days);
  const tallies = (await loadNamespaceTallies(pool, cluster.id, at)).filter((tally) => tally.layer === layer && tally.scope === "workload");
  const { coverage } = posture;
  const controls = posture.catalogue.list();
  const isHere = (gap: GapDto): boolean => gap.shares.some((share) => share.layer === layer);
  return {
    moment: toMoment(reader),
    layer: toLayerScoreDto(score, at, postureBefore),
    others: toScores(posture.workload.layers),
    trendDays: days,
    trend: trend.points,
    markers: trend.markers,
    silent: trend.silent,
    waterfall: moves.of(layer),
    controls: listLayerControls(posture, onlyObjects, score, before),
    rolledUp: posture.tallies
      .filter((tally) => tally.layer === layer && tally.scope === "workload" && posture.catalogue.find(tally.control)?.isRollUp === true)
      .reduce((sum, tally) => sum + tally.failing, 0),
    namespaces: toHeatRows([score], tallies, new Set()).map((row) => ({
      namespace: row.namespace,
      points: row.points,
      failing: tallies.filter((tally) => tally.namespace === row.namespace).reduce((sum, tally) => sum + tally.failing, 0),
    })),
    gaps: toGaps(coverage, controls).filter(isHere),
    unassessed: listUnassessed(posture, await loadReasons(reader, posture), layer),
    switchedOff: [...toSwitchedOff(coverage, controls, new Set(score.switchedOff))],
  };
}
