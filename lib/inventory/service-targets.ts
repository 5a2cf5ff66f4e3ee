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

function labelKey(namespace: string | null, key: string, value: string): string {
  return `${namespace ?? ""}/${key}=${value}`;
}

/** By selector: a Service without one selects nothing, and an ExternalName is only a name. */
export const serviceTargetsView = defineView({
  reads: ["services", "workloads"],
  compute: ({ slices }): ServiceTargets => {
    const byLabel = new Map<string, Workload[]>();
    for (const workload of slices.workloads) {
      for (const [key, value] of Object.entries(workload.podLabels)) {
        const label = labelKey(workload.ref.namespace, key, value);
        const known = byLabel.get(label);
        if (known) known.push(workload);
        else byLabel.set(label, [workload]);
      }
    }
    const workloadsOf = new Map<string, Workload[]>();
    const servicesOf = new Map<string, KubeObject[]>();
    for (const service of slices.services) {
      const spec = record(service.body.spec);
      const selector = Object.entries(textMap(spec.selector));
      if (selector.length === 0 || spec.type === "ExternalName") continue;
      const candidates = selector.map(([key, value]) => byLabel.get(labelKey(service.ref.namespace, key, value)) ?? []);
      const fewest = candidates.reduce((least, list) => (list.length < least.length ? list : least));
      for (const workload of fewest) {
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
