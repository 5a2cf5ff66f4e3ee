import type { JsonRecord } from "../model/json";
import { apiGroup, type ResourceRef } from "../model/resource-ref";
import type { Scope } from "../model/verdict";
import type { Inventory, Settings } from "./inventory";
import { isProviderRbac } from "./provider-rbac";
import { isShippedDefault } from "./shipped-rbac";
import { fitsName } from "./values/fits-name";

/**
 * Namespaces that belong to the cluster itself or its provider; a trailing `*` is a prefix. A release that knows more adds a list of them: a snapshot is shown
 * by those of its time.
 */
const PLATFORM_NAMESPACES: readonly (readonly string[])[] = [
  [
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "gke-*",
    "gmp-*",
    "config-management-system",
    "amazon-*",
    "aws-*",
    "azure-*",
    "calico-system",
    "calico-apiserver",
    "tigera-operator",
    "cilium*",
    "kube-flannel",
    "local-path-storage",
    "openshift-*",
  ],
  [
    "asm-system",
    "cnrm-system",
    "config-management-monitoring",
    "configconnector-operator-system",
    "resource-group-system",
    "aks-command",
    "aks-istio-*",
    "app-routing-system",
    "dataprotection-microsoft",
    "ibm-cert-store",
    "ibm-observe",
    "ibm-operators",
    "ibm-services-system",
    "ibm-system",
    "openshift",
    "cattle-*",
    "harvester-public",
    "harvester-system",
    "k0s-autopilot",
    "k0s-system",
    "tanzu-package-repo-global",
    "tkg-system",
    "tkg-system-public",
    "vmware-system-*",
  ],
];
/** What a snapshot keeps of what its release counted to the platform. */
export const PLATFORM_RULES = PLATFORM_NAMESPACES.length;

type PlatformSettings = Pick<Settings, "platformNamespaces" | "platformRules">;

export function isPlatformNamespace(namespace: string, { platformNamespaces, platformRules = PLATFORM_RULES }: PlatformSettings): boolean {
  return [...PLATFORM_NAMESPACES.slice(0, platformRules).flat(), ...platformNamespaces].some((pattern) => fitsName(pattern, namespace));
}

/** What the API server made for itself, unchanged, or the provider. A name and a label alone prove nothing: anyone can set them. */
function isPlatformRbac(ref: ResourceRef, body: JsonRecord, distribution: Inventory["distribution"]): boolean {
  if (apiGroup(ref) !== "rbac.authorization.k8s.io") return false;
  return isShippedDefault(ref, body) || (distribution ? isProviderRbac(distribution, ref, body) : false);
}

export type ScopeOf = (ref: ResourceRef, body: JsonRecord) => Scope;

/** Platform subjects score apart; the answer is remembered per namespace. */
export function createScopeOf(settings: PlatformSettings, distribution: Inventory["distribution"]): ScopeOf {
  const known = new Map<string, Scope>();
  const scopeOfNamespace = (namespace: string): Scope => {
    let scope = known.get(namespace);
    if (scope === undefined) known.set(namespace, (scope = isPlatformNamespace(namespace, settings) ? "platform" : "workload"));
    return scope;
  };
  return (ref, body) => {
    if (isPlatformRbac(ref, body, distribution)) return "platform";
    if (ref.kind === "Namespace") return scopeOfNamespace(ref.name);
    return ref.namespace === null ? "workload" : scopeOfNamespace(ref.namespace);
  };
}
