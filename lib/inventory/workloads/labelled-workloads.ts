import { isAddedLabel } from "../labels/added-labels";
import { createLabelIndex } from "../labels/label-index";
import { everyWorkloadView } from "./namespace-workloads";
import { defineView } from "../view";
import type { Workload } from "./workload";

const labelSetsOf = (workload: Workload) => workload.podLabelSets;

/**
 * The workloads of a namespace, null = of the cluster, among which a metav1.LabelSelector can find any: those with the rarest label that it asks for,
 * of those that templates show. Of each the rest of the selector is still to be asked (`maySelect`).
 */
export const labelledWorkloadsView = defineView({
  reads: ["workloads"],
  compute: ({ slices, view }): ((namespace: string | null, selector: unknown) => readonly Workload[]) => {
    const unshared = new Set(slices.workloads.flatMap(({ unsharedLabels }) => unsharedLabels));
    const options = { labelSetsOf, isHidden: (key: string) => isAddedLabel(key) || unshared.has(key) };
    const find = createLabelIndex(slices.workloads, options);
    const inNamespace = new Map([...view(everyWorkloadView)].map(([namespace, workloads]) => [namespace, createLabelIndex(workloads, options)]));
    return (namespace, selector) => (namespace === null ? find : inNamespace.get(namespace))?.(selector) ?? [];
  },
});
