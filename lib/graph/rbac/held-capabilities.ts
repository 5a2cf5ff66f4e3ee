import { addToList } from "../../model/add-to-list";
import { remembered, rememberedOf } from "../../model/remembered";
import { isOutOfReach } from "./cluster-resources";
import { matchRule } from "./held-right";
import type { IndexedRole } from "./indexed-role";
import type { Grant, PolicyRule } from "./principal";
import { ASKS, type CapabilityName } from "./rights-asks";

/** What a capability is held over. */
export interface Held {
  /** Over every object, not only those that rules name. */
  readonly isUnnamed: boolean;
  /** The objects that rules name: each once, since a thousand rules may name the same thousand. */
  readonly names: ReadonlySet<string>;
  readonly resources: ReadonlySet<string>;
}

export type HeldCapabilities = ReadonlyMap<CapabilityName, Held>;

interface RuleCapability extends Pick<Held, "isUnnamed" | "resources"> {
  readonly name: CapabilityName;
}

const NAMES = Object.keys(ASKS) as CapabilityName[]; // safe: the keys of that very table

function matchCapabilities(rule: PolicyRule, isClusterWide: boolean): readonly RuleCapability[] {
  return NAMES.flatMap((name): readonly RuleCapability[] => {
    const rights = matchRule(rule, ASKS[name]).filter(({ ask }) => isClusterWide || !isOutOfReach(ask));
    if (rights.length === 0) return [];
    return [{ name, isUnnamed: rights.some((right) => !right.isNamed), resources: new Set(rights.map(({ ask }) => ask.resource)) }];
  });
}

/** Charts give each program a role of its own, and the rules of nearly all are the same few but for the names in them. */
const LIMITS = { limit: 1_000, holds: (rule: string) => rule.length < 2_000 };
const ofText = {
  cluster: remembered((rule) => matchCapabilities(JSON.parse(rule), true), LIMITS),
  namespaced: remembered((rule) => matchCapabilities(JSON.parse(rule), false), LIMITS),
};
const known = { cluster: new WeakMap<PolicyRule, readonly RuleCapability[]>(), namespaced: new WeakMap<PolicyRule, readonly RuleCapability[]>() };

/** The names in a rule only tell a capability that there are some; of them, "" counts for itself. */
function withoutNames(rule: PolicyRule): PolicyRule {
  return { ...rule, resourceNames: [...new Set(rule.resourceNames.map((name) => name && "named"))].sort() };
}

type GivenRule = Pick<Grant, "rule" | "namespace">;

/** A rule is looked at once for each reach, however many bindings lead to it. */
function capabilitiesOf({ rule, namespace }: GivenRule): readonly RuleCapability[] {
  const reach = namespace === null ? "cluster" : "namespaced";
  let found = known[reach].get(rule);
  if (!found) known[reach].set(rule, (found = ofText[reach](JSON.stringify(withoutNames(rule)))));
  return found;
}

/** Capabilities by where they hold; null = the whole cluster. */
export type HeldByScope = ReadonlyMap<string | null, HeldCapabilities>;

/** Grows in place: a role may have thousands of rules. */
interface Growing {
  isUnnamed: boolean;
  readonly names: Set<string>;
  readonly resources: Set<string>;
}

class Scopes extends Map<string | null, Map<CapabilityName, Growing>> {
  add(scope: string | null, name: CapabilityName, more: Omit<Held, "names"> & { readonly names: Iterable<string> }): void {
    let held = this.get(scope);
    if (!held) this.set(scope, (held = new Map()));
    let known = held.get(name);
    if (!known) held.set(name, (known = { isUnnamed: false, names: new Set(), resources: new Set() }));
    known.isUnnamed ||= more.isUnnamed;
    for (const one of more.names) known.names.add(one);
    for (const resource of more.resources) known.resources.add(resource);
  }
}

/** The capabilities that grants give. */
export function collectCapabilities(grants: readonly GivenRule[]): HeldByScope {
  const scopes = new Scopes();
  for (const grant of grants) {
    for (const { name, isUnnamed, resources } of capabilitiesOf(grant))
      scopes.add(grant.namespace, name, { isUnnamed, names: isUnnamed ? [] : grant.rule.resourceNames, resources });
  }
  return scopes;
}

export type Reach = "cluster" | "namespaced";

const NONE: HeldCapabilities = new Map();

const givenIn = (namespace: string | null) =>
  rememberedOf(({ rules }: IndexedRole) => collectCapabilities(rules.map((rule) => ({ rule, namespace }))).get(namespace) ?? NONE);
/** What a role gives is told once for each reach, however many bindings lead to it. */
const ofRole: Readonly<Record<Reach, (role: IndexedRole) => HeldCapabilities>> = { cluster: givenIn(null), namespaced: givenIn("") };

/** What all of them give; what only one of them does is taken as it is, and never copied. */
function joinAll<T>(parts: readonly T[], join: (parts: readonly T[]) => T): T {
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : join(parts);
}

function joinHeld(all: readonly Held[]): Held {
  const names = all.flatMap((held) => [...held.names]);
  return { isUnnamed: all.some((held) => held.isUnnamed), names: new Set(names), resources: new Set(all.flatMap((held) => [...held.resources])) };
}

function joinMaps<K, V>(maps: readonly ReadonlyMap<K, V>[], join: (values: readonly V[]) => V): ReadonlyMap<K, V> {
  return joinAll(maps, (all) => {
    const lists = new Map<K, V[]>();
    for (const map of all) for (const [key, value] of map) addToList(lists, key, value);
    return new Map([...lists].map(([key, values]) => [key, joinAll(values, join)]));
  });
}

const joinPlaces = (all: readonly HeldCapabilities[]): HeldCapabilities => joinMaps(all, joinHeld);

/** What somebody holds together: each part is collected once, however many share it, as the members of a group do. */
export function joinCapabilities(parts: readonly HeldByScope[]): HeldByScope {
  return joinMaps(parts, joinPlaces);
}

/** What roles give together, bound at the same reach. */
export function capabilitiesOfRoles(roles: readonly IndexedRole[], reach: Reach): HeldCapabilities {
  return joinPlaces(roles.map(ofRole[reach]));
}

/** What a role gives where it is bound; null = in the whole cluster. */
export function capabilitiesOfRole(role: IndexedRole, namespace: string | null): HeldByScope {
  const held = ofRole[namespace === null ? "cluster" : "namespaced"](role);
  return new Map(held.size === 0 ? [] : [[namespace, held]]);
}
