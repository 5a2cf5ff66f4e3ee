import "server-only";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };
const ISTIO = "networking.istio.io";
const OF_TRAEFIK = [
  ["ingressroutes", "IngressRoute"],
  ["ingressroutetcps", "IngressRouteTCP"],
  ["ingressrouteudps", "IngressRouteUDP"],
  ["traefikservices", "TraefikService"],
] as const;

/** Routes of OpenShift hold certificates themselves, and the private keys to them. */
function withoutKey(body: JsonRecord): JsonRecord {
  const { tls, ...spec } = record(body.spec);
  if (body.kind !== "Route" || !isRecord(tls)) return body;
  const { termination, insecureEdgeTerminationPolicy, externalCertificate } = tls;
  return { ...body, spec: { ...spec, tls: { termination, insecureEdgeTerminationPolicy, ...(isRecord(externalCertificate) && { externalCertificate }) } } };
}

/** What leads to Services as an Ingress does, in kinds of one router alone. */
export const customRoutesCollector = defineCollector({
  id: "custom-routes",
  kinds: [
    ...kindsOf("traefik.io", ["v1alpha1"], OF_TRAEFIK, optional),
    ...kindsOf("traefik.containo.us", ["v1alpha1"], OF_TRAEFIK, optional),
    ...kindsOf(ISTIO, ["v1", "v1beta1", "v1alpha3"], [["virtualservices", "VirtualService"]], optional),
    { group: ISTIO, versions: ["v1", "v1beta1", "v1alpha3"], resource: "gateways", kind: "Gateway", sliceKind: "IstioGateway", optional: true },
    ...kindsOf("route.openshift.io", ["v1"], [["routes", "Route"]], optional),
    ...kindsOf("projectcontour.io", ["v1"], [["httpproxies", "HTTPProxy"]], optional),
  ],
  project: withoutKey,
});
