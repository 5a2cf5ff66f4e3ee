import type { KubeObject } from "../../inventory/kube-object";
import { isShippedDefault } from "../../inventory/shipped-rbac";
import type { ResourceRef } from "../../model/resource-ref";
import { type PowerClass, toDirectPower } from "./direct-power";
import { collectCapabilities } from "./held-capabilities";
import { isClusterAdmin, type RbacContext } from "./judge-capability";
import type { Grant, PolicyRule } from "./principal";
import { type IndexedBinding, rbacIndexView } from "./rbac-index";

export function findBinding(binding: KubeObject, context: RbacContext): IndexedBinding | undefined {
  return context.view(rbacIndexView).byObject.get(binding);
}

/** What these give is known, also where a set of manifests does not list them: GETs of paths, such as where the keys of tokens are. */
const SHIPPED_FOR_PATHS = new Set(["system:discovery", "system:monitoring", "system:public-info-viewer", "system:service-account-issuer-discovery"]);
const GET_PATHS: readonly PolicyRule[] = [{ verbs: ["get"], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ["/api"] }];

/** The rules that a binding gives; null = its role is not here. */
export function listBoundRules(binding: KubeObject, context: RbacContext): readonly PolicyRule[] | null {
  const found = findBinding(binding, context);
  if (!found || found.role) return found?.role?.rules ?? null;
  return found.roleRef.kind === "ClusterRole" && SHIPPED_FOR_PATHS.has(found.roleRef.name) ? GET_PATHS : null;
}

/** What these give is known, also where a set of manifests does not list them: they write workloads and read Secrets. */
function isShippedForWriters({ kind, name }: ResourceRef): boolean {
  return kind === "ClusterRole" && (name === "admin" || name === "edit");
}

/** The power class of what one binding gives to each of its subjects. */
export function findBindingPower(binding: KubeObject, context: RbacContext): PowerClass {
  const found = findBinding(binding, context);
  if (!found) return 6;
  if (isClusterAdmin({ role: found.roleRef })) return found.namespace === null ? 1 : 3;
  if (!found.role && isShippedForWriters(found.roleRef)) return found.namespace === null ? 2 : 3;
  const rules = found.role?.rules ?? [];
  const grants = rules.map(
    (rule, ruleIndex): Grant => ({ binding: binding.ref, subjectIndex: 0, role: found.roleRef, ruleIndex, rule, namespace: found.namespace }),
  );
  const { power, actsAs } = toDirectPower(collectCapabilities(grants), context.kubeVersion);
  return actsAs.length > 0 && power > 3 ? 3 : power;
}

const READS = new Set(["get", "list", "watch"]);

/** Their content, or a way in: what a program logs, its ports through the API server, a shell (a GET opens it). */
const TELLING_SUBRESOURCE = /\/(?:log|proxy|exec|attach|portforward|\*)$/;

/** Reads of something other than Secrets and the inside of pods, and nothing else. */
export function isHarmlessRead(rule: PolicyRule): boolean {
  const isTelling = (resource: string): boolean => resource === "*" || resource === "secrets" || TELLING_SUBRESOURCE.test(resource);
  return rule.verbs.every((verb) => READS.has(verb)) && !rule.resources.some(isTelling);
}

/** Of a binding that the API server ships: its role, too, gives no more than it ships with, or than finding the API and asking for one's own rights. */
export function givesAsShipped(binding: KubeObject, context: RbacContext): boolean {
  const role = findBinding(binding, context)?.role;
  if (!isShippedDefault(binding.ref, binding.body) || !role) return isShippedDefault(binding.ref, binding.body);
  return isShippedDefault(role.object.ref, role.object.body) || role.rules.every(isDiscovery);
}

const DISCOVERY_PATH = /^\/(?:healthz|livez|readyz|version|apis?|openapi|swagger[\w.-]*|\.well-known|openid)(?:$|[/*])/;

function isDiscovery(rule: PolicyRule): boolean {
  if (isPathRead(rule)) return rule.nonResourceURLs.every((url) => DISCOVERY_PATH.test(url));
  return rule.verbs.every((verb) => verb === "create") && rule.resources.every((resource) => resource.startsWith("selfsubject"));
}

/** Only GETs of paths such as /healthz. */
export function isPathRead(rule: PolicyRule): boolean {
  return rule.resources.length === 0 && rule.verbs.every((verb) => verb === "get" || verb === "head");
}
