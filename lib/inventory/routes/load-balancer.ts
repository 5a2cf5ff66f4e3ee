import { isRecord, type JsonRecord, list, parseJson, record, records, text, texts } from "../../model/json";
import type { CloudProvider } from "../cloud/cloud-provider";
import { isIpAddress, isPublicAddress, isWorldCidr } from "../../model/ip-address";
import type { KubeObject } from "../kube-object";

/** `pending` = neither the object nor the cluster tells where its address will be. */
type LoadBalancerReach = "external" | "internal" | "pending";

export interface LoadBalancer {
  readonly reach: LoadBalancerReach;
  /** One sentence on why. */
  readonly because: string;
  /** Internal by what one cloud alone heeds, where neither the nodes nor an address show that this cloud makes it. */
  readonly isAssumed: boolean;
  /** As the nodes or its host name tell; null = nothing does. */
  readonly cloud: CloudProvider | null;
  /** Ranges that may connect, with the field that holds each; empty where its cloud heeds none of those that are written. */
  readonly ranges: readonly { readonly cidr: string; readonly path: string }[];
  /** Its ranges admit named networks only, wherever its address is. */
  readonly isLimited: boolean;
  /** False where ranges do nothing. */
  readonly heedsRanges: boolean;
  /** Why nobody can tell who may connect: the rules are kept outside of the cluster. Null = it can be told. */
  readonly hiddenBecause: string | null;
  /** External, and nothing that shows keeps the internet out. */
  readonly isOpen: boolean;
}

const K8S = "service.beta.kubernetes.io/";
const HETZNER = "load-balancer.hetzner.cloud/";
/** Heeded by that cloud alone; null = by one that nodes do not tell. */
type Rule = readonly [provider: CloudProvider | null, annotation: string, value: RegExp];

/** As the AWS Load Balancer Controller reads them: the first that is there decides. */
const AWS_SCHEMES = [`${K8S}aws-load-balancer-scheme`, `${K8S}aws-load-balancer-internal`] as const;

/** As Go reads a switch; most clouds take one word alone. */
const YES = /^(?:1|t|true)$/i;

const INTERNAL: readonly Rule[] = [
  ["aws", AWS_SCHEMES[0], /^internal$/],
  // Anything but a no has always meant yes here.
  ["aws", AWS_SCHEMES[1], /^(?!(?:false|f|0)$)./i],
  ["gcp", "networking.gke.io/load-balancer-type", /^internal$/i],
  ["gcp", "cloud.google.com/load-balancer-type", /^internal$/i],
  ["azure", `${K8S}azure-load-balancer-internal`, /^true$/],
  ["openstack", `${K8S}openstack-internal-load-balancer`, /^true$/],
  ["oracle", `${K8S}oci-load-balancer-internal`, YES],
  ["oracle", "oci-network-load-balancer.oraclecloud.com/internal", YES],
  ["alibaba", `${K8S}alibaba-cloud-loadbalancer-address-type`, /^intranet$/],
  ["ibm", "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", /^private$/],
  ["hetzner", `${HETZNER}disable-public-network`, /^true$/],
  [null, "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", /./],
  ["digitalocean", `${K8S}do-loadbalancer-network`, /^internal$/i],
  ["scaleway", `${K8S}scw-loadbalancer-private`, YES],
];

const AWS_CONTROLLER_CLASSES = new Set(["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"]);
/** What AWS names a classic or an application load balancer that is on the internet: a network load balancer has its region behind `elb`. */
export const AWS_PUBLIC_HOST = /^(?!internal-)[^.]+\.[a-z]+(?:-[a-z]+)+-\d\.elb\.amazonaws\.com(?:\.cn)?$/;
const LINODE_ACL = `${K8S}linode-loadbalancer-firewall-acl`;
/** Their rules are not in the cluster, or the cloud reads no ranges beside them. */
const RULES: Partial<Readonly<Record<CloudProvider, readonly string[]>>> = {
  aws: [`${K8S}aws-load-balancer-security-groups`, `${K8S}aws-load-balancer-security-group-prefix-lists`],
  akamai: [`${K8S}linode-loadbalancer-firewall-id`, LINODE_ACL],
  alibaba: [`${K8S}alibaba-cloud-loadbalancer-acl-id`],
};
/** Load balancers without a firewall that ranges would set, and how annotations begin that are for them alone. */
const IGNORING: Partial<Readonly<Record<CloudProvider, { readonly name: string; readonly prefix: string }>>> = {
  hetzner: { name: "Hetzner load balancers", prefix: HETZNER },
  akamai: { name: "Linode NodeBalancers", prefix: `${K8S}linode-loadbalancer-` },
};
export const sayHiddenRules = (annotation: string): string =>
  `Who may connect is decided by what the annotation ${annotation} names, which the cluster does not show.`;
