import { defineView } from "../view";
import type { Workload } from "./workload";

/** Roots by namespace, finished Jobs too: their labels are still what Services and policies were written for. */
export const everyWorkloadView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): ReadonlyMap<string, readonly Workload[]> => Map.groupBy(slices.workloads, (workload) => workload.ref.namespace ?? ""),
});

/** Roots by namespace; finished Jobs are left out, they will not run again. */
export const namespaceWorkloadsView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): ReadonlyMap<string, readonly Workload[]> =>
    Map.groupBy(
      slices.workloads.filter((workload) => !workload.isFinished),
      (workload) => workload.ref.namespace ?? "",
    ),
});
