import type { FixStep, OverviewResponse } from "@/lib/contracts/overview";
import { formatPoints } from "@/lib/format/numbers";
import { noScoreWords } from "@/lib/format/posture-titles";

/** "69 → 89"; of a layer that has no score, why: the plan counts what was assessed, which nothing else shows as a score. */
export function stepLead({ layer, from, to }: Pick<FixStep, "layer" | "from" | "to">, layers: OverviewResponse["layers"]): string {
  const own = layers.find((score) => score.layer === layer);
  return own?.score === null ? noScoreWords(own) : `${formatPoints(from)} \u2192 ${formatPoints(to)}`;
}
