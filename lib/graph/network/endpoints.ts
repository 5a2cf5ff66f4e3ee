import type { KubeObject } from "../../inventory/kube-object";
import { ORPHANED_OWNER } from "../../inventory/workloads/owner-roll-up";
import { accountNameOf } from "../../inventory/workloads/service-account-token";
import { defineView } from "../../inventory/view";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import { amount, record, records, text, textMap } from "../../model/json";
import type { CiliumLabels } from "../../inventory/labels/cilium-labels";
import type { Endpoint, NamedPort, Target } from "./endpoint";
import { labelSightView, seeLabels } from "./label-sight";
import { labelsOf, namespaceLabelsView } from "./namespace-labels";
import { type PodNetworks, podNetworksView } from "./pod-networks";

function toNamedPorts(ports: unknown, field: "port" | "containerPort"): readonly NamedPort[] {
  const found: NamedPort[] = [];
  for (const item of records(ports)) {
    const name = text(item.name);
    const port = amount(item[field]);
    if (name && port !== undefined) found.push({ name, port, protocol: text(item.protocol) ?? "TCP" });
  }
  return found;
}

function listNamedPorts(pod: PodView): readonly NamedPort[] {
  const found: NamedPort[] = [];
  for (const { list, isSidecar, spec } of pod.containers)
    if (list === "containers" || isSidecar) for (const port of toNamedPorts(spec.ports, "containerPort")) found.push(port);
  return found;
}

