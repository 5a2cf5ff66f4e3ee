import type { KubeObject } from "../../inventory/kube-object";
import type { Patch } from "../../model/patch";
import { remove, set } from "./ops";

/** Stands for the networks of the clients: an address range that is kept for documentation. */
export const EXAMPLE_RANGE = "203.0.113.0/24";

const RANGE_ANNOTATIONS = ["service.beta.kubernetes.io/load-balancer-source-ranges", "service.beta.kubernetes.io/azure-allowed-ip-ranges"];

/** Lets only named networks connect; the range is an example to replace. */
export function restrictLoadBalancer(service: KubeObject): Patch {
  const annotations = RANGE_ANNOTATIONS.filter((name) => service.annotations[name] !== undefined);
  return {
    ops: [set("spec.loadBalancerSourceRanges", [EXAMPLE_RANGE]), ...annotations.map((name) => remove(`metadata.annotations["${name}"]`))],
    risk: "may-break",
    note: `Replace ${EXAMPLE_RANGE} by the networks that your clients connect from. An internal load balancer is the other way: set your provider's annotation for it.`,
  };
}
