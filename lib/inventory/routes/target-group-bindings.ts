import { amount, record, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** A Service whose pods, or the nodes that lead to them, are registered with a load balancer of AWS that the cluster does not show. */
export interface TargetGroupBinding {
  readonly binding: KubeObject;
  /** `namespace/name` of the Service. */
  readonly key: string;
  /** Of the Service, by number or name; null = none is named. */
  readonly port: number | string | null;
  /** The name, or else the ARN, of the target group. */
  readonly group: string;
  /** Nodes are registered by the node port of the Service, which has to have one. */
  readonly isByNode: boolean;
}

/** On those that the controller makes for each Ingress, Service and Gateway, which tell more themselves. */
const MADE = /^(?:ingress|service|gateway)\.[^/]+\/stack/;

/** What people bound themselves. */
export const targetGroupBindingsView = defineView({
  reads: ["targetGroupBindings"],
  compute: ({ slices }): readonly TargetGroupBinding[] =>
    slices.targetGroupBindings.flatMap((binding) => {
      const { serviceRef, targetGroupARN, targetGroupName, targetType } = record(binding.body.spec);
      const { name, port } = record(serviceRef);
      if (!text(name) || Object.keys(binding.labels).some((label) => MADE.test(label))) return [];
      return [
        {
          binding,
          key: `${binding.ref.namespace}/${text(name)}`,
          port: amount(port) ?? text(port) ?? null,
          group: text(targetGroupName) ?? text(targetGroupARN) ?? "",
          isByNode: targetType === "instance",
        },
      ];
    }),
});
