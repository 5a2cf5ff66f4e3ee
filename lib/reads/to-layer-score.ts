import type { LayerScoreDto, TrendPoint } from "@/lib/contracts/score";
import { LAYERS } from "@/lib/model/layer";
import type { LayerScore } from "@/lib/scoring/score";
import { parseStoredScores } from "@/lib/scoring/stored-scores";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { openInLayer } from "./counts";
import type { PostureAt } from "./posture-at";

/** `before`: what it is compared with, made by the same rules, not by those of the release that took it: a difference is one of the cluster. */
export function toLayerScoreDto(score: LayerScore, at: SnapshotRecord, before: PostureAt | null): LayerScoreDto {
  const { layer, raw, cap, capReason, lower, upper, coverage, switchedOff } = score;
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
    sinceScore: before?.workload.layers.find((entry) => entry.layer === layer)?.score ?? null,
    open: openInLayer(at, layer),
  };
}

/** One point of a trend from what the snapshot kept. A layer without a score is a gap. */
export function toTrendPoint(snapshot: Pick<SnapshotRecord, "seq" | "takenAt" | "scores">): TrendPoint {
  const stored = parseStoredScores(snapshot.scores).workload;
  return {
    seq: snapshot.seq,
    takenAt: snapshot.takenAt.toISOString(),
    layers: LAYERS.map((layer) => {
      const entry = stored.find((score) => score.layer === layer);
      return entry
        ? { layer, score: entry.score, raw: entry.raw, lower: entry.lower, upper: entry.upper, coverage: entry.coverage }
        : { layer, score: null, raw: null, lower: 0, upper: 100, coverage: 0 };
    }),
  };
}
