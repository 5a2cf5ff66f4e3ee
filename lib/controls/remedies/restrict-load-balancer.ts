import type { CloudProvider } from "../../inventory/cloud/cloud-provider";
import type { KubeObject } from "../../inventory/kube-object";
import { RANGE_ANNOTATIONS, readLoadBalancer } from "../../inventory/routes/load-balancer";
import type { Patch } from "../../model/patch";
import { remove, set } from "./ops";

/** Stands for the networks of the clients: an address range that is kept for documentation. */
const EXAMPLE_RANGE = "203.0.113.0/24";

/** Lets only named networks connect; the range is an example to replace. Null where its cloud heeds no ranges. */
export function restrictLoadBalancer(service: KubeObject, provider: CloudProvider | null): Patch | null {
  if (!readLoadBalancer(service, provider)?.heedsRanges) return null;
  const annotations = RANGE_ANNOTATIONS.filter((name) => service.annotations[name] !== undefined);
  return {
    ops: [set("spec.loadBalancerSourceRanges", [EXAMPLE_RANGE]), ...annotations.map((name) => remove(`metadata.annotations["${name}"]`))],
    risk: "may-break",
    note: `Replace ${EXAMPLE_RANGE} by the networks that your clients connect from. An internal load balancer is the other way: set your provider's annotation for it.`,
  };
}
