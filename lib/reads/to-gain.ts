import type { FindingResponse } from "@/lib/contracts/findings";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import { effectiveScore, gainBetween, withFixed } from "@/lib/scoring/gain";
import type { Posture } from "@/lib/scoring/posture";
import { type LayerScore, scoreLayer } from "@/lib/scoring/score";
import type { PostureAt } from "./posture-at";

/** Below this, two scores are one: sums of fractions differ in their last digits. */
const SAME = 1e-9;

type Others = NonNullable<FindingResponse["gain"]>["others"];

function listOthers(posture: PostureAt, tried: readonly Posture[], { layer, scope }: FindingRecord): Others {
  return tried.flatMap((then) =>
    then.layers.flatMap((score, at): Others => {
      const before = posture[then.scope].layers[at];
      if (!before || (then.scope === scope && score.layer === layer)) return [];
      const [from, to] = [effectiveScore(before), effectiveScore(score)];
      // A layer that gets its first subject, or loses its last one, wins and loses nothing by that.
      return from === null || to === null || Math.abs(to - from) < SAME ? [] : [{ layer: score.layer, scope: then.scope, from, to }];
    }),
  );
}

/** Under a cap that stays, what moves is what the layer would score without it. */
function changeOf(before: LayerScore, after: LayerScore): { readonly change: number; readonly isCapped: boolean } {
  const change = gainBetween(before, after);
  const raw = (after.raw ?? 0) - (before.raw ?? 0);
  const isCapped = Math.abs(change) < SAME && Math.abs(raw) >= SAME;
  return { change: isCapped ? raw : change, isCapped };
}

/**
 * What fixing a finding does to the scores: by the postures in which its patch was `tried`, or else as if this finding alone were fixed. Null when it is in
 * no score and its patch is not known to move one, or leaves its layer nothing to judge.
 */
export function toGain(posture: PostureAt, record: FindingRecord, tried: readonly Posture[] | null): FindingResponse["gain"] {
  const points = posture.pointsOf(record.controlId, record.scope) ?? { points: null, isBracketed: false };
  const before = posture[record.scope].layers.find((entry) => entry.layer === record.layer);
  if (!before || (points.points === null && tried === null)) return null;
  const ofScope = tried?.find((then) => then.scope === record.scope)?.layers.find((entry) => entry.layer === record.layer);
  const after = ofScope ?? scoreLayer(record.layer, withFixed(posture.scored(record.scope, record.layer), record.controlId, 1));
  const [from, to] = [effectiveScore(before), effectiveScore(after)];
  if (from === null || to === null) return null;
  const { change, isCapped } = changeOf(before, after);
  const others = tried === null ? [] : listOthers(posture, tried, record);
  if (points.points === null && Math.abs(change) < SAME && others.length === 0) return null;
  return { ...points, isTried: tried !== null, isScored: before.score !== null, from, to, change, isCapped, others };
}
