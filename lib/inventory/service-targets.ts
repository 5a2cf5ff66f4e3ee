import { record, textMap } from "../model/json";
import { resourceKey } from "../model/resource-ref";
import { isAddedLabel, maySelect, maySelectLabels } from "./added-labels";
import type { KubeObject } from "./kube-object";
import { everyWorkloadView } from "./namespace-workloads";
import { defineView } from "./view";
import type { PodView, Workload } from "./workload";

/** Which workloads a Service sends traffic to, and the other way round. Keys are resource keys. */
export interface ServiceTargets {
  readonly workloadsOf: ReadonlyMap<string, readonly Workload[]>;
  readonly servicesOf: ReadonlyMap<string, readonly KubeObject[]>;
  /** Of the workloads behind a Service, the templates, and distinct live pods of custom owners, that it selects. */
  readonly podsOf: (service: KubeObject) => readonly PodView[];
}

interface Selecting {
  readonly service: KubeObject;
  readonly matchLabels: Readonly<Record<string, string>>;
  /** What templates show of the labels; the others are left to controllers. */
  readonly shown: readonly (readonly [string, string])[];
}

/** The Services that select by label. */
function listSelecting(services: readonly KubeObject[]): readonly Selecting[] {
  return services.flatMap((service) => {
    const spec = record(service.body.spec);
    const matchLabels = textMap(spec.selector);
    const keys = Object.keys(matchLabels);
    if (keys.length === 0 || spec.type === "ExternalName") return [];
    return [{ service, matchLabels, shown: Object.entries(matchLabels).filter(([key]) => !isAddedLabel(key)) }];
  });
}

function valuesOf({ podLabelSets }: Workload, key: string): ReadonlySet<string> {
  return new Set(podLabelSets.flatMap((labels) => (Object.hasOwn(labels, key) ? (labels[key] ?? []) : [])));
}

/** Workloads of each namespace by the labels that some Service there asks for: few of those that pods carry. */
function indexByLabel(workloads: readonly Workload[], selecting: readonly Selecting[]) {
  const asked = new Map<string, Map<string, Map<string, Workload[]>>>();
  for (const { service, shown } of selecting) {
    const namespace = service.ref.namespace ?? "";
    let keys = asked.get(namespace);
    if (!keys) asked.set(namespace, (keys = new Map()));
    for (const [key] of shown) if (!keys.has(key)) keys.set(key, new Map());
  }
  for (const workload of workloads) {
    for (const [key, byValue] of asked.get(workload.ref.namespace ?? "") ?? []) {
      for (const value of valuesOf(workload, key)) {
        const known = byValue.get(value);
        if (known) known.push(workload);
        else byValue.set(value, [workload]);
      }
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
  compute: (context): ServiceTargets => {
    const { slices } = context;
    const selecting = listSelecting(slices.services);
    const findByLabel = indexByLabel(slices.workloads, selecting);
    const inNamespace = context.view(everyWorkloadView);
    const workloadsOf = new Map<string, Workload[]>();
    const servicesOf = new Map<string, KubeObject[]>();
    for (const { service, matchLabels, shown } of selecting) {
      const candidates = shown.map(([key, value]) => findByLabel(service.ref.namespace, key, value));
      const all = inNamespace.get(service.ref.namespace ?? "") ?? [];
      const fewest = candidates.reduce((least, list) => (list.length < least.length ? list : least), all);
      const selected = fewest.filter((workload) => maySelect({ matchLabels }, workload));
      if (selected.length === 0) continue;
      workloadsOf.set(resourceKey(service.ref), selected);
      for (const { ref } of selected) {
        const key = resourceKey(ref);
        const known = servicesOf.get(key);
        if (known) known.push(service);
        else servicesOf.set(key, [service]);
      }
    }
    const podsOf = ({ ref, body }: KubeObject): readonly PodView[] => {
      const matchLabels = record(body.spec).selector;
      const isShown = (workload: Workload, pod: PodView) => pod.source === "template" || workload.isSynthetic;
      return (workloadsOf.get(resourceKey(ref)) ?? []).flatMap((workload) =>
        workload.views().filter((pod) => isShown(workload, pod) && maySelectLabels({ matchLabels }, workload, pod.labels)),
      );
    };
    return { workloadsOf, servicesOf, podsOf };
  },
});
