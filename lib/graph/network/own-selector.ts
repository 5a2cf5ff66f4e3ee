import { isAddedLabel } from "../../inventory/labels/added-labels";
import type { CiliumLabels } from "../../inventory/labels/cilium-labels";
import { commonLabels } from "../../inventory/labels/common-labels";
import type { Workload } from "../../inventory/workloads/workload";
import { isRecord, type JsonRecord, record, records, textMap } from "../../model/json";
import { withSeenKeys } from "./label-sight";

function lasting(labels: Readonly<Record<string, string>>, unshared: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !isAddedLabel(key) && !unshared.includes(key)));
}

/**
 * How a policy selects the pods of a workload: by the selector of its controller, which never changes, else by the labels of
 * its pods, those that all of them have. Null when none lasts, or none counts.
 */
export function ownSelectorOf(workload: Workload, sight: CiliumLabels | null): JsonRecord | null {
  const { selector } = record(workload.object().spec);
  const hasSelector = isRecord(selector) && (isRecord(selector.matchLabels) || records(selector.matchExpressions).length > 0);
  if (hasSelector && workload.ref.kind !== "Job") return withSeenKeys(selector, sight);
  const plain = workload.ref.kind === "ReplicationController" && isRecord(selector) ? textMap(selector) : {};
  const labels = lasting(Object.keys(plain).length > 0 ? plain : commonLabels(workload.podLabelSets), workload.unsharedLabels);
  return withSeenKeys({ matchLabels: labels }, sight);
}
