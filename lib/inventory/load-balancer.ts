import { list, record, records, text, texts } from "../model/json";
import type { CloudProvider } from "./cloud-provider";
import { isPublicAddress, isWorldCidr } from "./ip-address";
import type { KubeObject } from "./kube-object";

/** `pending` = neither the object nor the cluster tells where its address will be. */
export type LoadBalancerReach = "external" | "internal" | "pending";

export interface LoadBalancer {
  readonly reach: LoadBalancerReach;
  /** One sentence on why. */
  readonly because: string;
  /** Ranges that may connect, with the field that holds each. */
  readonly ranges: readonly { readonly cidr: string; readonly path: string }[];
  /** Its ranges admit named networks only, wherever its address is. */
  readonly isLimited: boolean;
  /** External, and nothing keeps the internet out. */
  readonly isOpen: boolean;
}

const K8S = "service.beta.kubernetes.io/";
/** Heeded by that cloud alone; null = by one that nodes do not tell. */
type Rule = readonly [provider: CloudProvider | null, annotation: string, value: RegExp];

const INTERNAL: readonly Rule[] = [
  ["aws", `${K8S}aws-load-balancer-scheme`, /^internal$/],
  // Anything but a no has always meant yes here.
  ["aws", `${K8S}aws-load-balancer-internal`, /^(?!(?:false|f|0)$)./i],
  ["gcp", "networking.gke.io/load-balancer-type", /^internal$/i],
  ["gcp", "cloud.google.com/load-balancer-type", /^internal$/i],
  ["azure", `${K8S}azure-load-balancer-internal`, /^true$/],
  ["openstack", `${K8S}openstack-internal-load-balancer`, /^true$/],
  ["oracle", `${K8S}oci-load-balancer-internal`, /^true$/],
  ["oracle", "oci-network-load-balancer.oraclecloud.com/internal", /^true$/],
  ["alibaba", `${K8S}alibaba-cloud-loadbalancer-address-type`, /^intranet$/],
  ["ibm", "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", /^private$/],
  ["hetzner", "load-balancer.hetzner.cloud/disable-public-network", /^true$/],
  [null, "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", /./],
  ["digitalocean", `${K8S}do-loadbalancer-network`, /^internal$/i],
  ["scaleway", `${K8S}scw-loadbalancer-private`, /^true$/i],
];

const AWS_CONTROLLER_CLASSES = new Set(["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"]);
const RANGE_ANNOTATIONS = [`${K8S}load-balancer-source-ranges`, `${K8S}azure-allowed-ip-ranges`];

function readRanges(service: KubeObject): LoadBalancer["ranges"] {
  const fromSpec = texts(record(service.body.spec).loadBalancerSourceRanges).map((cidr, i) => ({ cidr, path: `spec.loadBalancerSourceRanges[${i}]` }));
  // The annotation of all clouds is read only where the field is empty; that of Azure adds to either.
  const names = fromSpec.length > 0 ? RANGE_ANNOTATIONS.slice(1) : RANGE_ANNOTATIONS;
  const fromAnnotations = names.flatMap((name) =>
    (service.annotations[name] ?? "")
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map((cidr) => ({ cidr, path: `metadata.annotations["${name}"]` })),
  );
  return [...fromSpec, ...fromAnnotations];
}

/** The cloud that a Service is written for, when the nodes do not tell. */
function guessProvider(service: KubeObject, hostnames: readonly string[]): CloudProvider | null {
  const names = Object.keys(service.annotations);
  if (names.some((name) => name.startsWith(`${K8S}aws-`)) || hostnames.some((host) => host.endsWith(".amazonaws.com"))) return "aws";
  if (names.some((name) => name.startsWith(`${K8S}azure-`))) return "azure";
  if (names.some((name) => name.startsWith("networking.gke.io/") || name.startsWith("cloud.google.com/"))) return "gcp";
  return null;
}

function decideReach(service: KubeObject, knownProvider: CloudProvider | null): Pick<LoadBalancer, "reach" | "because"> {
  const spec = record(service.body.spec);
  const entries = records(list(record(record(service.body.status).loadBalancer).ingress));
  const addresses = entries.flatMap((entry) => text(entry.ip) ?? []);
  // What is there counts before what was asked for: the annotation may be that of another cloud.
  const open = addresses.find(isPublicAddress);
  if (open !== undefined) return { reach: "external", because: `Its address ${open} is on the internet.` };
  const isOf = (cloud: CloudProvider | null) => knownProvider === null || knownProvider === cloud;
  const internal = INTERNAL.find(([cloud, name, value]) => isOf(cloud) && value.test(service.annotations[name] ?? ""));
  if (internal) return { reach: "internal", because: `The annotation ${internal[1]} asks for an internal load balancer.` };
  const hostnames = entries.flatMap((entry) => text(entry.hostname) ?? []);
  if (hostnames.some((host) => host.startsWith("internal-"))) return { reach: "internal", because: "Its host name is that of an internal load balancer." };
  const type = service.annotations[`${K8S}aws-load-balancer-type`];
  const isController = AWS_CONTROLLER_CLASSES.has(text(spec.loadBalancerClass) ?? "") || type === "external" || type === "nlb-ip";
  if (isController && isOf("aws") && service.annotations[`${K8S}aws-load-balancer-scheme`] === undefined) {
    return { reach: "internal", because: "The AWS Load Balancer Controller makes internal load balancers unless a scheme is set." };
  }
  if (addresses.length > 0 && hostnames.length === 0) return { reach: "internal", because: `Its address ${addresses[0]} is private.` };
  const provider = knownProvider ?? guessProvider(service, hostnames);
  if (provider && provider !== "vsphere")
    return { reach: "external", because: "No annotation asks for an internal load balancer, so the cloud makes a public one." };
  return { reach: "pending", because: "It has no address yet, and nothing tells which cloud makes its load balancer." };
}

/** How a Service of type LoadBalancer is reached; null for every other Service. */
export function readLoadBalancer(service: KubeObject, provider: CloudProvider | null): LoadBalancer | null {
  if (record(service.body.spec).type !== "LoadBalancer") return null;
  const ranges = readRanges(service);
  const { reach, because } = decideReach(service, provider);
  const isLimited = ranges.length > 0 && !ranges.some((range) => isWorldCidr(range.cidr));
  return { reach, because, ranges, isLimited, isOpen: reach === "external" && !isLimited };
}