/** Classes of clouds; a cloud leaves a Service of any other class to a program of the cluster. */
const CLOUD_CLASS = /^(?:service\.k8s\.aws|eks\.amazonaws\.com|networking\.gke\.io|alibabacloud\.com)\//;
const GKE_INTERNAL_CLASS = /^networking\.gke\.io\/l4-regional-internal/;

const ALL_RANGES = `${K8S}load-balancer-source-ranges`;
const AZURE_RANGES = `${K8S}azure-allowed-ip-ranges`;
const AZURE_TAGS = `${K8S}azure-allowed-service-tags`;
const DIGITALOCEAN_RANGES = `${K8S}do-loadbalancer-allow-rules`;
/** Annotations that limit who may connect. */
export const RANGE_ANNOTATIONS = [ALL_RANGES, AZURE_RANGES, AZURE_TAGS];

function classOf(service: KubeObject): string {
  return text(record(service.body.spec).loadBalancerClass) ?? "";
}

function isForeign(service: KubeObject): boolean {
  const name = classOf(service);
  return name !== "" && !CLOUD_CLASS.test(name);
}

function readRanges(service: KubeObject, provider: CloudProvider | null): LoadBalancer["ranges"] {
  const fromSpec = texts(record(service.body.spec).loadBalancerSourceRanges).map((cidr, i) => ({ cidr, path: `spec.loadBalancerSourceRanges[${i}]` }));
  // The annotations of all clouds and of DigitalOcean are read only where the field is empty; those of Azure add to either.
  const elsewhere = provider === "digitalocean" ? [ALL_RANGES, DIGITALOCEAN_RANGES] : [ALL_RANGES];
  const names = [...(fromSpec.length > 0 ? [] : elsewhere), ...(provider === null || provider === "azure" ? [AZURE_RANGES, AZURE_TAGS] : [])];
  const fromAnnotations = names.flatMap((name) =>
    (service.annotations[name] ?? "")
      .split(",")
      .map((part) => part.trim().replace(/^(?:cidr|ip):/, ""))
      .filter((part) => part !== "")
      .map((part) => ({ cidr: name === AZURE_TAGS && /^internet$/i.test(part) ? "0.0.0.0/0" : part, path: `metadata.annotations["${name}"]` })),
  );
  return [...fromSpec, ...fromAnnotations];
}

/** What the firewall of a NodeBalancer lets in: all, where it names those whom it keeps out. Null = it has none that can be read. */
function readLinodeAcl({ annotations }: KubeObject): LoadBalancer["ranges"] | null {
  const acl = parseJson(annotations[LINODE_ACL] ?? "");
  if (!isRecord(acl)) return null;
  const { ipv4, ipv6 } = record(acl.allowList);
  return [...texts(ipv4), ...texts(ipv6)].map((cidr) => ({ cidr, path: `metadata.annotations["${LINODE_ACL}"]` }));
}

function entriesOf(service: KubeObject): readonly JsonRecord[] {
  return records(list(record(record(service.body.status).loadBalancer).ingress));
}

function hostnamesOf(service: KubeObject): readonly string[] {
  return entriesOf(service).flatMap((entry) => text(entry.hostname) ?? []);
}

/** The cloud that made it, as its host name shows. */
function madeBy(hostnames: readonly string[]): CloudProvider | null {
  return hostnames.some((host) => /\.amazonaws\.com(?:\.cn)?$/.test(host)) ? "aws" : null;
}

/** The cloud that a Service is written for, when neither nodes nor its host name tell. */
function guessProvider(service: KubeObject): CloudProvider | null {
  const names = Object.keys(service.annotations);
  if (names.some((name) => name.startsWith(`${K8S}aws-`))) return "aws";
  if (names.some((name) => name.startsWith(`${K8S}azure-`))) return "azure";
  if (names.some((name) => name.startsWith("networking.gke.io/") || name.startsWith("cloud.google.com/"))) return "gcp";
  if (names.some((name) => name.startsWith(HETZNER))) return "hetzner";
  return null;
}

/** By which a Service asks programs that give out addresses of the network of a cluster for its own. */
const ASKS = [
  "metallb.io/loadBalancerIPs",
  "metallb.universe.tf/loadBalancerIPs",
  "kube-vip.io/loadbalancerIPs",
  "lbipam.cilium.io/ips",
  "io.cilium/lb-ipam-ips",
];

function askedAddresses({ annotations, body }: KubeObject): readonly string[] {
  const asked = [text(record(body.spec).loadBalancerIP) ?? "", ...ASKS.flatMap((name) => (annotations[name] ?? "").split(","))].map((item) => item.trim());
  return asked.filter((address) => isIpAddress(address) && address !== "0.0.0.0");
}

