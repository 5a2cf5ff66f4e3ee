import { record, textMap } from "../model/json";
import { resourceKey } from "../model/resource-ref";
import type { KubeObject } from "./kube-object";
import { defineView } from "./view";
import type { Workload } from "./workload";

/** Which workloads a Service sends traffic to, and the other way round. Keys are resource keys. */
export interface ServiceTargets {
  readonly workloadsOf: ReadonlyMap<string, readonly Workload[]>;
  readonly servicesOf: ReadonlyMap<string, readonly KubeObject[]>;
}

function selects(selector: readonly (readonly [string, string])[], labels: Readonly<Record<string, string>>): boolean {
  return selector.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

/** By selector: a Service without one selects nothing, and an ExternalName is only a name. */
export const serviceTargetsView = defineView({
  reads: ["services", "workloads"],
  compute: ({ slices }): ServiceTargets => {
    const workloadsIn = Map.groupBy(slices.workloads, (workload) => workload.ref.namespace ?? "");
    const workloadsOf = new Map<string, Workload[]>();
    const servicesOf = new Map<string, KubeObject[]>();
    for (const service of slices.services) {
      const spec = record(service.body.spec);
      const selector = Object.entries(textMap(spec.selector));
      if (selector.length === 0 || spec.type === "ExternalName") continue;
      for (const workload of workloadsIn.get(service.ref.namespace ?? "") ?? []) {
        if (!selects(selector, workload.podLabels)) continue;
        const serviceKey = resourceKey(service.ref);
        const workloadKey = resourceKey(workload.ref);
        workloadsOf.set(serviceKey, [...(workloadsOf.get(serviceKey) ?? []), workload]);
        servicesOf.set(workloadKey, [...(servicesOf.get(workloadKey) ?? []), service]);
      }
    }
    return { workloadsOf, servicesOf };
  },
});
