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

/** By selector: a Service without one selects nothing, and an ExternalName is only a name. */
export const serviceTargetsView = defineView({
  reads: ["services", "workloads"],
  compute: (context): ServiceTargets => {
    const findLabelled = context.view(labelledWorkloadsView);
    const workloadsOf = new Map<string, Workload[]>();
    const servicesOf = new Map<string, KubeObject[]>();
    for (const service of context.slices.services) {
      const matchLabels = labelsAskedBy(service);
      if (matchLabels === null) continue;
      const selected = findLabelled(service.ref.namespace ?? "", { matchLabels }).filter((workload) => maySelect({ matchLabels }, workload));
      if (selected.length === 0) continue;
      workloadsOf.set(resourceKey(service.ref), selected);
      for (const { ref } of selected) {
        addToList(servicesOf, resourceKey(ref), service);
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
