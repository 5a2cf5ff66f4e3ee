import type { UnassessedDto } from "@/lib/contracts/overview";
import type { Layer } from "@/lib/model/layer";
import type { PostureAt } from "./posture-at";
import type { ReasonsOf } from "./reasons-at";

/** Controls in scope, of one layer or of all, of which not every subject could be judged, and why: the costliest in coverage first. */
export function listUnassessed(posture: PostureAt, reasonsOf: ReasonsOf, only?: Layer): UnassessedDto[] {
  return posture.workload.layers
    .filter(({ layer }) => only === undefined || layer === only)
    .flatMap(({ layer, controls, coverage }) => {
      const lost = new Map(controls.map(({ control, weight, assessed }) => [control, weight * (1 - assessed)]));
      const all = lost.values().reduce((sum, weight) => sum + weight, 0);
      return posture
        .scored("workload", layer)
        .filter(({ control, unknown, stale }) => unknown + stale > 0 && !posture.switchedOff.has(control))
        .map(({ control }) => ({
          control,
          title: posture.catalogue.find(control)?.title ?? control,
          layer,
          // Together they are what coverage lacks, also where nothing at all was assessed.
          share: all === 0 ? 0 : ((lost.get(control) ?? 0) / all) * (1 - coverage),
          ...reasonsOf(control, ["workload"]),
        }));
    })
    .sort((a, b) => b.share - a.share || (a.control < b.control ? -1 : 1));
}
