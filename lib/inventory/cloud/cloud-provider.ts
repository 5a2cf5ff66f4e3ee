import { type JsonRecord, dig, record, records, text, textMap } from "../../model/json";
import { remembered } from "../../model/remembered";
import type { KubeObject } from "../kube-object";
import { isControlPlaneNode } from "../workloads/node-placement";
import type { Inventory, KubeVersion } from "../inventory";
import { defineView } from "../view";

export type CloudProvider =
  | "aws"
  | "gcp"
  | "azure"
  | "digitalocean"
  | "hetzner"
  | "akamai"
  | "openstack"
  | "oracle"
  | "ibm"
  | "alibaba"
  | "scaleway"
  | "vsphere";
export type Distribution =
  | "eks"
  | "gke"
  | "aks"
  | "openshift"
  | "k3s"
  | "rke2"
  | "k0s"
  | "talos"
  | "microk8s"
  | "kind"
  | "minikube"
  | "docker-desktop"
  | "doks"
  | "lke"
  | "oke"
  | "kapsule"
  | "iks"
  | "ack"
  | "tke"
  | "cce"
  | "mks"
  | "vke"
  | "sks"
  | "gardener"
  | "vcluster";

/** One fact that led to the answer. */
interface PlatformEvidence {
  readonly path: string;
  readonly value: string;
  readonly message: string;
  readonly node?: KubeObject;
}

/** Where a cluster runs, as far as its own objects show. */
export interface Platform {
  /** null = nothing tells. */
  readonly provider: CloudProvider | null;
  readonly distribution: Distribution | null;
  /** null = nothing tells; a cloud provider alone proves nothing. */
  readonly isManaged: boolean | null;
  /** A cluster on one machine for trying things: kind, minikube, Docker Desktop. */
  readonly isLocal: boolean;
  readonly isAutopilot: boolean;
  readonly evidence: readonly PlatformEvidence[];
}

const PROVIDER_IDS: readonly (readonly [prefix: string, provider: CloudProvider | null, distribution: Distribution | null])[] = [
  ["aws://", "aws", null],
  ["eks-hybrid://", null, "eks"],
  ["gce://", "gcp", null],
  ["azure://", "azure", null],
  ["digitalocean://", "digitalocean", null],
  ["hcloud://", "hetzner", null],
  ["hrobot://", "hetzner", null],
  ["linode://", "akamai", null],
  ["openstack://", "openstack", null],
  ["ocid1.", "oracle", null],
  ["oci://", "oracle", null],
  ["ibm://", "ibm", null],
  ["alicloud://", "alibaba", null],
  ["scaleway://", "scaleway", null],
  ["vsphere://", "vsphere", null],
  ["kind://", null, "kind"],
  ["k3s://", null, "k3s"],
  ["rke2://", null, "rke2"],
  ["minikube://", null, "minikube"],
];

const NODE_LABELS: readonly (readonly [prefix: string, provider: CloudProvider | null, distribution: Distribution])[] = [
  ["eks.amazonaws.com/", "aws", "eks"],
  ["cloud.google.com/gke-", "gcp", "gke"],
  ["kubernetes.azure.com/", "azure", "aks"],
  ["doks.digitalocean.com/", "digitalocean", "doks"],
  ["lke.linode.com/pool-id", "akamai", "lke"],
  ["oke.oraclecloud.com/node.info.", "oracle", "oke"],
  // Its nodes may be machines of other clouds.
  ["k8s.scaleway.com/managed", null, "kapsule"],
  ["cce.cloud.com/cce-nodepool", null, "cce"],
  ["node.k8s.ovh/", null, "mks"],
  ["vke.vultr.com/node-pool", null, "vke"],
  ["node.exoscale.net/nodepool-id", null, "sks"],
  // Its machines may be those of any cloud.
  ["worker.gardener.cloud/pool", null, "gardener"],
  ["node.openshift.io/", null, "openshift"],
  ["minikube.k8s.io/", null, "minikube"],
  ["microk8s.io/", null, "microk8s"],
  ["vcluster.loft.sh/fake-node", null, "vcluster"],
];

const NODE_ANNOTATIONS: readonly (readonly [name: string, distribution: Distribution])[] = [
  ["k3s.io/node-args", "k3s"],
  ["rke2.io/node-args", "rke2"],
];

const VERSION_SUFFIXES: readonly (readonly [pattern: RegExp, provider: CloudProvider | null, distribution: Distribution])[] = [
  [/-eks-/, "aws", "eks"],
  [/-gke\./, "gcp", "gke"],
  [/\+IKS/, "ibm", "iks"],
  [/-aliyun\./, "alibaba", "ack"],
  [/-tke\./, null, "tke"],
  [/\+k3s/, null, "k3s"],
  [/\+rke2/, null, "rke2"],
  [/\+k0s/, null, "k0s"],
];

