import { maySelect } from "../../inventory/labels/added-labels";
import { inferencePoolsView, poolKey } from "../../inventory/routes/inference-pools";
import { serviceTargetsView } from "../../inventory/routes/service-targets";
import type { Context } from "../../inventory/view";
import type { Workload } from "../../inventory/workloads/workload";
import { amount, record, records, text } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { clusterDnsView } from "./cluster-dns";
import { labelSightView } from "./label-sight";
import { namedCallersView } from "./named-callers";
import { templateContainers } from "../../inventory/workloads/template-containers";
import { ownSelectorOf } from "./own-selector";
import type { NeedPeers, PolicyNeed } from "./policy-need";
import { serviceEntriesView } from "./service-entries";
import { type PolicyPort, targetsOf } from "./service-ports";

/** Whom a policy lets in to the ports of a Service: every pod, or only those whose settings name it. */
export const CALLERS = ["cluster", "named"] as const;
export type Callers = (typeof CALLERS)[number];

/** The slices that needs are read from. */
export type NeedSlices =
  | "workloads"
  | "namespaces"
  | "services"
  | "ingresses"
  | "gateways"
  | "customRoutes"
  | "routeGuards"
  | "targetGroupBindings"
  | "webhooks"
  | "apiServices"
  | "serviceAccounts"
  | "configMaps";

/** The pods of a workload as a peer. Those in the network of their node come with its address, which no selector reaches. */
export function peerOf(context: Context<NeedSlices>, workload: Workload): NeedPeers {
  if (workload.hostNetwork !== "none") return { kind: "anywhere" };
  return { kind: "pods", namespace: workload.ref.namespace ?? "default", selector: ownSelectorOf(workload, context.view(labelSightView)) };
}

function ofHostPorts(workload: Workload): readonly PolicyNeed[] {
  return templateContainers(workload).flatMap((container) =>
    records(container.spec.ports).flatMap((item, i): readonly PolicyNeed[] => {
      const [port, host] = [amount(item.containerPort), amount(item.hostPort)];
      if (!port || !host) return [];
      const because = { message: `Port ${host} of its node leads to it.`, object: workload.ref, path: container.at(`ports[${i}].hostPort`) };
      return [{ direction: "ingress", peers: { kind: "anywhere" }, ports: [{ protocol: text(item.protocol) ?? "TCP", port }], because }];
    }),
  );
}

function ofScrape(workload: Workload): readonly PolicyNeed[] {
  const pod = workload.views()[0];
  if (pod?.annotations["prometheus.io/scrape"] !== "true") return [];
  const port = Number(pod.annotations["prometheus.io/port"]);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return [];
  const because = { message: "It asks to be scraped for metrics.", object: workload.ref, path: pod.atMetadata('annotations["prometheus.io/scrape"]') };
  return [{ direction: "ingress", peers: { kind: "cluster" }, ports: [{ protocol: "TCP", port }], because }];
}

/** Routes lead to pools of model servers without a Service. */
function ofPools(context: Context<NeedSlices>, workload: Workload): readonly PolicyNeed[] {
  const pools = context.view(inferencePoolsView).get(workload.ref.namespace ?? "") ?? [];
  return pools
    .filter(({ body }) => maySelect({ matchLabels: record(body.spec).selector }, workload))
    .flatMap(({ ref }) => context.view(serviceEntriesView).get(poolKey(ref.namespace, ref.name)) ?? [])
    .map(({ via, ports, message }): PolicyNeed => ({ direction: "ingress", peers: { kind: "anywhere" }, ports, because: { message, object: via.ref } }));
}

/** Members of a StatefulSet find each other by name, on ports that often no Service lists. */
function ofMembers(context: Context<NeedSlices>, workload: Workload): readonly PolicyNeed[] {
  if (workload.ref.kind !== "StatefulSet") return [];
  const because = { message: "Pods of a StatefulSet talk to each other.", object: workload.ref };
  return (["ingress", "egress"] as const).map((direction) => ({ direction, peers: peerOf(context, workload), ports: null, because }));
}

/** Whoever asks it for names has that in no setting. */
function ofNames(context: Context<NeedSlices>, workload: Workload): readonly PolicyNeed[] {
  const dns = context.view(clusterDnsView);
  const targets = dns ? (context.view(serviceTargetsView).workloadsOf.get(resourceKey(dns.service.ref)) ?? []) : [];
  if (!dns || !targets.includes(workload)) return [];
  const because = { message: "It answers for names.", object: dns.service.ref };
  return [{ direction: "ingress", peers: { kind: dns.isAskedFromNodes ? "anywhere" : "cluster" }, ports: dns.ports, because }];
}

/** What must still get in to a workload, as far as objects tell; with what its own pods ask of each other, both ways. */
export function listIngressNeeds(context: Context<NeedSlices>, workload: Workload, callers: Callers): readonly PolicyNeed[] {
  const services = context.view(serviceTargetsView).servicesOf.get(resourceKey(workload.ref)) ?? [];
  const entries = context.view(serviceEntriesView);
  const named = context.view(namedCallersView);
  const ofServices = services.flatMap((service): readonly PolicyNeed[] => {
    const key = `${service.ref.namespace}/${service.ref.name}`;
    const need = (peers: NeedPeers, ports: readonly PolicyPort[], because: PolicyNeed["because"]): readonly PolicyNeed[] =>
      ports.length === 0 ? [] : [{ direction: "ingress", peers, ports, because }];
    const portsFor = (port: number | null): readonly PolicyPort[] => {
      const asked = targetsOf(service, port);
      return asked.length > 0 ? asked : targetsOf(service, null);
    };
    return [
      ...(callers === "cluster"
        ? need({ kind: "cluster" }, targetsOf(service, null), { message: `Service ${service.ref.name} sends to it.`, object: service.ref })
        : []),
      ...(entries.get(key) ?? []).flatMap(({ via, ports, message }) => need({ kind: "anywhere" }, ports, { message, object: via.ref })),
      ...(named.get(key) ?? [])
        .filter((caller) => callers === "named" || caller.workload.hostNetwork !== "none")
        .flatMap(({ workload: caller, port, path }) => {
          const message = `${caller.ref.kind} ${caller.ref.name} names Service ${service.ref.name}.`;
          return need(peerOf(context, caller), portsFor(port), { message, object: caller.ref, path });
        }),
    ];
  });
  return [
    ...ofServices,
    ...ofPools(context, workload),
    ...ofHostPorts(workload),
    ...ofScrape(workload),
    ...ofMembers(context, workload),
    ...ofNames(context, workload),
  ];
}
