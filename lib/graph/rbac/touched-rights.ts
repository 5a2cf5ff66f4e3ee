import { addToList } from "../../model/add-to-list";
import { resourceKey } from "../../model/resource-ref";
import { withSources } from "./aggregation";
import { groupKey, identityKey, listImplicitGroups } from "./identity";
import type { IndexedRole } from "./indexed-role";
import type { Power } from "./power";
import type { Identity } from "./principal";
import { toIdentityRef } from "./principals";
import { type IndexedBinding, type RbacIndex, roleKey } from "./rbac-index";

/** Roles and bindings at one time, and what they amount to. */
export interface Rights {
  readonly index: RbacIndex;
  readonly power: Power;
}

/** What may be judged otherwise once some roles and bindings are others. */
export interface TouchedRights {
  /** Identities, roles and bindings, by `resourceKey`. */
  readonly keys: ReadonlySet<string>;
  readonly identities: readonly Identity[];
}

function isSameRole(a: IndexedRole | null | undefined, b: IndexedRole | null | undefined): boolean {
  if (!a || !b) return !a === !b;
  return a.object.body === b.object.body && a.rules.length === b.rules.length && a.rules.every((rule, at) => rule === b.rules[at]);
}

/** The keys of roles that changed, and of those that take rules from one: where a rule comes from counts too. */
function findChangedRoles({ index: before }: Rights, { index: after }: Rights): ReadonlySet<string> {
  const keys = new Set([...before.roles.keys(), ...after.roles.keys()]);
  const changed = new Set([...keys].filter((key) => !isSameRole(before.roles.get(key), after.roles.get(key))));
  // By list, which roles with the same selectors share: 2,000 that take from 2,000 are two lists, and millions of pairs.
  const takers = Map.groupBy(
    [before, after].flatMap(({ sources }) => [...sources]),
    ([, list]) => list,
  );
  const listsWith = new Map<string, (readonly string[])[]>();
  for (const list of takers.keys()) {
    for (const source of list) {
      addToList(listsWith, source, list);
    }
  }
  // A set goes on with what is added meanwhile.
  for (const key of changed) {
    for (const list of listsWith.get(key) ?? []) {
      for (const [taker] of takers.get(list) ?? []) changed.add(taker);
      takers.delete(list);
    }
  }
  return changed;
}

const bindingsByKey = ({ index }: Rights) => new Map(index.bindings.map((binding) => [resourceKey(binding.object.ref), binding]));

function findChangedBindings(before: Rights, after: Rights, roles: ReadonlySet<string>): readonly IndexedBinding[] {
  const [old, now] = [bindingsByKey(before), bindingsByKey(after)];
  const isSame = (a: IndexedBinding, b: IndexedBinding | undefined): boolean =>
    b !== undefined && a.object.body === b.object.body && isSameRole(a.role, b.role) && !roles.has(roleKey(a.roleRef));
  const isIn = (others: ReadonlyMap<string, IndexedBinding>) => (binding: IndexedBinding) => !isSame(binding, others.get(resourceKey(binding.object.ref)));
  return [...before.index.bindings.filter(isIn(now)), ...after.index.bindings.filter(isIn(old))];
}

/**
 * Judging these alone tells all that is judged otherwise: who is bound otherwise; who is stronger or weaker by acting as one of them; and who holds
 * something where such a one is, since how grave a right is depends on the strongest account that it reaches.
 */
export function findTouchedRights(before: Rights, after: Rights): TouchedRights {
  const both = [before, after];
  const changedRoles = findChangedRoles(before, after);
  const changedBindings = findChangedBindings(before, after, changedRoles);
  const all = new Map(both.flatMap(({ index }) => [...index.identities]));
  const touched = new Map<string, Identity>();
  const touch = (identity: Identity | null): void => void (identity && touched.set(identityKey(identity), identity));
  for (const { identities } of changedBindings) identities.forEach(touch);
  // What a group is given adds to what those hold by themselves who are always in it.
  for (const identity of all.values()) if (listImplicitGroups(identity).some((name) => touched.has(groupKey(name)))) touch(identity);
  const isMoved = (classOf: "classOf" | "classNamed") => (identity: Identity) => before.power[classOf](identity) !== after.power[classOf](identity);
  const moved = [...all.values()].filter((identity) => isMoved("classOf")(identity) || isMoved("classNamed")(identity));
  moved.forEach(touch);
  const places = new Set(both.flatMap(({ index }) => index.bindings.map(({ namespace }) => namespace ?? "")));
  const isOther = (place: string): boolean => before.power.strongestIn(place) !== after.power.strongestIn(place);
  const movedIn = new Set([...[...places].filter(isOther), ...moved.flatMap(({ namespace }) => namespace ?? [])]);
  for (const { index } of both) {
    for (const { namespace, identities } of index.bindings) {
      if (namespace === null ? moved.length + movedIn.size > 0 : movedIn.has(namespace)) identities.forEach(touch);
    }
  }
  const changed = [...changedRoles, ...changedBindings.map(({ roleRef }) => roleKey(roleRef))];
  // Whether a role counts as bound depends on the roles that take its rules.
  const roles = new Set(both.flatMap(({ index }) => [...withSources(changed, index.sources)]));
  const keys = new Set([...touched.values()].map((identity) => resourceKey(toIdentityRef(identity))));
  for (const { object } of changedBindings) keys.add(resourceKey(object.ref));
  for (const { index } of both) {
    for (const key of roles) {
      const role = index.roles.get(key);
      if (role) keys.add(resourceKey(role.object.ref));
    }
    for (const { object, identities } of index.bindings)
      if (identities.some((identity) => identity && touched.has(identityKey(identity)))) keys.add(resourceKey(object.ref));
  }
  return { keys, identities: [...touched.values()] };
}
