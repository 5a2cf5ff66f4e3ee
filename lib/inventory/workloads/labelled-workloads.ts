import { record } from "../../model/json";
import { isAddedLabel } from "../labels/added-labels";
import { everyWorkloadView } from "./namespace-workloads";
import { defineView } from "../view";
import type { Workload } from "./workload";

type ByValue = ReadonlyMap<unknown, readonly Workload[]>;

function groupByLabel(workloads: readonly Workload[], key: string): ByValue {
  const byValue = new Map<string | undefined, Workload[]>();
  for (const workload of workloads) {
    for (const labels of workload.podLabelSets) {
      if (!Object.hasOwn(labels, key)) continue;
      const known = byValue.get(labels[key]);
      if (!known) byValue.set(labels[key], [workload]);
      else if (known.at(-1) !== workload) known.push(workload);
    }
  }
  return byValue;
}

/**
 * The workloads of a namespace among which a metav1.LabelSelector can find any: those with the rarest label that it asks for, of those that templates
 * show. Of each the rest of the selector is still to be asked (`maySelect`).
 */
export const labelledWorkloadsView = defineView({
  reads: ["workloads"],
  compute: ({ view }): ((namespace: string, selector: unknown) => readonly Workload[]) => {
    const inNamespace = view(everyWorkloadView);
    const asked = new Map<readonly Workload[], Map<string, ByValue>>();
    const byLabel = (workloads: readonly Workload[], key: string): ByValue => {
      let keys = asked.get(workloads);
      if (!keys) asked.set(workloads, (keys = new Map()));
      let byValue = keys.get(key);
      if (!byValue) keys.set(key, (byValue = groupByLabel(workloads, key)));
      return byValue;
    };
    return (namespace, selector) => {
      const all = inNamespace.get(namespace) ?? [];
      let fewest = all;
      for (const [key, value] of Object.entries(record(record(selector).matchLabels))) {
        if (typeof value !== "string" || isAddedLabel(key)) continue;
        const found = byLabel(all, key).get(value) ?? [];
        if (found.length < fewest.length) fewest = found;
      }
      return fewest;
    };
  },
});
