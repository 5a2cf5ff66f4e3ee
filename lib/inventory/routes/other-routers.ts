import type { Agent } from "../data/agents";
import { findAgents } from "../workloads/find-agents";
import { defineView } from "../view";

/** Kinds that lead traffic to Services as an Ingress does, by the CustomResourceDefinition that says they are served. They are not read. */
const ROUTERS: Readonly<Record<string, string>> = {
  "agentendpoints.ngrok.k8s.ngrok.com": "AgentEndpoints of ngrok",
  "apisixroutes.apisix.apache.org": "ApisixRoutes of APISIX",
  "mappings.getambassador.io": "Mappings of Emissary",
  "multiclusteringresses.networking.gke.io": "MultiClusterIngresses of Google",
  "routegroups.zalando.org": "RouteGroups of Skipper",
  "tcpingresses.configuration.konghq.com": "TCPIngresses of Kong",
  "tunnelbindings.networking.cfargotunnel.com": "TunnelBindings of Cloudflare",
  "tcps.ingress.v1.haproxy.org": "TCPs of HAProxy",
  "tcps.ingress.v3.haproxy.org": "TCPs of HAProxy",
  "virtualservers.cis.f5.com": "VirtualServers of F5",
  "virtualservers.k8s.nginx.org": "VirtualServers of NGINX",
  "virtualservices.gateway.solo.io": "VirtualServices of Gloo",
};

/** Programs that call out to a service on the internet, which sends requests back to Services as it is told, there or by a file: no load balancer and no port shows it. */
const TUNNELS: readonly Agent[] = [
  { name: "Cloudflare", image: /(?:^|\/)cloudflared$/, needs: /\btunnel\b/ },
  { name: "ngrok", image: /(?:^|\/)ngrok\/ngrok$/ },
  { name: "frp", image: /(?:^|\/)frpc$/ },
  { name: "inlets", image: /(?:^|\/)inlets(?:-pro)?$/, needs: /\bclient\b/ },
];

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
  reads: ["customResourceDefinitions", "customRoutes", "workloads"],
  compute: ({ slices, listUnread, view }): readonly string[] => [
    ...listUnread("customRoutes").map(({ kind, reason }) => `Whether ${WORDS[kind] ?? kind} lead to its Service is not known: ${reason}`),
    ...new Set(
      slices.customResourceDefinitions.flatMap(({ ref }) =>
        Object.hasOwn(ROUTERS, ref.name) ? `Whether ${ROUTERS[ref.name]} lead to its Service is not read.` : [],
      ),
    ),
    ...findAgents({ view }, TUNNELS).map(
      ({ name, workload: { ref } }) =>
        `Whether the tunnel of ${name} that ${ref.kind} ${ref.namespace}/${ref.name} keeps open leads to its Service is not read.`,
    ),
  ],
});
