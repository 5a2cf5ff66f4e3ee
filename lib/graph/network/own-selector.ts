import type { Workload } from "../../inventory/workload";
import { isRecord, type JsonRecord, record, records, textMap } from "../../model/json";

/** Labels that controllers give to one generation of pods: the next one has others. */
const PASSING =
  /^(?:pod-template-hash|controller-revision-hash|pod-template-generation|(?:batch\.kubernetes\.io\/)?(?:controller-uid|job-name)|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index)$/;

function lasting(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !PASSING.test(key)));
}

/** What a selector asks of labels that last; one pod of many may still have the others. */
export function askedOfLasting(selector: unknown): JsonRecord {
  const { matchLabels, matchExpressions } = record(selector);
  return { matchLabels: lasting(textMap(matchLabels)), matchExpressions: records(matchExpressions).filter(({ key }) => !PASSING.test(String(key))) };
}

/**
 * How a policy selects the pods of a workload: by the selector of its controller, which never changes, else by the labels of
 * its pods. Null when they have none that last.
 */
export function ownSelectorOf(workload: Workload): JsonRecord | null {
  const { selector } = record(workload.object().spec);
  const hasSelector = isRecord(selector) && (isRecord(selector.matchLabels) || records(selector.matchExpressions).length > 0);
  if (hasSelector && workload.ref.kind !== "Job") return selector;
  const plain = workload.ref.kind === "ReplicationController" && isRecord(selector) ? textMap(selector) : {};
  const labels = lasting(Object.keys(plain).length > 0 ? plain : workload.podLabels);
  return Object.keys(labels).length > 0 ? { matchLabels: labels } : null;
}