const MANAGED: ReadonlySet<Distribution> = new Set<Distribution>([
  "eks",
  "gke",
  "aks",
  "doks",
  "lke",
  "oke",
  "kapsule",
  "iks",
  "ack",
  "tke",
  "cce",
  "mks",
  "vke",
  "sks",
  "gardener",
]);
const LOCAL: ReadonlySet<Distribution> = new Set<Distribution>(["kind", "minikube", "docker-desktop"]);

interface Clue extends PlatformEvidence {
  readonly provider: CloudProvider | null;
  readonly distribution: Distribution | null;
}

/** The same labels stand on hundreds of nodes. */
const cluesOfLabel = remembered((label) => NODE_LABELS.filter(([prefix]) => label.startsWith(prefix)), { limit: 1_000 });

function* cluesOfNode(node: KubeObject): Generator<Clue> {
  const spec = record(node.body.spec);
  const id = text(spec.providerID) ?? "";
  for (const [prefix, provider, distribution] of PROVIDER_IDS) {
    if (id.startsWith(prefix))
      yield { node, provider, distribution, path: "spec.providerID", value: id, message: `The provider id of node ${node.ref.name} starts with ${prefix}.` };
  }
  if (id.startsWith("azure://") && /\/resourceGroups\/mc_/i.test(id)) {
    yield {
      node,
      provider: "azure",
      distribution: "aks",
      path: "spec.providerID",
      value: id,
      message: `Node ${node.ref.name} is in a resource group that AKS manages.`,
    };
  }
  for (const label of Object.keys(node.labels)) {
    for (const [, provider, distribution] of cluesOfLabel(label)) {
      yield {
        node,
        provider,
        distribution,
        path: `metadata.labels["${label}"]`,
        value: node.labels[label] ?? "",
        message: `Node ${node.ref.name} has the label ${label}.`,
      };
    }
  }
  for (const [name, distribution] of NODE_ANNOTATIONS) {
    if (node.annotations[name] !== undefined)
      yield {
        node,
        provider: null,
        distribution,
        path: `metadata.annotations["${name}"]`,
        value: "set",
        message: `Node ${node.ref.name} has the annotation ${name}.`,
      };
  }
  const image = text(dig(node.body, "status", "nodeInfo", "osImage")) ?? "";
  const guess: Distribution | null = image.startsWith("Talos") ? "talos" : image.startsWith("Docker Desktop") ? "docker-desktop" : null;
  if (guess)
    yield { node, provider: null, distribution: guess, path: "status.nodeInfo.osImage", value: image, message: `Node ${node.ref.name} runs ${image}.` };
}

function cluesOfVersion(version: KubeVersion | null): Clue[] {
  const found = VERSION_SUFFIXES.find(([pattern]) => version !== null && pattern.test(version.text));
  if (!found || !version) return [];
  return [{ provider: found[1], distribution: found[2], path: "gitVersion", value: version.text, message: `The server calls its version ${version.text}.` }];
}

/**
 * The builds of a cloud also run in data centres (EKS Anywhere), and by its customers (ACK, TKE), under the same version: there the nodes of the control plane are in
 * the list, or the machines are somebody else's.
 */
function isServedBy(provider: CloudProvider | null, nodes: readonly KubeObject[], hasControlPlane: boolean): boolean {
  const machines = nodes.map((node) => PROVIDER_IDS.find(([prefix]) => providerIdOf(node).startsWith(prefix))).filter((machine) => machine !== undefined);
  return (
    !hasControlPlane && (provider === null || machines.length === 0 || machines.some(([, known, distribution]) => known === provider || distribution !== null))
  );
}

/**
 * Whether a node is of a service that does not run this control plane: such a service writes its name into the version of kubelets and servers alike, and this
 * server tells none. vCluster shows the nodes of the cluster that it runs in, with all their labels.
 */
function isGuestOn(node: KubeObject, version: KubeVersion | null): boolean {
  const kubelet = text(dig(node.body, "status", "nodeInfo", "kubeletVersion")) ?? "";
  const signature = VERSION_SUFFIXES.find(([pattern, , distribution]) => MANAGED.has(distribution) && pattern.test(kubelet));
  return signature !== undefined && /^v\d+\.\d+\.\d+/.test(version?.text ?? "") && !signature[0].test(version?.text ?? "");
}

/** `aws:///eu-central-1a/i-0a1b2c`; "" = the node does not say whose machine it is. */
export function providerIdOf({ body }: Pick<KubeObject, "body">): string {
  return text(record(body.spec).providerID) ?? "";
}

export function isFargateNode({ labels }: Pick<KubeObject, "labels">): boolean {
  return labels["eks.amazonaws.com/compute-type"] === "fargate";
}

