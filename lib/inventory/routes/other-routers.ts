import { defineView } from "../view";

/** Kinds that lead traffic to Services as an Ingress does, by the CustomResourceDefinition that says they are served. They are not read. */
const ROUTERS: Readonly<Record<string, string>> = {
  "apisixroutes.apisix.apache.org": "ApisixRoutes of APISIX",
  "mappings.getambassador.io": "Mappings of Emissary",
  "multiclusteringresses.networking.gke.io": "MultiClusterIngresses of Google",
  "routegroups.zalando.org": "RouteGroups of Skipper",
  "tcpingresses.configuration.konghq.com": "TCPIngresses of Kong",
  "tcps.ingress.v1.haproxy.org": "TCPs of HAProxy",
  "tcps.ingress.v3.haproxy.org": "TCPs of HAProxy",
  "virtualservers.cis.f5.com": "VirtualServers of F5",
  "virtualservers.k8s.nginx.org": "VirtualServers of NGINX",
  "virtualservices.gateway.solo.io": "VirtualServices of Gloo",
};

/** Kinds of `customRoutes` that could not be read, as words. */
const WORDS: Readonly<Record<string, string>> = {
  IngressRoute: "IngressRoutes of Traefik",
  IngressRouteTCP: "IngressRouteTCPs of Traefik",
  IngressRouteUDP: "IngressRouteUDPs of Traefik",
  TraefikService: "TraefikServices of Traefik",
  VirtualService: "VirtualServices of Istio",
  IstioGateway: "Gateways of Istio",
  Route: "Routes of OpenShift",
  HTTPProxy: "HTTPProxies of Contour",
};

/** What may lead to Services and was not read, with the reason where it is read in other clusters; none = nothing. */
export const unreadRoutersView = defineView({
  reads: ["customResourceDefinitions", "customRoutes"],
  compute: ({ slices, listUnread }): readonly string[] => [
    ...listUnread("customRoutes").map(({ kind, reason }) => `Whether ${WORDS[kind] ?? kind} lead to its Service is not known: ${reason}`),
    ...new Set(
      slices.customResourceDefinitions.flatMap(({ ref }) =>
        Object.hasOwn(ROUTERS, ref.name) ? `Whether ${ROUTERS[ref.name]} lead to its Service is not read.` : [],
      ),
    ),
  ],
});
