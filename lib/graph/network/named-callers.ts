import { defineView } from "../../inventory/view";
import type { Workload } from "../../inventory/workloads/workload";
import { namedPeersView } from "./named-services";
import { workloadKeyOf } from "./reach-classes";

/** A workload whose own settings name a Service. */
export interface NamedCaller {
  readonly workload: Workload;
  readonly port: number | null;
  readonly path: string;
}

/** Who names a Service in its environment or arguments, by `namespace/name` of the Service. */
export const namedCallersView = defineView({
  reads: ["workloads", "services"],
  compute: (context): ReadonlyMap<string, readonly NamedCaller[]> => {
    const peers = context.view(namedPeersView);
    const callers = new Map<string, NamedCaller[]>();
    for (const workload of context.slices.workloads) {
      if (workload.isFinished) continue;
      for (const { service, port, path } of peers.get(workloadKeyOf(workload.ref)) ?? []) {
        if (!service) continue;
        const key = `${service.ref.namespace}/${service.ref.name}`;
        callers.set(key, [...(callers.get(key) ?? []), { workload, port, path }]);
      }
    }
    return callers;
  },
});
