import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };
const ISTIO = "networking.istio.io";
const OF_TRAEFIK = [
  ["ingressroutes", "IngressRoute"],
  ["ingressroutetcps", "IngressRouteTCP"],
  ["ingressrouteudps", "IngressRouteUDP"],
  ["traefikservices", "TraefikService"],
] as const;

/** What leads to Services as an Ingress does, in kinds of one router alone. */
export const customRoutesCollector = defineCollector({
  id: "custom-routes",
  kinds: [
    ...kindsOf("traefik.io", ["v1alpha1"], OF_TRAEFIK, optional),
    ...kindsOf("traefik.containo.us", ["v1alpha1"], OF_TRAEFIK, optional),
    ...kindsOf(ISTIO, ["v1", "v1beta1", "v1alpha3"], [["virtualservices", "VirtualService"]], optional),
    { group: ISTIO, versions: ["v1", "v1beta1", "v1alpha3"], resource: "gateways", kind: "Gateway", sliceKind: "IstioGateway", optional: true },
  ],
});
