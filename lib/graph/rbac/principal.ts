import type { ResourceRef } from "../../model/resource-ref";
import type { Scope } from "../../model/verdict";

/** An identity that a binding names: a person, a group, or a service account. */
export interface Identity {
  readonly kind: "User" | "Group" | "ServiceAccount";
  /** Only for service accounts. */
  readonly namespace: string | null;
  readonly name: string;
}

/** What a row of bindings gives. */
export interface Holding {
  /** How many hold it. */
  readonly holders: number;
}

/** Subject of the RBAC capability controls: one identity, in one scope, with every rule that reaches it there. */
export interface Principal {
  readonly ref: ResourceRef;
  readonly identity: Identity;
  /** `cluster` = through ClusterRoleBindings; `namespaced` = through RoleBindings, all namespaces together. */
  readonly reach: "cluster" | "namespaced";
  readonly scope: Scope;
  /** Nothing but what the API server made for it itself, unchanged: the account of a controller of the control plane, say. */
  readonly isShipped: boolean;
  readonly grants: readonly Grant[];
  /** One and the same for all that hold the same through the same bindings, whoever they are: a binding may name thousands. */
  readonly holding: Holding;
}

/** One rule that reaches a principal, with the way it came. */
export interface Grant {
  readonly binding: ResourceRef;
  readonly subjectIndex: number;
  readonly role: ResourceRef;
  /** Aggregated ClusterRoles: the role that the rule came from, when it can be told. */
  readonly sourceRole?: ResourceRef;
  readonly ruleIndex: number;
  readonly rule: PolicyRule;
  /** null = cluster-wide. */
  readonly namespace: string | null;
}

/** A rule with every list present, `apiGroups`, `resources`... as written. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}
