import type { ResourceRef } from "../../model/resource-ref";
import { record, records, text, textMap } from "../../model/json";
import type { Agent } from "../data/agents";
import type { KubeObject } from "../kube-object";
import { findVolume } from "../workloads/find-volume";
import type { Workload } from "../workloads/workload";
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
  { name: "ngrok", image: /(?:^|\/)ngrok\/(?:ngrok|ngrok-operator|kubernetes-ingress-controller)$/ },
  { name: "frp", image: /(?:^|\/)frpc$/ },
  { name: "rathole", image: /(?:^|\/)rathole$/ },
  { name: "chisel", image: /(?:^|\/)chisel$/, needs: /(?:^|\s)R:/ },
  { name: "zrok", image: /(?:^|\/)zrok2?$/, needs: /\bshare\b/ },
  { name: "Pangolin", image: /(?:^|\/)newt$/ },
  { name: "inlets", image: /(?:^|\/)inlets(?:-pro)?$/, needs: /\bclient\b/ },
];

/** Of Tailscale, which serves the members of its network, and the internet where its settings say so (Funnel). */
const TAILSCALE: readonly Agent[] = [{ name: "Tailscale", image: /(?:^|\/)tailscale\/tailscale$/, needs: /^TS_SERVE_CONFIG$/ }];

/** Its operator makes those of Ingresses, which say themselves whom they are for. */
function isOfIngress({ labels }: Workload): boolean {
  return labels["tailscale.com/managed"] === "true";
}

/** Whether every file of settings that it has is read, and opens nothing to the internet. */
function servesMembersOnly(workload: Workload, configMaps: readonly KubeObject[]): boolean {
  return workload.views().every((pod) =>
    pod.containers.every((container) => {
      const [setting] = records(container.spec.env).filter(({ name }) => name === "TS_SERVE_CONFIG");
      if (!setting) return true;
      const name = text(record(findVolume(pod, container, text(setting.value) ?? "")?.configMap).name);
      const holder = configMaps.find(({ ref }) => ref.name === name && ref.namespace === workload.ref.namespace);
      return holder !== undefined && !Object.values(textMap(holder.body.data)).some((settings) => settings.includes('"AllowFunnel"'));
    }),
  );
}

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

interface UnreadRouter {
  /** Why nothing is known of it; of what is read in other clusters, why it is not here. */
  readonly reason: string;
  /** Of a tunnel, what keeps it open: it reaches what is in its own pod without a Service. */
  readonly from?: ResourceRef;
}

/** What may lead to Services and was not read; none = nothing. */
export const unreadRoutersView = defineView({
  reads: ["customResourceDefinitions", "customRoutes", "workloads", "configMaps"],
  compute: ({ slices, listUnread, view }): readonly UnreadRouter[] => [
    ...listUnread("customRoutes").map(({ kind, reason }) => ({ reason: `Whether ${WORDS[kind] ?? kind} lead to its Service is not known: ${reason}` })),
    ...[
      ...new Set(
        slices.customResourceDefinitions.flatMap(({ ref }) =>
          Object.hasOwn(ROUTERS, ref.name) ? `Whether ${ROUTERS[ref.name]} lead to its Service is not read.` : [],
        ),
      ),
    ].map((reason) => ({ reason })),
    ...[
      ...findAgents({ view }, TUNNELS),
      ...findAgents({ view }, TAILSCALE).filter(({ workload }) => !isOfIngress(workload) && !servesMembersOnly(workload, slices.configMaps)),
    ].map(({ name, workload: { ref } }) => ({
      reason: `Whether the tunnel of ${name} that ${ref.kind} ${ref.namespace}/${ref.name} keeps open leads to it is not read.`,
      from: ref,
    })),
  ],
});
