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

const POD_NAME = "statefulset.kubernetes.io/pod-name";
const JOB_NAMES: ReadonlySet<string> = new Set(["job-name", "batch.kubernetes.io/job-name"]);

/** The value of a label on a workload's pods: of its template, or one that its controller adds. Of a pod's name the workload's. */
function labelOf({ ref, podLabels }: Workload, key: string): string | undefined {
  if (key === POD_NAME && ref.kind === "StatefulSet") return ref.name;
  if (JOB_NAMES.has(key) && ref.kind === "Job") return ref.name;
  return Object.hasOwn(podLabels, key) ? podLabels[key] : undefined;
}

/** A Service for one pod of a StatefulSet, `db-0`, leads to the workload `db`. */
function toWanted([key, value]: readonly [string, string]): readonly [string, string] {
  return key === POD_NAME ? [key, /^(.+)-\d+$/.exec(value)?.[1] ?? ""] : [key, value];
}

interface Selecting {
  readonly service: KubeObject;
  readonly selector: readonly (readonly [string, string])[];
}

/** The Services that select by label. */
function listSelecting(services: readonly KubeObject[]): readonly Selecting[] {
  return services.flatMap((service) => {
    const spec = record(service.body.spec);
    const selector = Object.entries(textMap(spec.selector)).map(toWanted);
    return selector.length === 0 || spec.type === "ExternalName" ? [] : [{ service, selector }];
  });
}

/** Workloads of each namespace by the labels that some Service there asks for: few of those that pods carry. */
function indexByLabel(workloads: readonly Workload[], selecting: readonly Selecting[]) {
  const asked = new Map<string, Map<string, Map<string, Workload[]>>>();
  for (const { service, selector } of selecting) {
    const namespace = service.ref.namespace ?? "";
    let keys = asked.get(namespace);
    if (!keys) asked.set(namespace, (keys = new Map()));
    for (const [key] of selector) if (!keys.has(key)) keys.set(key, new Map());
  }
  for (const workload of workloads) {
    for (const [key, byValue] of asked.get(workload.ref.namespace ?? "") ?? []) {
      const value = labelOf(workload, key);
      if (value === undefined) continue;
      const known = byValue.get(value);
      if (known) known.push(workload);
      else byValue.set(value, [workload]);
    }
  }
  return (namespace: string | null, key: string, value: string): readonly Workload[] =>
    asked
      .get(namespace ?? "")
      ?.get(key)
      ?.get(value) ?? [];
}

/** By selector: a Service without one selects nothing, and an ExternalName is only a name. */
export const serviceTargetsView = defineView({
  reads: ["services", "workloads"],
  compute: ({ slices }): ServiceTargets => {
    const selecting = listSelecting(slices.services);
    const findByLabel = indexByLabel(slices.workloads, selecting);
    const workloadsOf = new Map<string, Workload[]>();
    const servicesOf = new Map<string, KubeObject[]>();
    for (const { service, selector } of selecting) {
      const candidates = selector.map(([key, value]) => findByLabel(service.ref.namespace, key, value));
      const fewest = candidates.reduce((least, list) => (list.length < least.length ? list : least));
      for (const workload of fewest) {
        if (!selector.every(([key, value]) => labelOf(workload, key) === value)) continue;
        const serviceKey = resourceKey(service.ref);
        const workloadKey = resourceKey(workload.ref);
        workloadsOf.set(serviceKey, [...(workloadsOf.get(serviceKey) ?? []), workload]);
        servicesOf.set(workloadKey, [...(servicesOf.get(workloadKey) ?? []), service]);
      }
    }
    return { workloadsOf, servicesOf };
  },
});
