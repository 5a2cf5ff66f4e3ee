import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";

export function rule(group: string, resources: readonly string[], verbs: readonly string[], resourceNames?: readonly string[]): JsonRecord {
  return { apiGroups: [group], resources, verbs, ...(resourceNames && { resourceNames }) };
}

type Rule = Parameters<typeof rule>;

/** The rules of a role that has one. */
export function allow(...parts: Rule): { readonly rules: readonly JsonRecord[] } {
  return { rules: [rule(...parts)] };
}

/** One rule for the service account `app` of the namespace shop, in the whole cluster. */
export function everywhere(...parts: Rule): readonly JsonRecord[] {
  return [clusterRole(allow(...parts)), clusterRoleBinding()];
}

/** The same in the namespace shop, by a Role of it. */
export function inShop(...parts: Rule): readonly JsonRecord[] {
  return [role(allow(...parts)), roleBinding()];
}

/** The same in the namespace shop, by a ClusterRole. */
export function throughBinding(...parts: Rule): readonly JsonRecord[] {
  return [clusterRole(allow(...parts)), roleBinding({ roleRef: { kind: "ClusterRole", name: "app" } })];
}
