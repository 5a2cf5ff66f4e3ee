import { textMap } from "../../model/json";
import { isAddedLabel } from "./added-labels";
import { commonLabels } from "./common-labels";
import type { LivePod } from "../workloads/live-pod";
import type { RootRecord } from "../workloads/root-record";

type Labels = Readonly<Record<string, string>>;

/** Labels of a live pod that outlast it: equal text = equal to every selector that people write. */
export function lastingText(labels: Labels): string {
  const lasting = Object.entries(labels).filter(([key]) => !isAddedLabel(key));
  return JSON.stringify(lasting.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Whether pods of this root may differ in labels by what they are for: one template of a built-in kind gives all of them the same. */
export function hasSeveralKindsOfPods({ kind, templates }: Pick<RootRecord, "kind" | "templates">): boolean {
  return kind === "Custom" || kind === "StaticPod" || templates.length > 1;
}

export function labelsOfPod(pod: Pick<LivePod, "labels">): Labels {
  return textMap(JSON.parse(pod.labels));
}

/** Every set of labels among the pods of a root, the first template's first. */
export function listPodLabelSets(root: Pick<RootRecord, "kind" | "templates" | "otherPodLabels">, pods: readonly LivePod[]): readonly Labels[] {
  const told = [...root.templates.map(({ labels }) => labels), ...root.otherPodLabels];
  if (!hasSeveralKindsOfPods(root)) return told;
  const texts = [...new Set(pods.map(({ labels }) => labels))];
  const sets = new Map<string, Labels>();
  for (const labels of [...told, ...texts.map((labels) => labelsOfPod({ labels }))]) {
    const key = lastingText(labels);
    if (!sets.has(key)) sets.set(key, labels);
  }
  return [...sets.values()];
}

/** Keys of labels by which not all pods of an owner can be found, now or once they are made anew: some lack them, or have another value, or they say the name of the one that stands for all. */
export function listUnsharedLabels(pod: Pick<LivePod, "labels" | "ref">, pods: readonly Pick<LivePod, "labels">[]): readonly string[] {
  const texts = new Set([pod.labels, ...pods.map(({ labels }) => labels)]);
  const sets = [...texts].map((labels) => labelsOfPod({ labels }));
  const shared = commonLabels(sets);
  const keys = new Set(sets.flatMap((labels) => Object.keys(labels)));
  return [...keys].filter((key) => !isAddedLabel(key) && (!Object.hasOwn(shared, key) || shared[key] === pod.ref.name)).sort();
}

/** More differ in what tells one from all others, which a next one of them will not have. */
const MOST_SETS = 10;

/**
 * The sets of labels of pods of an owner that differ from those of the one that stands for all: without what controllers add, and where a pod says its name.
 * Of more than can be told apart, what all have.
 */
export function listOtherPodLabels(pod: Pick<LivePod, "labels" | "ref">, pods: readonly Pick<LivePod, "labels" | "ref">[]): readonly Labels[] {
  const toText = (one: Pick<LivePod, "labels" | "ref">): string =>
    lastingText(Object.fromEntries(Object.entries(labelsOfPod(one)).filter(([, value]) => value !== one.ref.name)));
  const own = toText(pod);
  const texts = new Set(pods.map(toText));
  texts.delete(own);
  const toLabels = (text: string): Labels => Object.fromEntries(JSON.parse(text) as [string, string][]); // safe: `lastingText` wrote it
  const others = [...texts].sort().map(toLabels);
  return others.length > MOST_SETS ? [commonLabels([toLabels(own), ...others])] : others;
}
