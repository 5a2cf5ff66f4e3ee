import { type KubeObject, toKubeObject } from "../../inventory/kube-object";
import { type Context, defineView } from "../../inventory/view";
import { addToList } from "../../model/add-to-list";
import { record, text } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { fillAggregated, findSourceRoles, withSources } from "./aggregation";
import { identityKey, toIdentity } from "./identity";
import { toPolicyRules } from "./policy-rules";
import type { IndexedRole } from "./indexed-role";
import type { Identity } from "./principal";
import type { SourceRoles } from "./rule-origins";

export interface IndexedBinding {
  readonly object: KubeObject;
  /** null = cluster-wide. */
  readonly namespace: string | null;
  readonly roleRef: ResourceRef;
  /** null = the role does not exist. */
  readonly role: IndexedRole | null;
  /** By index of `subjects`; null = the entry reaches nobody. */
  readonly identities: readonly (Identity | null)[];
  /** The entries of `subjects` that mean one identity, by `identityKey`: nothing stops a binding from naming somebody twice. */
  readonly indexesOf: ReadonlyMap<string, readonly number[]>;
}

/** An identity in one binding, by the first entry of its subjects that means it. */
export interface BoundEntry {
  readonly binding: IndexedBinding;
  readonly subjectIndex: number;
}

export interface RbacIndex {
  /** By `roleKey`. */
  readonly roles: ReadonlyMap<string, IndexedRole>;
  readonly sources: SourceRoles;
  readonly bindings: readonly IndexedBinding[];
  readonly byObject: ReadonlyMap<KubeObject, IndexedBinding>;
  /** By `identityKey`. */
  readonly entries: ReadonlyMap<string, readonly BoundEntry[]>;
  readonly identities: ReadonlyMap<string, Identity>;
  /** Bindings of a role, by `roleKey`. */
  readonly bindingsOf: ReadonlyMap<string, readonly IndexedBinding[]>;
  /** By `roleKey`: what bindings name, and the roles whose rules that takes, however far down. */
  readonly bound: ReadonlySet<string>;
}

export function roleKey(ref: Pick<ResourceRef, "kind" | "namespace" | "name">): string {
  return ref.kind === "ClusterRole" ? `ClusterRole ${ref.name}` : `Role ${ref.namespace}/${ref.name}`;
}

function toRoleRef(binding: KubeObject): ResourceRef {
  const roleRef = record(binding.body.roleRef);
  const kind = text(roleRef.kind) ?? "ClusterRole";
  const namespace = kind === "ClusterRole" ? null : binding.ref.namespace;
  return { apiVersion: "rbac.authorization.k8s.io/v1", kind, namespace, name: text(roleRef.name) ?? "" };
}

/** Every API server makes it, and restores it at every start: it is there even where a set of manifests does not list it. */
const CLUSTER_ADMIN_BODY = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "cluster-admin", labels: { "kubernetes.io/bootstrapping": "rbac-defaults" } },
  rules: [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["*"] },
  ],
};
const CLUSTER_ADMIN: IndexedRole = { object: toKubeObject(CLUSTER_ADMIN_BODY, () => "platform"), rules: toPolicyRules(CLUSTER_ADMIN_BODY) };

/** Roles, bindings and identities of a set of RBAC objects, joined once. */
export function buildRbacIndex(roleObjects: readonly KubeObject[], bindingObjects: readonly KubeObject[]): RbacIndex {
  const roles = new Map<string, IndexedRole>();
  for (const object of roleObjects) roles.set(roleKey(object.ref), { object, rules: toPolicyRules(object.body) });
  const sources = findSourceRoles(roles);
  fillAggregated(roles, sources);
  const bindings: IndexedBinding[] = [];
  const entries = new Map<string, BoundEntry[]>();
  const identities = new Map<string, Identity>();
  const bindingsOf = new Map<string, IndexedBinding[]>();
  for (const object of bindingObjects) {
    const namespace = object.ref.kind === "ClusterRoleBinding" ? null : object.ref.namespace;
    const roleRef = toRoleRef(object);
    const isReachable = namespace !== null || roleRef.kind === "ClusterRole";
    const subjects = Array.isArray(object.body.subjects) ? object.body.subjects : [];
    const indexesOf = new Map<string, number[]>();
    const binding: IndexedBinding = {
      object,
      namespace,
      roleRef,
      role: (isReachable && (roles.get(roleKey(roleRef)) ?? (roleKey(roleRef) === roleKey(CLUSTER_ADMIN.object.ref) ? CLUSTER_ADMIN : null))) || null,
      identities: subjects.map((subject) => toIdentity(record(subject), namespace)),
      indexesOf,
    };
    bindings.push(binding);
    addToList(bindingsOf, roleKey(roleRef), binding);
    binding.identities.forEach((identity, subjectIndex) => {
      if (!identity) return;
      const key = identityKey(identity);
      identities.set(key, identity);
      if (!indexesOf.has(key)) addToList(entries, key, { binding, subjectIndex });
      addToList(indexesOf, key, subjectIndex);
    });
  }
  const byObject = new Map(bindings.map((binding) => [binding.object, binding]));
  return { roles, sources, bindings, byObject, entries, identities, bindingsOf, bound: withSources(bindingsOf.keys(), sources) };
}

/** Whether a binding names a role, or an aggregated role that takes its rules, however far up. */
export function isRoleBound({ ref }: KubeObject, { bound }: RbacIndex): boolean {
  return bound.has(roleKey(ref));
}

export const rbacIndexView = defineView({
  reads: ["roles", "bindings"],
  compute: ({ slices }) => buildRbacIndex(slices.roles, slices.bindings),
});

/** Where bindings name an identity itself, not a group that it is in. */
export function listBoundEntries(identity: Identity, context: Context<"roles" | "bindings">): readonly BoundEntry[] {
  return context.view(rbacIndexView).entries.get(identityKey(identity)) ?? [];
}
