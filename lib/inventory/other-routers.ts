import { defineView } from "./view";

/** Kinds that lead traffic to Services as an Ingress does, by the CustomResourceDefinition that says they are served. They are not read. */
const ROUTERS: Readonly<Record<string, string>> = {
  "apisixroutes.apisix.apache.org": "ApisixRoutes of APISIX",
  "httpproxies.projectcontour.io": "HTTPProxies of Contour",
  "ingressroutes.traefik.containo.us": "IngressRoutes of Traefik",
  "ingressroutes.traefik.io": "IngressRoutes of Traefik",
  "mappings.getambassador.io": "Mappings of Emissary",
  "multiclusteringresses.networking.gke.io": "MultiClusterIngresses of Google",
  "routegroups.zalando.org": "RouteGroups of Skipper",
  "routes.route.openshift.io": "Routes of OpenShift",
  "securitycontextconstraints.security.openshift.io": "Routes of OpenShift",
  "tcpingresses.configuration.konghq.com": "TCPIngresses of Kong",
  "tcps.ingress.v1.haproxy.org": "TCPs of HAProxy",
  "tcps.ingress.v3.haproxy.org": "TCPs of HAProxy",
  "virtualservers.cis.f5.com": "VirtualServers of F5",
  "virtualservers.k8s.nginx.org": "VirtualServers of NGINX",
  "virtualservices.gateway.solo.io": "VirtualServices of Gloo",
  "virtualservices.networking.istio.io": "VirtualServices of Istio",
};

/** What this cluster serves of them, as words; none = nothing. */
export const otherRoutersView = defineView({
  reads: ["customResourceDefinitions"],
  compute: ({ slices }): readonly string[] => [
    ...new Set(slices.customResourceDefinitions.flatMap(({ ref }) => (Object.hasOwn(ROUTERS, ref.name) ? (ROUTERS[ref.name] ?? []) : []))),
  ],
});
