import type { GapDto } from "@/lib/contracts/overview";
import type { AnyControl } from "@/lib/controls/define";
import { subjectSlices } from "@/lib/engine/subjects";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";
import type { KindCoverage } from "@/lib/model/coverage";
import { LAYERS } from "@/lib/model/layer";
import { WEIGHTS } from "@/lib/scoring/weights";

const WORKLOAD_KINDS = ["Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job", "CronJob"];

function kindsOf(slice: SliceName): readonly string[] {
  return slice === "workloads" ? WORKLOAD_KINDS : SLICE_KINDS[slice];
}

/** The controls that cannot judge without a kind. */
export function controlsNeeding(kind: string, controls: readonly AnyControl[]): readonly AnyControl[] {
  return controls.filter((control) => [...control.reads, ...subjectSlices(control.subject)].some((slice) => kindsOf(slice).includes(kind)));
}

export function isGap(coverage: KindCoverage): boolean {
  return coverage.status === "forbidden" || coverage.status === "timeout" || coverage.status === "failed";
}

/** Gaps with one reason and one action each: kinds that failed alike are told together. What leaves out the most comes first. */
export function toGaps(coverage: readonly KindCoverage[], controls: readonly AnyControl[]): readonly GapDto[] {
  const groups = Map.groupBy(coverage.filter(isGap), (entry) => `${entry.status} ${entry.group} ${entry.action ?? entry.reason ?? ""}`);
  const scored = controls.filter((control) => !control.isRollUp);
  const weight = (list: readonly AnyControl[]): number => list.reduce((sum, control) => sum + WEIGHTS[control.maxSeverity ?? control.severity], 0);
  const gaps = [...groups.values()].map((entries): GapDto => {
    const left = new Set(entries.flatMap((entry) => controlsNeeding(entry.kind, scored)));
    const shares = LAYERS.map((layer) => {
      const all = weight(scored.filter((control) => control.layer === layer));
      return { layer, share: all === 0 ? 0 : weight([...left].filter((control) => control.layer === layer)) / all };
    });
    const first = entries[0];
    return {
      status: first?.status ?? "failed",
      kinds: entries.map((entry) => entry.kind),
      reason: first?.reason ?? "It could not be read.",
      action: first?.action ?? null,
      controls: left.size,
      shares: shares.filter(({ share }) => share > 0),
    };
  });
  return gaps.sort((a, b) => b.controls - a.controls);
}