/** Ports of a list of `- protocol: tcp, port: 80` in YAML. */
function parseOpenPorts(written: string): readonly Target[] {
  return written.split(/(?:^|\n)\s*-\s|[{}]/).flatMap((item) => {
    const protocol = /\bprotocol["']?\s*:\s*["']?(\w+)/.exec(item)?.[1];
    const port = /\bport["']?\s*:\s*["']?(\d+)/.exec(item)?.[1];
    return protocol && port ? [{ protocol: protocol.toUpperCase(), port: Number(port) }] : [];
  });
}

const OPEN_PORTS = "k8s.ovn.org/open-default-ports";

/** What of a pod's place decides beside policies. */
function placeOf(namespace: string, networks: PodNetworks | undefined, opened: string | undefined): Pick<Endpoint, "network" | "openPorts" | "connect"> {
  const network = networks?.networkOf(namespace);
  if (!network) return {};
  const openPorts = parseOpenPorts(opened ?? "");
  return { network, ...(openPorts.length > 0 && { openPorts }), ...(networks?.connect && { connect: networks.connect }) };
}

/** What policies see of one pod shape of a workload; `networks` where it matters which of them it is in, `sight` where not all labels count. */
export function toEndpoint(
  workload: Workload,
  pod: PodView,
  namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>,
  { networks, sight }: { readonly networks?: PodNetworks | undefined; readonly sight?: CiliumLabels | null } = {},
): Endpoint {
  const namespace = workload.ref.namespace ?? "default";
  return {
    ...placeOf(namespace, networks, pod.annotations[OPEN_PORTS]),
    ref: workload.ref,
    namespace,
    ...seeLabels(pod.labels, sight),
    namespaceLabels: labelsOf(namespaceLabels, namespace),
    isHostNetwork: pod.spec.hostNetwork === true,
    account: accountNameOf(pod),
    namedPorts: listNamedPorts(pod),
  };
}

/** What policies see of a pod in whatever network: several controls ask about each, one workload after the other. */
export const podEndpointView = defineView({
  reads: ["workloads", "namespaces", "configMaps"],
  compute: ({ view }): ((workload: Workload, pod: PodView) => Endpoint) => {
    const labels = view(namespaceLabelsView);
    const sight = view(labelSightView);
    let last: { readonly workload: Workload; readonly endpoints: Map<PodView, Endpoint> } | undefined;
    return (workload, pod) => {
      if (last?.workload !== workload) last = { workload, endpoints: new Map() };
      let endpoint = last.endpoints.get(pod);
      if (!endpoint) last.endpoints.set(pod, (endpoint = toEndpoint(workload, pod, labels, { sight })));
      return endpoint;
    };
  },
});

/** `namespace/Kind/name` of what a lone pod names as its owner, for owners that are not in the set. */
function listOwnerKeys(workload: Workload): readonly string[] {
  if (workload.ref.kind !== "Pod") return [];
  const orphaned = workload.annotations[ORPHANED_OWNER];
  const named = records(record(workload.object().metadata).ownerReferences).map((owner) => `${text(owner.kind) || "Pod"}/${text(owner.name) ?? ""}`);
  return [...new Set(orphaned === undefined ? named : [orphaned, ...named])].map((owner) => `${workload.ref.namespace}/${owner}`);
}

/** Every pod shape by the names that people use: `namespace/Kind/name` of its root or owner, `namespace/name` of a pod. */
export const endpointsView = defineView({
  reads: ["workloads", "namespaces", "podNetworks", "operated", "runs", "configMaps"],
  compute: (context): ReadonlyMap<string, readonly Endpoint[]> => {
    const labels = context.view(namespaceLabelsView);
    const networks = context.view(podNetworksView);
    const sight = context.view(labelSightView);
    const found = new Map<string, Endpoint[]>();
    for (const workload of context.slices.workloads) {
      const { namespace, kind, name } = workload.ref;
      const owners = listOwnerKeys(workload);
      for (const pod of workload.views()) {
        const endpoint = toEndpoint(workload, pod, labels, { networks, sight });
        const podName = kind === "Pod" ? name : pod.podName;
        for (const key of [`${namespace}/${kind}/${name}`, ...owners, ...(podName ? [`${namespace}/${podName}`] : [])]) {
          found.set(key, [...(found.get(key) ?? []), endpoint]);
        }
      }
    }
    for (const machine of [...context.slices.operated, ...context.slices.runs].filter(isMachine)) {
      const endpoint = toMachine(machine, labels, networks);
      const { namespace, kind, name } = machine.ref;
      const names = kind === "VirtualMachine" ? [kind, "VirtualMachineInstance"] : [kind];
      for (const key of names.map((one) => `${namespace}/${one}/${name}`)) found.set(key, found.get(key) ?? [endpoint]);
    }
    return found;
  },
});

/** A virtual machine runs in a pod that has the labels of its template, and some of KubeVirt's own. */
function isMachine({ ref }: KubeObject): boolean {
  return ref.kind === "VirtualMachine" || ref.kind === "VirtualMachineInstance";
}

function toMachine({ ref, body, labels }: KubeObject, namespaceLabels: Parameters<typeof labelsOf>[0], networks: PodNetworks): Endpoint {
  const namespace = ref.namespace ?? "default";
  const template = ref.kind === "VirtualMachine" ? record(record(body.spec).template) : body;
  const metadata = record(template.metadata);
  const interfaces = records(record(record(record(record(template.spec).domain).devices)).interfaces);
  return {
    ...placeOf(namespace, networks, textMap(metadata.annotations)[OPEN_PORTS]),
    ref,
    namespace,
    labels: {
      ...(ref.kind === "VirtualMachine" ? textMap(metadata.labels) : labels),
      "kubevirt.io": "virt-launcher",
      "vm.kubevirt.io/name": ref.name,
    },
    namespaceLabels: labelsOf(namespaceLabels, namespace),
    isHostNetwork: false,
    namedPorts: interfaces.flatMap((one) => toNamedPorts(one.ports, "port")),
  };
}

const UNSEEN = { labels: {}, isHostNetwork: false, namedPorts: [] } as const;
const API = "concentric.dev/v1";

/** Any address outside the cluster. */
export const OUTSIDE: Endpoint = {
  ...UNSEEN,
  ref: { apiVersion: API, kind: "External", namespace: null, name: "external" },
  namespace: "",
  namespaceLabels: {},
  kind: "external",
};

/** An end that only its name is known of: `external`, or `namespace/Kind/name` of something that is not in the set. */
export function toUnseenEndpoint(
  name: string,
  namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>,
  networks?: PodNetworks,
): Endpoint | null {
  const [namespace = "", kind = "", own = "", ...rest] = name.split("/");
  if (name === OUTSIDE.ref.name) return OUTSIDE;
  if (!own || rest.length > 0) return null;
  return {
    ...placeOf(namespace, networks, undefined),
    ...UNSEEN,
    ref: { apiVersion: API, kind, namespace, name: own },
    namespace,
    namespaceLabels: labelsOf(namespaceLabels, namespace),
    kind: "absent",
  };
}

/** `Kind/name` of what may have made an object of this name: controllers add a hash, a number or five letters. */
function listMakers(kind: string, name: string): readonly string[] {
  if (kind === "ReplicaSet") return [`Deployment/${name.replace(/-[a-z0-9]{1,10}$/, "")}`];
  if (kind === "Job") return [`CronJob/${name.replace(/-\d+$/, "")}`];
  if (kind !== "Pod") return [];
  const base = name.replace(/-[a-z0-9]{5}$/, "");
  const direct = ["ReplicaSet", "DaemonSet", "Job", "ReplicationController"].flatMap((maker) => [`${maker}/${base}`, ...listMakers(maker, base)]);
  return [...(base === name ? [] : direct), `StatefulSet/${name.replace(/-\d+$/, "")}`];
}

/** Finds pods by name; a name that a controller generated leads to that controller. Empty = nothing has that name. */
export function findEndpoints(endpoints: ReadonlyMap<string, readonly Endpoint[]>, name: string): readonly Endpoint[] {
  const exact = endpoints.get(name);
  if (exact) return exact;
  const parts = name.split("/");
  const [namespace = "", kind = "", own = ""] = parts.length === 2 ? [parts[0], "Pod", parts[1]] : parts;
  if (own === "" || parts.length > 3) return [];
  const keys = [...(kind === "Pod" ? [`${own}`, `Pod/${own}`] : []), ...listMakers(kind, own).filter((maker) => !maker.endsWith(`/${own}`))];
  return keys.map((key) => endpoints.get(`${namespace}/${key}`)).find((found) => found !== undefined) ?? [];
}
