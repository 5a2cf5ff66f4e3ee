import type { OverviewResponse } from "@/lib/contracts/overview";
import { capHolderWords, capSentence } from "@/lib/format/posture-titles";
import { capitalise } from "@/lib/format/words";
import type { Layer } from "@/lib/model/layer";
import { toCapHolder } from "./to-reading";

interface CapReason {
  readonly layer: Layer;
  readonly severity: "critical" | "high";
  /** "One open critical finding" */
  readonly holder: string;
  /** " caps it at 69; without it the layer would score 88." */
  readonly does: string;
}

/** What holds the weakest layer down, in two parts of one sentence; null = nothing does. */
export function findCapReason({ layers, weakest }: Pick<OverviewResponse, "layers" | "weakest">): CapReason | null {
  const score = layers.find(({ layer }) => layer === weakest);
  const holder = score === undefined ? null : toCapHolder(score);
  if (!score?.isCapped || score.raw === null || holder === null) return null;
  return { layer: score.layer, severity: holder.reason, holder: capitalise(capHolderWords(holder)), does: capSentence(holder, score.cap, score.raw) };
}
