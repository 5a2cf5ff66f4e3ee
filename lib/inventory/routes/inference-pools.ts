import { amount, isRecord, record, records } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** Model servers that a route leads to without a Service. */
export const POOL = "InferencePool";

/** Among `namespace/name` of Services. */
export function poolKey(namespace: string | null, name: string): string {
  return `${POOL}/${namespace}/${name}`;
}

/** The pool as a Service would say it: by its first version, labels stand in the selector themselves, and there is one port. */
function toService(pool: KubeObject): KubeObject {
  const { selector, targetPorts, targetPortNumber } = record(pool.body.spec);
  const { matchLabels } = record(selector);
  const numbers = [...records(targetPorts).map(({ number }) => number), targetPortNumber].flatMap((port) => amount(port) ?? []);
  const ports = numbers.map((port) => ({ port, targetPort: port }));
  return { ...pool, body: { ...pool.body, spec: { selector: isRecord(matchLabels) ? matchLabels : selector, ports } } };
}

/** Pools of model servers that routes lead to without a Service, in the shape of one, by namespace. */
export const inferencePoolsView = defineView({
  reads: ["gateways"],
  compute: ({ slices }): ReadonlyMap<string, readonly KubeObject[]> =>
    Map.groupBy(slices.gateways.filter(({ ref }) => ref.kind === POOL).map(toService), ({ ref }) => ref.namespace ?? ""),
});
