import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const GROUP = "gateway.networking.k8s.io";
const optional = { optional: true };
const POOLS = [["inferencepools", "InferencePool"]] as const;

/** The Gateway API, where it is installed, with the pools of model servers that its routes lead to. */
export const gatewaysCollector = defineCollector({
  id: "gateways",
  kinds: [
    ...kindsOf(
      GROUP,
      ["v1", "v1beta1"],
      [
        ["gateways", "Gateway"],
        ["gatewayclasses", "GatewayClass"],
        ["httproutes", "HTTPRoute"],
      ],
      optional,
    ),
    ...kindsOf(GROUP, ["v1", "v1alpha2"], [["grpcroutes", "GRPCRoute"]], optional),
    ...kindsOf(
      GROUP,
      ["v1", "v1alpha3", "v1alpha2"],
      [
        ["tlsroutes", "TLSRoute"],
        ["tcproutes", "TCPRoute"],
        ["udproutes", "UDPRoute"],
      ],
      optional,
    ),
    ...kindsOf(GROUP, ["v1", "v1beta1", "v1alpha2"], [["referencegrants", "ReferenceGrant"]], optional),
    ...kindsOf(GROUP, ["v1"], [["listenersets", "ListenerSet"]], optional),
    { group: "gateway.networking.x-k8s.io", versions: ["v1alpha1"], resource: "xlistenersets", kind: "XListenerSet", sliceKind: "ListenerSet", optional: true },
    ...kindsOf("inference.networking.k8s.io", ["v1"], POOLS, optional),
    ...kindsOf("inference.networking.x-k8s.io", ["v1alpha2"], POOLS, optional),
  ],
});
