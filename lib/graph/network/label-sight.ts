import { ciliumConfigView } from "../../inventory/nodes/cilium-config";
import { type CiliumLabels, toCiliumLabels } from "../../inventory/labels/cilium-labels";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { networkPluginsView } from "../../inventory/nodes/network-plugin";
import { defineView } from "../../inventory/view";
import { type JsonRecord, record, records } from "../../model/json";
import { remembered } from "../../model/remembered";
import type { Endpoint } from "./endpoint";
import { isAll, type Matched } from "./matched";

/** More keys than this are not kept. */
const MOST_KEPT = 20_000;

/**
 * The labels by which policies of every kind choose pods, where Cilium alone enforces them: what it leaves out of the identity of a pod chooses
 * nobody. Null = all labels count.
 */
export const labelSightView = defineView({
  reads: ["workloads", "configMaps"],
  compute: ({ view }): CiliumLabels | null => {
    const plugins = view(networkPluginsView).filter(({ enforces }) => enforces !== false);
    if (plugins.length === 0 || plugins.some(({ name }) => name !== "Cilium")) return null;
    const config = view(ciliumConfigView);
    return remembered(toCiliumLabels(config ? config.labels : ""), { limit: MOST_KEPT });
  },
});

/** The labels of a pod that count, and those among them that may not. */
export function seeLabels(labels: Endpoint["labels"], sight: CiliumLabels | null | undefined): Pick<Endpoint, "labels" | "mayLack"> {
  if (!sight) return { labels };
  const seen = Object.entries(labels).filter(([key]) => sight(key) !== "dropped");
  const mayLack = seen.flatMap(([key]) => (sight(key) === "unclear" ? key : []));
  return { labels: Object.fromEntries(seen), ...(mayLack.length > 0 && { mayLack }) };
}

/** The same selector without what it asks of labels that may not count: it takes at least as many pods. Null = it asks for no other. */
export function withSeenKeys({ matchLabels, matchExpressions }: JsonRecord, sight: CiliumLabels | null): JsonRecord | null {
  const isSeen = (key: unknown): boolean => sight === null || sight(String(key)) === "kept";
  const labels = Object.entries(record(matchLabels)).filter(([key]) => isSeen(key));
  const expressions = records(matchExpressions).filter(({ key }) => isSeen(key));
  if (labels.length + expressions.length === 0) return null;
  return { ...(labels.length > 0 && { matchLabels: Object.fromEntries(labels) }), ...(expressions.length > 0 && { matchExpressions: expressions }) };
}

/** Labels that a pod must have for a selector to take it. */
function listNeeded(selector: unknown): readonly string[] {
  const { matchLabels, matchExpressions } = record(selector);
  const expressions = records(matchExpressions).filter(({ operator }) => operator === "In" || operator === "Exists");
  return [...Object.keys(record(matchLabels)), ...expressions.map(({ key }) => String(key))];
}

/** The label for whose sake a selector takes no pod, or may take none, since Cilium leaves it out. */
export function findLeftOut(selector: unknown, sight: CiliumLabels | null, state: "dropped" | "unclear"): string | undefined {
  return sight === null ? undefined : listNeeded(selector).find((key) => sight(key) === state);
}

/** Whether a selector takes a pod; null = that hangs on a label that may not count. */
export function selects(selector: unknown, { labels, mayLack }: Pick<Endpoint, "labels" | "mayLack">): Matched {
  if (!mayLack) return matchesSelector(selector, labels);
  const sure = Object.fromEntries(Object.entries(labels).filter(([key]) => !mayLack.includes(key)));
  const { matchLabels, matchExpressions } = record(selector);
  const conditions = [
    ...Object.entries(record(matchLabels)).map(([key, value]) => ({ matchLabels: { [key]: value } })),
    ...records(matchExpressions).map((expression) => ({ matchExpressions: [expression] })),
  ];
  return isAll(
    conditions.map((condition): Matched => {
      const found = matchesSelector(condition, labels);
      return found === matchesSelector(condition, sure) ? found : null;
    }),
  );
}
