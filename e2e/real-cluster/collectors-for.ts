import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import type { Collector } from "@/lib/collectors/define-collector";
import type { AnyControl } from "@/lib/controls/define";
import { subjectSlices } from "@/lib/engine/subjects";
import { SLICE_KINDS, type SliceName } from "@/lib/inventory/slices";

/** Those with pods are read whole: a pod belongs to a root by its controllers. */
const OF_WORKLOADS = ["workloads", "pods", "replica-sets"];
const BESIDE_WORKLOADS: readonly SliceName[] = ["nodes", "serviceAccounts"];

/** The part of what a scan reads that these controls look at: hundreds of readings of a few objects each need not list every kind. */
export function collectorsFor(controls: readonly AnyControl[]): readonly Collector[] {
  const asked = new Set(controls.flatMap(({ reads, extraReads = [], subject }) => [...reads, ...extraReads, ...subjectSlices(subject)]));
  const hasWorkloads = asked.has("workloads");
  if (hasWorkloads) for (const slice of BESIDE_WORKLOADS) asked.add(slice);
  const wanted = new Set<string>([...asked].flatMap((slice) => (slice === "workloads" ? [] : [...SLICE_KINDS[slice]])));
  return ALL_COLLECTORS.flatMap((collector) => {
    if (OF_WORKLOADS.includes(collector.id)) return hasWorkloads ? [collector] : [];
    const kinds = collector.kinds.filter(({ kind, sliceKind = kind }) => wanted.has(sliceKind));
    return kinds.length === 0 ? [] : [{ ...collector, kinds }];
  });
}
