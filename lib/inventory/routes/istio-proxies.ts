import { record, textMap } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

/** Workloads by each label of their pods. */
function indexByLabel(workloads: readonly Workload[]): (selector: Readonly<Record<string, string>>) => readonly Workload[] {
  const pairs = workloads.flatMap((workload) =>
    workload.isFinished ? [] : workload.podLabelSets.flatMap((labels) => Object.entries(labels).map(([key, value]) => ({ pair: `${key}=${value}`, workload }))),
  );
  const byPair = Map.groupBy(pairs, ({ pair }) => pair);
  return (selector) => {
    const [first, ...others] = Object.entries(selector);
    if (!first) return [];
    const found = new Set((byPair.get(`${first[0]}=${first[1]}`) ?? []).map(({ workload }) => workload));
    return [...found].filter(({ podLabelSets }) => podLabelSets.some((labels) => [first, ...others].every(([key, value]) => labels[key] === value)));
  };
}

/** Labels of the pods that serve a Gateway of Istio. */
export const proxySelector = ({ body }: KubeObject): Readonly<Record<string, string>> => textMap(record(body.spec).selector);

/** The workloads whose pods have all of some labels, in any namespace. */
export const workloadsByLabelsView = defineView({
  reads: ["workloads"],
  compute: ({ slices }) => indexByLabel(slices.workloads),
});

/** The workloads whose pods serve a Gateway of Istio, in any namespace. */
export const istioProxiesView = defineView({
  reads: ["workloads"],
  compute: ({ view }): ((gateway: KubeObject) => readonly Workload[]) => {
    const find = view(workloadsByLabelsView);
    return rememberedOf((gateway) => find(proxySelector(gateway)));
  },
});
