import type { Weakness } from "../../controls/define";
import { isRecord, type JsonRecord, list, record } from "../../model/json";
import type { Patch, PatchOp } from "../../model/patch";
import { type ResourceRef, resourceKey } from "../../model/resource-ref";
import type { KubeObject } from "../../inventory/kube-object";
import { isShippedDefault } from "../../inventory/shipped-rbac";
import { LAST_APPLIED } from "../../inventory/trim-object";
import type { HeldRight } from "./held-right";
import { identityKey } from "./identity";
import type { Grant, PolicyRule, Principal } from "./principal";
import type { RbacContext } from "./judge-capability";
import { type IndexedBinding, rbacIndexView, roleKey } from "./rbac-index";

function toRights(weaknesses: readonly Weakness[]): readonly HeldRight[] {
  return weaknesses.flatMap((weakness) => list(weakness.hint)).filter(isRecord) as unknown as readonly HeldRight[]; // safe: hints are the held rights of capability-weakness
}

/** The rule without the given rights, in the smallest step: drop the resource if others stay, else the verbs; null = drop the rule. */
function reduceRule(
  rule: PolicyRule,
  rights: readonly HeldRight[],
): { readonly field: "resources" | "verbs"; readonly values: readonly string[] } | null | undefined {
  const resources = new Set(rights.map((right) => right.ask.resource));
  const verbs = new Set(rights.map((right) => right.ask.verb));
  if (![...resources].every((resource) => rule.resources.includes(resource)) || rule.resources.includes("*")) return undefined;
  const otherResources = rule.resources.filter((resource) => !resources.has(resource));
  if (otherResources.length > 0) return { field: "resources", values: otherResources };
  if (rule.verbs.includes("*")) return undefined;
  const otherVerbs = rule.verbs.filter((verb) => !verbs.has(verb));
  return otherVerbs.length > 0 ? { field: "verbs", values: otherVerbs } : null;
}

function reduceRole(grants: ReadonlyMap<Grant, readonly HeldRight[]>, context: RbacContext): Patch | null {
  const [first] = grants.keys();
  const index = context.view(rbacIndexView);
  if (!first || [...grants.keys()].some((grant) => roleKey(grant.role) !== roleKey(first.role) || grant.sourceRole)) return null;
  const role = index.roles.get(roleKey(first.role));
  if (!role || (index.bindingsOf.get(roleKey(first.role)) ?? []).length > 1 || isShippedDefault(role.object.ref, role.object.body)) return null;
  const ops: PatchOp[] = [];
  const done = new Set<number>();
  for (const [grant, rights] of grants) {
    if (done.has(grant.ruleIndex)) continue;
    done.add(grant.ruleIndex);
    const reduced = reduceRule(grant.rule, rights);
    if (reduced === undefined) return null;
    const path = `rules[${grant.ruleIndex}]`;
    ops.push(reduced === null ? { op: "remove", path } : { op: "set", path: `${path}.${reduced.field}`, value: reduced.values });
  }
  return { target: role.object.ref, ops, risk: "may-break", note: "Only this binding uses the role. Check with its owner that nothing needs the right." };
}

/** The binding as a manifest to apply; null when no subject is left. */
function withoutSubjects(binding: IndexedBinding, indexes: ReadonlySet<number>): JsonRecord | null {
  const subjects = list(binding.object.body.subjects).filter((_, i) => !indexes.has(i));
  if (subjects.length === 0) return null;
  const { uid: _uid, creationTimestamp: _made, annotations, ...metadata } = record(binding.object.body.metadata);
  const { [LAST_APPLIED]: _applied, ...kept } = record(annotations);
  return { ...binding.object.body, metadata: { ...metadata, ...(Object.keys(kept).length > 0 && { annotations: kept }) }, subjects };
}

/** Some entries of a binding, and all others that mean the same as one of them. */
function withRepeats({ identities, indexesOf }: IndexedBinding, entries: readonly { readonly subjectIndex: number }[]): ReadonlySet<number> {
  const all = new Set<number>();
  for (const { subjectIndex } of entries) {
    if (all.has(subjectIndex)) continue;
    const identity = identities[subjectIndex];
    for (const index of (identity && indexesOf.get(identityKey(identity))) ?? [subjectIndex]) all.add(index);
  }
  return all;
}

/** Removes from bindings whom entries of `subjects` mean; a binding that is left without any entry is deleted. */
export function dropSubjects(entries: readonly { readonly binding: ResourceRef; readonly subjectIndex: number }[], context: RbacContext): Patch | null {
  const bindings = new Map(context.view(rbacIndexView).bindings.map((binding) => [resourceKey(binding.object.ref), binding]));
  const byBinding = [...Map.groupBy(entries, (entry) => resourceKey(entry.binding))].flatMap(([key, ofBinding]) => {
    const binding = bindings.get(key);
    return binding ? [{ binding, indexes: withRepeats(binding, ofBinding) }] : [];
  });
  const kept = byBinding.filter(({ binding, indexes }) => withoutSubjects(binding, indexes) !== null);
  const [only] = kept;
  if (!only && byBinding.length === 0) return null;
  const removed = byBinding.filter((entry) => !kept.includes(entry)).map(({ binding }) => binding.object.ref);
  const note = "Removes the role from this subject. If its work still needs access, bind a narrower role first.";
  const target = only?.binding.object.ref ?? removed[0];
  const base = { ...(target && { target }), risk: "may-break", note } as const;
  if (kept.length <= 1) {
    const ops = only ? [...only.indexes].map((i): PatchOp => ({ op: "remove", path: `subjects[${i}]` })) : [];
    return { ...base, ops, ...(removed.length > 0 && { remove: removed }) };
  }
  // Applied over what is there: deleted first, all others would be without their rights, for ever where making a binding is refused.
  const create = kept.map(({ binding, indexes }) => withoutSubjects(binding, indexes)).filter((body) => body !== null);
  return { ...base, ops: [], ...(removed.length > 0 && { remove: removed }), create };
}

/** Removes from one binding whom its weaknesses name: the hint of each is the index of an entry of `subjects`. */
export function dropFoundSubjects({ ref }: Pick<KubeObject, "ref">, weaknesses: readonly Weakness[], context: RbacContext): Patch | null {
  return dropSubjects(
    weaknesses.map(({ hint }) => ({ binding: ref, subjectIndex: Number(hint) })),
    context,
  );
}

/** Takes the roles of some grants away from a principal: of others that hold the same, the same grants may be told by their entries. */
export function dropPrincipal({ grants: own }: Principal, grants: readonly Grant[], context: RbacContext): Patch | null {
  const entries = Map.groupBy(own, (grant) => resourceKey(grant.binding));
  const bindings = new Set(grants.map((grant) => resourceKey(grant.binding)));
  return dropSubjects(
    [...bindings].flatMap((binding) => entries.get(binding) ?? []),
    context,
  );
}

/** One patch that takes a capability from a principal: the rule in a role of its own, else its entries in the bindings. */
export function takeAway(principal: Principal, weaknesses: readonly Weakness[], context: RbacContext): Patch | null {
  const rights = toRights(weaknesses);
  const grants = Map.groupBy(rights, (right) => right.grant);
  if (grants.size === 0) return null;
  return reduceRole(grants, context) ?? dropPrincipal(principal, [...grants.keys()], context);
}
