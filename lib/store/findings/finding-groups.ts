import "server-only";
import type { FindingIndex } from "./finding-index";
import { orderFindings, type PointsOf } from "./finding-order";

/** What the findings of a group have in common. */
export type FindingGroup = "control" | "object";

/**
 * The rows that are asked for (`misses` of 0), those of a group side by side. Groups, and rows within one, come in the order of the list by severity: whoever
 * looks at the top sees what to do first, also under a filter.
 */
export function groupFindings(index: FindingIndex, by: FindingGroup, misses: Uint16Array, pointsOf?: PointsOf): readonly number[] {
  const groupAt = by === "control" ? index.controlAt : index.resourceAt;
  const groups = new Map<number, number[]>();
  for (const row of orderFindings(index, "severity", false, pointsOf)) {
    if (misses[row] !== 0) continue;
    const group = groups.get(groupAt[row] ?? 0);
    if (group) group.push(row);
    else groups.set(groupAt[row] ?? 0, [row]);
  }
  return [...groups.values()].flat();
}
