import type { UnassessedDto } from "@/lib/contracts/overview";
import type { Layer } from "@/lib/model/layer";
import type { PostureAt } from "./posture-at";

/** Controls in scope, of one layer or of all, of which not every subject could be judged: the costliest in coverage first. */
export function listUnassessed(posture: PostureAt, only?: Layer): UnassessedDto[] {
  const unknown = new Map(posture.tallies.filter((tally) => tally.scope === "workload").map((tally) => [tally.control, tally.unknown]));
  return posture.workload.layers
    .filter(({ layer }) => only === undefined || layer === only)
    .flatMap(({ layer, controls }) => {
      const whole = controls.reduce((sum, { weight }) => sum + weight, 0);
      return controls
        .filter(({ control, assessed }) => assessed < 1 && (unknown.get(control) ?? 0) > 0 && !posture.switchedOff.has(control))
        .map(({ control, weight, assessed }) => ({
          control,
          title: posture.catalogue.find(control)?.title ?? control,
          layer,
          subjects: unknown.get(control) ?? 0,
          share: whole === 0 ? 0 : (weight * (1 - assessed)) / whole,
        }));
    })
    .sort((a, b) => b.share - a.share || (a.control < b.control ? -1 : 1));
}
