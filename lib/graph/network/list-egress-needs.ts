import { isAddedLabel } from "../../inventory/labels/added-labels";
import { listRouteTargets } from "../../inventory/routes/custom-route-targets";
import type { KubeObject } from "../../inventory/kube-object";
import { routerProgramsView } from "../../inventory/routes/router-programs";
import { accountNameOf, findToken, serviceAccountsView } from "../../inventory/workloads/service-account-token";
import { isInternalName } from "../../inventory/routes/service-name";
import { serviceTargetsView } from "../../inventory/routes/service-targets";
import { type Context, defineView } from "../../inventory/view";
import type { Workload } from "../../inventory/workloads/workload";
import { record, text } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { clusterDnsView } from "./cluster-dns";
import { labelSightView, withSeenKeys } from "./label-sight";
import { type Callers, type NeedSlices, peerOf } from "./list-ingress-needs";
import { type NamedPeer, namedPeersView } from "./named-services";
import type { NeedPeers, PolicyNeed } from "./policy-need";
import { workloadKeyOf } from "./reach-classes";
import { listAsked, serviceEntriesView } from "./service-entries";
import { listServicePorts, type PolicyPort, serviceSelector, targetsOf } from "./service-ports";

const DNS_PORTS: readonly PolicyPort[] = [
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 53 },
];
const API_PORTS: readonly PolicyPort[] = [
  { protocol: "TCP", port: 443 },
  { protocol: "TCP", port: 6443 },
];

function ofDns(context: Context<NeedSlices>, workload: Workload): readonly PolicyNeed[] {
  const dns = context.view(clusterDnsView);
  const isOfNode = workload.views().some(({ spec }) => spec.dnsPolicy === "Default" || spec.dnsPolicy === "None");
  if (isOfNode) {
    const because = { message: "It asks the name servers of its node, or its own.", object: workload.ref };
    return [{ direction: "egress", peers: { kind: "anywhere" }, ports: DNS_PORTS, because }];
  }
  if (!dns || dns.hasNodeCache) {
    const because = { message: "It resolves names, and Services do not show which pods answer." };
    return [{ direction: "egress", peers: { kind: "anywhere" }, ports: DNS_PORTS, because }];
  }
  const { service, selector, ports } = dns;
  const targets = context.view(serviceTargetsView).workloadsOf.get(resourceKey(service.ref)) ?? [];
  const because = { message: "It resolves names.", object: service.ref };
  const peers: NeedPeers = targets.some((target) => target.hostNetwork !== "none")
    ? { kind: "anywhere" }
    : { kind: "pods", namespace: service.ref.namespace ?? "default", selector: withSeenKeys(selector, context.view(labelSightView)) };
  // Those that it asks may be on its node, or at the address of the cloud's metadata service.
  const upstream = { message: "It answers for names, and asks others outside.", object: service.ref };
  return [
    { direction: "egress", peers, ports, because },
    ...(targets.includes(workload) ? [{ direction: "egress", peers: { kind: "anywhere" }, ports: DNS_PORTS, because: upstream } as const] : []),
  ];
}

function isApiServer({ ref, hostNetwork }: Workload): boolean {
  return hostNetwork !== "none" && ref.name.startsWith("kube-apiserver");
}

/** Its own account with a token is the sign of a client of the API server; the default account's token is mounted in nearly everything. */
function ofApiServer(context: Context<NeedSlices>, workload: Workload): readonly PolicyNeed[] {
  const pod = workload.views()[0];
  const name = pod ? accountNameOf(pod) : "default";
  const account = context.view(serviceAccountsView).get(`${workload.ref.namespace}/${name}`);
  if (!pod || name === "default") return [];
  const token = findToken(workload, pod, account, context.isComplete);
  if (!token.isMounted) return [];
  const because = { message: `It holds a token of ${name} for the API server.`, object: workload.ref, path: token.path };
  // Cilium counts no node among the addresses of a range.
  const isOnNodes = context.view(labelSightView) !== null && context.slices.workloads.some(isApiServer);
  return [{ direction: "egress", peers: { kind: isOnNodes ? "anywhere" : "outside" }, ports: API_PORTS, because }];
}

