import type { FixStep } from "@/lib/contracts/overview";
import { LAYERS } from "@/lib/model/layer";
import { planFixes } from "@/lib/scoring/plan";
import type { PostureAt } from "./posture-at";

/** The first sentence of a control's fix, as plain text: what to do, in the imperative. */
export function toFixTitle(fix: string): string {
  const end = /[.;](?=\s|$)/.exec(fix)?.index ?? fix.length;
  return fix.slice(0, end).replaceAll("`", "");
}

/** What to fix first: each gain assumes the steps above it. */
export function listPlan(posture: PostureAt, limit: number): FixStep[] {
  const layers = LAYERS.map((layer) => ({ layer, controls: posture.scored("workload", layer) }));
  return planFixes(layers, limit).map(({ control, layer, objects, from, to }) => ({
    control,
    title: toFixTitle(posture.catalogue.find(control)?.fix ?? control),
    holds: posture.catalogue.find(control)?.title ?? control,
    layer,
    objects,
    from,
    to,
    gain: to - from,
  }));
}
