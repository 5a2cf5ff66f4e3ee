import type { JsonRecord } from "../model/json";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import type { Scope } from "../model/verdict";
import type { Settings } from "./inventory";
import { isShippedDefault } from "./shipped-rbac";

/** Namespaces that belong to the cluster itself or its provider; a trailing `*` is a prefix. */
const PLATFORM_NAMESPACES = [
  "kube-system",
  "kube-public",
  "kube-node-lease",
  "gke-*",
  "gmp-*",
  "asm-system",
  "cnrm-system",
  "config-management-monitoring",
  "config-management-system",
  "configconnector-operator-system",
  "resource-group-system",
  "amazon-*",
  "aws-*",
  "azure-*",
  "aks-command",
  "aks-istio-*",
  "app-routing-system",
  "dataprotection-microsoft",
  "ibm-cert-store",
  "ibm-observe",
  "ibm-operators",
  "ibm-services-system",
  "ibm-system",
  "calico-system",
  "calico-apiserver",
  "tigera-operator",
  "cilium*",
  "kube-flannel",
  "local-path-storage",
  "openshift",
  "openshift-*",
  "cattle-*",
  "harvester-public",
  "harvester-system",
  "k0s-autopilot",
  "k0s-system",
  "tanzu-package-repo-global",
  "tkg-system",
  "tkg-system-public",
  "vmware-system-*",
] as const;

export function isPlatformNamespace(namespace: string, settings: Pick<Settings, "platformNamespaces">): boolean {
  return [...PLATFORM_NAMESPACES, ...settings.platformNamespaces].some((pattern) =>
    pattern.endsWith("*") ? pattern.length > 1 && namespace.startsWith(pattern.slice(0, -1)) : namespace === pattern,
  );
}

/** What the API server made for itself, unchanged. A name and a label alone prove nothing: anyone can set them. */
function isPlatformRbac(ref: ResourceRef, body: JsonRecord): boolean {
  return apiGroup(ref) === "rbac.authorization.k8s.io" && isShippedDefault(ref, body);
}

export type ScopeOf = (ref: ResourceRef, body: JsonRecord) => Scope;

/** Platform subjects score apart; the answer is remembered per namespace. */
export function createScopeOf(settings: Pick<Settings, "platformNamespaces">): ScopeOf {
  const known = new Map<string, Scope>();
  const scopeOfNamespace = (namespace: string): Scope => {
    let scope = known.get(namespace);
    if (scope === undefined) known.set(namespace, (scope = isPlatformNamespace(namespace, settings) ? "platform" : "workload"));
    return scope;
  };
  return (ref, body) => {
    if (isPlatformRbac(ref, body)) return "platform";
    if (ref.kind === "Namespace") return scopeOfNamespace(ref.name);
    return ref.namespace === null ? "workload" : scopeOfNamespace(ref.namespace);
  };
}