/** What routes lead to may be where no selector reaches: in the network of a node, or outside. */
const routesBeyondPodsView = defineView({
  reads: serviceEntriesView.reads,
  compute: ({ slices, view }): boolean => {
    const { workloadsOf } = view(serviceTargetsView);
    const entries = view(serviceEntriesView);
    const keyOf = ({ ref }: KubeObject): string => `${ref.namespace}/${ref.name}`;
    const known = new Set(slices.services.map(keyOf));
    const targets = [...[...slices.customRoutes, ...slices.routeGuards].flatMap(listRouteTargets), ...slices.ingresses.flatMap(listAsked)];
    if (targets.some(({ key }) => !known.has(key))) return true;
    const routed = slices.services.filter((service) => entries.get(keyOf(service))?.some(({ via }) => via.ref.kind !== "Service"));
    const isBeyond = (service: KubeObject): boolean =>
      serviceSelector(service) === null || workloadsOf.get(resourceKey(service.ref))?.some(({ hostNetwork }) => hostNetwork !== "none") === true;
    return routed.some(isBeyond);
  },
});

function ofRouter(context: Context<NeedSlices>, workload: Workload): readonly PolicyNeed[] {
  if (!context.view(routerProgramsView).has(resourceKey(workload.ref))) return [];
  const because = { message: "It sends requests on to what routes lead to.", object: workload.ref };
  return [{ direction: "egress", peers: { kind: context.view(routesBeyondPodsView) ? "anywhere" : "cluster" }, ports: null, because }];
}

function ofPeer(context: Context<NeedSlices>, workload: Workload, { service, host, port, path }: NamedPeer): readonly PolicyNeed[] {
  const ref = { object: workload.ref, path };
  const tcp = port === null ? null : [{ protocol: "TCP", port }];
  if (!service) return [{ direction: "egress", peers: { kind: "outside" }, ports: tcp, because: { ...ref, message: `Its settings name ${host}.` } }];
  const message = `Its settings name Service ${service.ref.namespace}/${service.ref.name}.`;
  return listTargets(context, service, port).map((target) => ({ direction: "egress", ...target, because: { ...ref, message } }));
}

function listTargets(context: Context<NeedSlices>, service: KubeObject, port: number | null): readonly Pick<PolicyNeed, "peers" | "ports">[] {
  const tcp = port === null ? null : [{ protocol: "TCP", port }];
  if (record(service.body.spec).type === "ExternalName") return [{ peers: { kind: isInternalName(service) ? "anywhere" : "outside" }, ports: tcp }];
  const asked = targetsOf(service, port);
  const ports = asked.length > 0 ? asked : listServicePorts(service).map(({ target }) => target);
  const selector = serviceSelector(service);
  const targets = context.view(serviceTargetsView).workloadsOf.get(resourceKey(service.ref)) ?? [];
  const isUnselected = selector === null || targets.some((target) => target.hostNetwork !== "none");
  const namespace = text(service.ref.namespace) ?? "default";
  const own: NeedPeers = isUnselected ? { kind: "anywhere" } : { kind: "pods", namespace, selector: withSeenKeys(selector, context.view(labelSightView)) };
  // What a controller adds to its pods is that of one pod, or of one generation of them; which of them is the primary of a database changes, too.
  const isPassing = (key: string): boolean => isAddedLabel(key) || targets.some(({ unsharedLabels }) => unsharedLabels.includes(key));
  const isByAdded = !isUnselected && targets.length > 0 && Object.keys(record(selector.matchLabels)).some(isPassing);
  const all = isByAdded ? targets.map((target) => peerOf(context, target)) : [own];
  return all.map((peers) => ({ peers, ports: ports.length > 0 ? ports : tcp }));
}

/** What a workload must still reach, as far as objects tell. */
export function listEgressNeeds(context: Context<NeedSlices>, workload: Workload, callers: Callers): readonly PolicyNeed[] {
  const peers = context.view(namedPeersView).get(workloadKeyOf(workload.ref)) ?? [];
  const everyPod = { message: "Any pod may be behind a Service that it calls." };
  return [
    ...ofDns(context, workload),
    ...(callers === "cluster" ? [{ direction: "egress", peers: { kind: "cluster" }, ports: null, because: everyPod } as const] : []),
    ...ofRouter(context, workload),
    ...peers.flatMap((peer) => ofPeer(context, workload, peer)),
    ...ofApiServer(context, workload),
  ];
}