/** A node that is no machine: Fargate, a virtual kubelet, a virtual node of OKE, and what vCluster shows in place of the nodes of its host. */
export function isVirtualNode(node: KubeObject): boolean {
  return (
    isFargateNode(node) ||
    node.labels.type === "virtual-kubelet" ||
    node.labels["kubernetes.io/role"] === "agent-virtual" ||
    Object.hasOwn(node.labels, "node-role.kubernetes.io/virtual-node") ||
    node.labels["vcluster.loft.sh/fake-node"] === "true" ||
    records(dig(node.body, "spec", "taints")).some(({ key }) => key === "virtual-kubelet.io/provider")
  );
}

export function isAutopilotNode({ ref, labels }: Pick<KubeObject, "ref" | "labels">): boolean {
  return ref.name.startsWith("gk3-") || labels["cloud.google.com/gke-autopilot"] === "true" || labels["cloud.google.com/gke-provisioning"] === "autopilot";
}

/** The name that operators gave the pool of a node, when it has one. */
export function poolOf(node: Pick<KubeObject, "labels">): string | null {
  const labels = textMap(node.labels as JsonRecord);
  return (
    labels["eks.amazonaws.com/nodegroup"] ??
    labels["karpenter.sh/nodepool"] ??
    labels["cloud.google.com/gke-nodepool"] ??
    labels["kubernetes.azure.com/agentpool"] ??
    null
  );
}

/** Where the cluster runs, from the provider ids, labels and annotations of its nodes and the suffix of the server version. */
export function toPlatform(nodes: readonly KubeObject[], { kubeVersion, isComplete }: Pick<Inventory, "kubeVersion" | "isComplete">): Platform {
  const hasControlPlane = nodes.some(isControlPlaneNode);
  const evidence: Clue[] = cluesOfVersion(kubeVersion).filter(
    ({ provider, distribution }) => distribution === null || !MANAGED.has(distribution) || isServedBy(provider, nodes, hasControlPlane),
  );
  const told = new Set<string>();
  for (const node of nodes) {
    const isGuest = isComplete && isGuestOn(node, kubeVersion);
    for (const found of cluesOfNode(node)) {
      const clue = isGuest && found.distribution !== null && MANAGED.has(found.distribution) ? { ...found, distribution: null } : found;
      const key = `${clue.provider} ${clue.distribution} ${clue.path}`;
      if (!told.has(key)) evidence.push(clue);
      told.add(key);
    }
  }
  const distribution = evidence.find((clue) => clue.distribution !== null)?.distribution ?? null;
  const provider = evidence.find((clue) => clue.provider !== null)?.provider ?? null;
  // Where its nodes are in the list, its people run it, whatever the labels: a shoot of Gardener that hosts itself, GKE in a data centre.
  const isServed = distribution !== null && MANAGED.has(distribution) && !hasControlPlane;
  const isManaged = isServed ? true : hasControlPlane || distribution !== null ? false : null;
  return {
    provider,
    distribution,
    isManaged,
    isLocal: distribution !== null && LOCAL.has(distribution),
    isAutopilot: nodes.some(isAutopilotNode),
    evidence: evidence.map(({ provider: _provider, distribution: _distribution, ...rest }) => rest),
  };
}

export const platformView = defineView({
  reads: ["nodes"],
  compute: ({ slices, ...facts }): Platform => toPlatform(slices.nodes, facts),
});

const NAMES: Readonly<Record<Distribution | CloudProvider, string>> = {
  eks: "Amazon EKS",
  gke: "Google GKE",
  aks: "Azure AKS",
  openshift: "OpenShift",
  k3s: "K3s",
  rke2: "RKE2",
  k0s: "k0s",
  talos: "Talos Linux",
  microk8s: "MicroK8s",
  kind: "kind",
  minikube: "minikube",
  "docker-desktop": "Docker Desktop",
  doks: "DigitalOcean Kubernetes",
  lke: "Linode Kubernetes Engine",
  oke: "Oracle Kubernetes Engine",
  kapsule: "Scaleway Kapsule",
  iks: "IBM Cloud Kubernetes Service",
  ack: "Alibaba Cloud ACK",
  tke: "Tencent Kubernetes Engine",
  cce: "Cloud Container Engine (Huawei)",
  mks: "OVHcloud Managed Kubernetes",
  vke: "Vultr Kubernetes Engine",
  sks: "Exoscale SKS",
  gardener: "Gardener",
  vcluster: "vCluster",
  aws: "Amazon Web Services",
  gcp: "Google Cloud",
  azure: "Microsoft Azure",
  digitalocean: "DigitalOcean",
  hetzner: "Hetzner Cloud",
  akamai: "Akamai (Linode)",
  openstack: "OpenStack",
  oracle: "Oracle Cloud",
  ibm: "IBM Cloud",
  alibaba: "Alibaba Cloud",
  scaleway: "Scaleway",
  vsphere: "vSphere",
};

/** As people call it: "Amazon EKS", "Microsoft Azure". */
export function platformName(key: Distribution | CloudProvider): string {
  return NAMES[key];
}
