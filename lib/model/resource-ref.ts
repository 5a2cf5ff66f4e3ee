import { record, text } from "./json";
import { toKeptText } from "./kept-text";

/** Names one Kubernetes object. `namespace` is null for cluster-scoped objects. */
export interface ResourceRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** "apps" of `apps/v1`; "" = the core group. */
export function apiGroup({ apiVersion }: Pick<ResourceRef, "apiVersion">): string {
  return apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
}

/** "v1" of `apps/v1`. */
export function apiVersionName({ apiVersion }: Pick<ResourceRef, "apiVersion">): string {
  return apiVersion.slice(apiVersion.indexOf("/") + 1);
}

/** The subject of controls that ask about the cluster as a whole: it is no object of it, and has no manifest. */
export function isWholeCluster(ref: Pick<ResourceRef, "apiVersion" | "kind">): boolean {
  return ref.kind === "Cluster" && apiGroup(ref) === "concentric.dev";
}

/** Identity over time, as the next scan finds it stored: no version, no uid. `apps/Deployment/shop/cart`; core group = empty first part. */
export function resourceKey(ref: ResourceRef): string {
  const key = `${apiGroup(ref)}/${ref.kind}/${ref.namespace ?? "-"}/${ref.name}`;
  return key.includes("\0") || !key.isWellFormed() ? toKeptText(key) : key;
}

const CLUSTER_SCOPED = new Set([
  "Namespace",
  "NodeClass",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "StorageClass",
  "CSIDriver",
  "RuntimeClass",
  "PriorityClass",
  "IngressClass",
  "IngressClassParams",
  "CustomResourceDefinition",
  "APIService",
  "CertificateSigningRequest",
  "ValidatingWebhookConfiguration",
  "MutatingWebhookConfiguration",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "SecurityContextConstraints",
  "GatewayClass",
  "ClusterPolicy",
  "ValidatingPolicy",
  "ImageValidatingPolicy",
  "ClusterImagePolicy",
  "ConstraintTemplate",
  "ClusterExternalSecret",
  "KongClusterPlugin",
  "GlobalNetworkPolicy",
  "Tier",
  "GlobalNetworkSet",
  "HostEndpoint",
  "IngressNodeFirewall",
  "CiliumClusterwideNetworkPolicy",
  "CiliumCIDRGroup",
  "ClusterNetworkPolicy",
  "AdminNetworkPolicy",
  "BaselineAdminNetworkPolicy",
  "ClusterUserDefinedNetwork",
  "ClusterNetworkConnect",
  "KubeletConfiguration",
  "APIServerMetrics",
  "APIServerProbe",
]);

/** Where the API server puts a namespaced object of a request that names no namespace. */
export const DEFAULT_NAMESPACE = "default";

/** Each template of Gatekeeper makes a kind of its own here. */
const CLUSTER_SCOPED_GROUP = "constraints.gatekeeper.sh";

/** A machine, and not what an operator calls a Node. */
export function isNode(ref: Pick<ResourceRef, "apiVersion" | "kind">): boolean {
  return ref.kind === "Node" && apiGroup(ref) === "";
}

/** Many operators call what they run a Cluster or a Node, in a namespace, as databases do. */
function isClusterScoped(ref: Pick<ResourceRef, "apiVersion" | "kind">): boolean {
  return CLUSTER_SCOPED.has(ref.kind) || isNode(ref) || isWholeCluster(ref) || apiGroup(ref) === CLUSTER_SCOPED_GROUP;
}

/** Reads the name of an object of any shape; a namespaced object that names no namespace is in `unplaced`. */
export function toResourceRef(object: unknown, unplaced = DEFAULT_NAMESPACE): ResourceRef {
  const body = record(object);
  const metadata = record(body.metadata);
  const kind = text(body.kind) ?? "Unknown";
  const apiVersion = text(body.apiVersion) ?? "v1";
  const namespace = text(metadata.namespace);
  return {
    apiVersion,
    kind,
    namespace: isClusterScoped({ apiVersion, kind }) ? null : namespace || unplaced,
    name: text(metadata.name) || text(metadata.generateName) || "",
  };
}
