import { addToList } from "../../model/add-to-list";
import { record, textMap } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { maySelect, maySelectLabels } from "../labels/added-labels";
import type { KubeObject } from "../kube-object";
import { labelledWorkloadsView } from "../workloads/labelled-workloads";
import { defineView } from "../view";
import type { PodView, Workload } from "../workloads/workload";

/** Which workloads a Service sends traffic to, and the other way round. Keys are resource keys. */
export interface ServiceTargets {
  readonly workloadsOf: ReadonlyMap<string, readonly Workload[]>;
  readonly servicesOf: ReadonlyMap<string, readonly KubeObject[]>;
  /** Of the workloads behind a Service, the templates, and distinct live pods of custom owners, that it selects. */
  readonly podsOf: (service: KubeObject) => readonly PodView[];
}

/** The labels by which a Service selects; null = by none. */
export function labelsAskedBy({ body }: KubeObject): Readonly<Record<string, string>> | null {
  const { selector, type } = record(body.spec);
  const matchLabels = textMap(selector);
  return type === "ExternalName" || Object.keys(matchLabels).length === 0 ? null : matchLabels;
}

/** The same for Services that select alike. */
function selectorKeyOf({ ref: { namespace }, body }: KubeObject): string {
  const { selector, type } = record(body.spec);
  return JSON.stringify([namespace, type === "ExternalName", selector]);
}

/** By selector: a Service without one selects nothing, and an ExternalName is only a name. */
export const serviceTargetsView = defineView({
  reads: ["services", "workloads"],
  compute: (context): ServiceTargets => {
    const findLabelled = context.view(labelledWorkloadsView);
    const workloadsOf = new Map<string, readonly Workload[]>();
    // Of thousands of Services with few selectors the very same lists, so that what is told of one holds for all.
    const bySelector = new Map<string, readonly Workload[]>();
    const podsBySelector = new Map<string, readonly PodView[]>();
    const servicesOf = new Map<string, KubeObject[]>();
    for (const service of context.slices.services) {
      const matchLabels = labelsAskedBy(service);
      if (matchLabels === null) continue;
      const key = selectorKeyOf(service);
      const selected =
        bySelector.get(key) ?? findLabelled(service.ref.namespace ?? "", { matchLabels }).filter((workload) => maySelect({ matchLabels }, workload));
      bySelector.set(key, selected);
      if (selected.length === 0) continue;
      workloadsOf.set(resourceKey(service.ref), selected);
      for (const { ref } of selected) {
        addToList(servicesOf, resourceKey(ref), service);
      }
    }
    const findPods = ({ ref, body }: KubeObject): readonly PodView[] => {
      const matchLabels = record(body.spec).selector;
      const isShown = (workload: Workload, pod: PodView) => pod.source === "template" || workload.isSynthetic;
      return (workloadsOf.get(resourceKey(ref)) ?? []).flatMap((workload) =>
        workload.views().filter((pod) => isShown(workload, pod) && maySelectLabels({ matchLabels }, workload, pod.labels)),
      );
    };
    const podsOf = (service: KubeObject): readonly PodView[] => {
      const key = selectorKeyOf(service);
      const pods = podsBySelector.get(key) ?? findPods(service);
      podsBySelector.set(key, pods);
      return pods;
    };
    return { workloadsOf, servicesOf, podsOf };
  },
});
