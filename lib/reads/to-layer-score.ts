import type { ClusterDto } from "@/lib/contracts/clusters";
import type { LayerScoreDto, TrendPoint } from "@/lib/contracts/score";
import { LAYERS } from "@/lib/model/layer";
import type { LayerScore } from "@/lib/scoring/score";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { openInLayer } from "./counts";
import type { PostureAt } from "./posture-at";
import type { ScoresAt } from "./scores-at";

/** `before`: what it is compared with, made by the same rules, not by those of the release that took it: a difference is one of the cluster. */
export function toLayerScoreDto(score: LayerScore, at: SnapshotRecord, before: PostureAt | null): LayerScoreDto {
  const { layer, raw, cap, capReason, lower, upper, coverage, switchedOff } = score;
  const then = before?.workload.layers.find((entry) => entry.layer === layer);
  return {
    layer,
    score: score.score,
    raw,
    cap,
    capReason,
    isCapped: raw !== null && raw > cap,
    lower,
    upper,
    coverage,
    idle: score.controls.filter(({ n, assessed }) => n === 0 && assessed === 1).length,
    switchedOff: switchedOff.length,
    sinceScore: then?.score ?? null,
    sinceCoverage: then?.coverage ?? null,
    open: openInLayer(at, layer),
  };
}

/** One point of a trend. A layer without a score is a gap. */
export function toTrendPoint({ seq, takenAt }: Pick<SnapshotRecord, "seq" | "takenAt">, scores: ScoresAt): TrendPoint {
  return { seq, takenAt: takenAt.toISOString(), layers: scores };
}

/** The four scores of a cluster alone; null, of no coverage, without any, as before its first snapshot. */
export function toScores(layers: Readonly<ClusterDto["scores"]> | undefined): ClusterDto["scores"] {
  return layers?.map(({ layer, score, coverage }) => ({ layer, score, coverage })) ?? LAYERS.map((layer) => ({ layer, score: null, coverage: 0 }));
}
