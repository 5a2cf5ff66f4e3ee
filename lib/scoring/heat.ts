import { LAYERS, type Layer } from "../model/layer";
import { type Severity, worstSeverity } from "../model/severity";
import type { LayerScore } from "./score";
import type { NamespaceTally } from "./tally";

interface HeatCell {
  readonly layer: Layer;
  /** Points of the layer's raw score that this namespace costs. */
  readonly points: number;
  readonly worst: Severity | null;
  /** False when nothing of this layer could be assessed here. */
  readonly isAssessed: boolean;
  /** True when nothing that the layer judges is in this namespace, as far as all of that was listed. */
  readonly isEmpty: boolean;
}

export interface HeatRow {
  readonly namespace: string;
  readonly cells: readonly HeatCell[];
  readonly points: number;
}

/**
 * Cost per namespace and layer: a control's cost is shared by its failing subjects. Each column adds up to 100 - raw. Costliest first. `unlisted` = layers
 * of which namespaces may hold what nobody listed.
 */
export function toHeatRows(scores: readonly LayerScore[], tallies: readonly NamespaceTally[], unlisted: ReadonlySet<Layer>): readonly HeatRow[] {
  const perFinding = new Map<string, number>();
  for (const score of scores) for (const cost of score.controls) if (cost.failing > 0) perFinding.set(cost.control, cost.cost / cost.failing);
  const rows = [...Map.groupBy(tallies, (tally) => tally.namespace)].map(([namespace, ofNamespace]): HeatRow => {
    const cells = LAYERS.map((layer): HeatCell => {
      const own = ofNamespace.filter((tally) => tally.layer === layer);
      const assessed = own.reduce((sum, tally) => sum + tally.n, 0);
      const points = own.reduce((sum, tally) => sum + tally.failing * (perFinding.get(tally.control) ?? 0), 0);
      const worst = worstSeverity(own.flatMap((tally) => (tally.failing > 0 && tally.worst ? [tally.worst] : []))) ?? null;
      return { layer, points, worst, isAssessed: assessed > 0, isEmpty: own.length === 0 && !(namespace !== "" && unlisted.has(layer)) };
    });
    return { namespace, cells, points: cells.reduce((sum, cell) => sum + cell.points, 0) };
  });
  return rows.sort((a, b) => b.points - a.points || (a.namespace < b.namespace ? -1 : 1));
}
