import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

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
  ],
});
