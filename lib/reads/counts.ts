import type { SeverityCounts } from "@/lib/contracts/words";
import { LAYERS, type Layer } from "@/lib/model/layer";
import { countAll, SEVERITIES } from "@/lib/model/severity";
import { tableOf } from "@/lib/model/table-of";
import { SCOPES, type Scope } from "@/lib/model/verdict";
import type { ChangeCount } from "@/lib/store/findings/count-changes";
import type { SnapshotRecord } from "@/lib/store/snapshots";

/** From five numbers, worst severity first. */
export function toSeverityCounts(numbers: readonly number[]): SeverityCounts {
  return tableOf(SEVERITIES, (_, rank) => numbers[rank] ?? 0);
}

export function emptyCounts(): SeverityCounts {
  return toSeverityCounts([]);
}

/** Open findings of workload scope in one layer of a snapshot. */
export function openInLayer(snapshot: SnapshotRecord, layer: Layer): SeverityCounts {
  return toSeverityCounts(snapshot.counts.open.workload[layer]);
}

/** Open findings of workload scope in a snapshot. */
export function openInAll(snapshot: Pick<SnapshotRecord, "counts">): SeverityCounts {
  return toSeverityCounts(SEVERITIES.map((_, i) => LAYERS.reduce((sum, layer) => sum + (snapshot.counts.open.workload[layer]?.[i] ?? 0), 0)));
}

/** How many findings are open in a snapshot. Of workloads and of the platform together, it is what the list of findings shows unless it is told otherwise. */
export function countOpen({ counts }: Pick<SnapshotRecord, "counts">, scopes: readonly Scope[] = SCOPES): number {
  return scopes.reduce((sum, scope) => sum + LAYERS.reduce((n, layer) => n + countAll(toSeverityCounts(counts.open[scope][layer])), 0), 0);
}

/** How many findings of workload scope, which is what scores are about, opened or closed between two snapshots. */
export function countMoved(changes: readonly ChangeCount[], keep: (row: ChangeCount) => boolean): number {
  return changes.filter((row) => row.scope === "workload" && keep(row)).reduce((sum, row) => sum + row.count, 0);
}
