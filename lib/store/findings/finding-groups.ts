import "server-only";
import { SEVERITIES } from "@/lib/model/severity";
import type { FindingIndex } from "./finding-index";
import { orderFindings } from "./finding-order";

/** What the findings of a group have in common. */
export type FindingGroup = "control" | "object";

interface Group {
  readonly rows: number[];
  /** Position in SEVERITIES of the gravest. */
  worst: number;
}

/**
 * The rows that are asked for (`misses` of 0), those of a group side by side and the gravest of it first. Groups come by their gravest row, then by how many
 * rows they have, then by name: whoever looks at the top sees what to do first, also under a filter.
 */
export function groupFindings(index: FindingIndex, by: FindingGroup, misses: Uint16Array): readonly number[] {
  const groupAt = by === "control" ? index.controlAt : index.resourceAt;
  const groups = new Map<number, Group>();
  for (const row of orderFindings(index, by, false)) {
    if (misses[row] !== 0) continue;
    const at = groupAt[row] ?? 0;
    let group = groups.get(at);
    if (group === undefined) groups.set(at, (group = { rows: [], worst: SEVERITIES.length }));
    group.rows.push(row);
    group.worst = Math.min(group.worst, index.severities[row] ?? SEVERITIES.length);
  }
  // Stable: groups that are alike stay in the order of their names, in which they were met.
  return [...groups.values()].sort((a, b) => a.worst - b.worst || b.rows.length - a.rows.length).flatMap(({ rows }) => rows);
}