function decideReach(
  service: KubeObject,
  knownProvider: CloudProvider | null,
  provider: CloudProvider | null,
): Pick<LoadBalancer, "reach" | "because"> & Partial<Pick<LoadBalancer, "isAssumed">> {
  const entries = entriesOf(service);
  const addresses = entries.flatMap((entry) => text(entry.ip) ?? []);
  const hostnames = hostnamesOf(service);
  // What is there counts before what was asked for: the annotation may be that of another cloud.
  const open = addresses.find(isPublicAddress) ?? hostnames.find((host) => AWS_PUBLIC_HOST.test(host));
  if (open !== undefined) return { reach: "external", because: `Its address ${open} is on the internet.` };
  const isOf = (cloud: CloudProvider | null) => knownProvider === null || knownProvider === cloud;
  const type = service.annotations[`${K8S}aws-load-balancer-type`];
  const isController = isOf("aws") && (AWS_CONTROLLER_CLASSES.has(classOf(service)) || type === "external" || type === "nlb-ip");
  const scheme = isController ? AWS_SCHEMES.find((name) => service.annotations[name] !== undefined) : undefined;
  // Whatever else made one does not heed the newer annotation; before one is made, the controller may still take the Service.
  const countsForAws = (name: string) => (isController ? name === scheme : name !== AWS_SCHEMES[0] || entries.length === 0);
  const counts = (cloud: CloudProvider | null, name: string) => isOf(cloud) && (cloud !== "aws" || countsForAws(name));
  const internal = INTERNAL.find(([cloud, name, value]) => counts(cloud, name) && value.test(service.annotations[name] ?? ""));
  const isAssumed = knownProvider === null && (addresses.length === 0 || hostnames.length > 0);
  if (internal) return { reach: "internal", because: `The annotation ${internal[1]} asks for an internal load balancer.`, isAssumed };
  if (isOf("gcp") && GKE_INTERNAL_CLASS.test(classOf(service)))
    return { reach: "internal", because: `The class ${classOf(service)} is one of internal load balancers.` };
  if (hostnames.some((host) => host.startsWith("internal-"))) return { reach: "internal", because: "Its host name is that of an internal load balancer." };
  if (isController && scheme === undefined)
    return {
      reach: "internal",
      because: "The AWS Load Balancer Controller makes internal load balancers unless a scheme is set.",
      isAssumed: isAssumed && !AWS_CONTROLLER_CLASSES.has(classOf(service)),
    };
  if (classOf(service) === "tailscale") return { reach: "internal", because: "Load balancers of Tailscale are for the members of its network." };
  const isOther = isForeign(service);
  if (addresses.length > 0 && (hostnames.length === 0 || isOther)) return { reach: "internal", because: `Its address ${addresses[0]} is private.` };
  const asked = entries.length > 0 || (provider && provider !== "vsphere" && !isOther) ? [] : askedAddresses(service);
  const askedOpen = asked.find(isPublicAddress);
  if (askedOpen !== undefined) return { reach: "external", because: `It asks for the address ${askedOpen}, which is on the internet.` };
  if (asked.length > 0) return { reach: "internal", because: `It asks for the address ${asked[0]}, which is private.` };
  if (isOther) return { reach: "pending", because: `It has no address yet, and nothing tells where load balancers of the class ${classOf(service)} are.` };
  if (provider && provider !== "vsphere")
    return { reach: "external", because: "No annotation asks for an internal load balancer, so the cloud makes a public one." };
  return { reach: "pending", because: "It has no address yet, and nothing tells which cloud makes its load balancer." };
}

/** How a Service of type LoadBalancer is reached; null for every other Service. */
export function readLoadBalancer(service: KubeObject, knownProvider: CloudProvider | null): LoadBalancer | null {
  if (record(service.body.spec).type !== "LoadBalancer") return null;
  const cloud = knownProvider ?? madeBy(hostnamesOf(service));
  const provider = cloud ?? guessProvider(service);
  // Other programs that give addresses to Services there leave the ranges to kube-proxy.
  const ignoring = provider === null || isForeign(service) ? undefined : IGNORING[provider];
  const acl = provider === "akamai" && ignoring ? readLinodeAcl(service) : null;
  const hidden = provider === null ? undefined : RULES[provider]?.find((name) => service.annotations[name] && !(name === LINODE_ACL && acl));
  const heedsRanges = !ignoring || !Object.keys(service.annotations).some((name) => name.startsWith(ignoring.prefix));
  const ranges = hidden === undefined ? (acl ?? (heedsRanges ? readRanges(service, provider) : [])) : [];
  const { reach, because, isAssumed = false } = decideReach(service, cloud, provider);
  const isNarrow = ranges.length > 0 && !ranges.some((range) => isWorldCidr(range.cidr));
  const isLimited = isNarrow && (!ignoring || acl !== null);
  const hiddenBecause =
    hidden !== undefined
      ? sayHiddenRules(hidden)
      : isNarrow && !isLimited && ignoring
        ? `${ignoring.name} ignore source ranges, and it is unknown whether this is one.`
        : null;
  return { reach, because, isAssumed, cloud, ranges, isLimited, heedsRanges, hiddenBecause, isOpen: reach === "external" && !isLimited };
}
