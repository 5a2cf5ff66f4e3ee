import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };
const TARGET_GROUPS = [["targetgroupbindings", "TargetGroupBinding"]] as const;

/** How traffic comes in, and what may talk to what. */
export const networkCollector = defineCollector({
  id: "network",
  kinds: [
    ...kindsOf("", ["v1"], [["services", "Service"]]),
    ...kindsOf("discovery.k8s.io", ["v1", "v1beta1"], [["endpointslices", "EndpointSlice"]]),
    ...kindsOf(
      "networking.k8s.io",
      ["v1", "v1beta1"],
      [
        ["ingresses", "Ingress"],
        ["ingressclasses", "IngressClass"],
      ],
    ),
    ...kindsOf("networking.k8s.io", ["v1"], [["networkpolicies", "NetworkPolicy"]]),
    ...kindsOf("elbv2.k8s.aws", ["v1beta1"], TARGET_GROUPS, optional),
    ...kindsOf("eks.amazonaws.com", ["v1"], TARGET_GROUPS, optional),
  ],
});
