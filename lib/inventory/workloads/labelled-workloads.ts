import { isAddedLabel } from "../labels/added-labels";
import { createLabelIndex } from "../labels/label-index";
import { everyWorkloadView } from "./namespace-workloads";
import { defineView } from "../view";
import type { Workload } from "./workload";

function createFind(workloads: readonly Workload[]): (selector: unknown) => readonly Workload[] {
  const unshared = new Set(workloads.flatMap(({ unsharedLabels }) => unsharedLabels));
  return createLabelIndex(workloads, { labelSetsOf: ({ podLabelSets }) => podLabelSets, isHidden: (key) => isAddedLabel(key) || unshared.has(key) });
}

/**
 * The workloads of a namespace, null = of the cluster, among which a metav1.LabelSelector can find any: those with the rarest label that it asks for,
 * of those that templates show. Of each the rest of the selector is still to be asked (`maySelect`).
 */
export const labelledWorkloadsView = defineView({
  reads: ["workloads"],
  compute: ({ slices, view }): ((namespace: string | null, selector: unknown) => readonly Workload[]) => {
    const find = createFind(slices.workloads);
    const inNamespace = new Map([...view(everyWorkloadView)].map(([namespace, workloads]) => [namespace, createFind(workloads)]));
    return (namespace, selector) => (namespace === null ? find : inNamespace.get(namespace))?.(selector) ?? [];
  },
});
