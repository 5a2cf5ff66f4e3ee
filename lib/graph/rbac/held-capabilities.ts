import { isOutOfReach } from "./cluster-resources";
import { findHeldRights } from "./held-right";
import type { Grant, PolicyRule } from "./principal";
import { ASKS, type CapabilityName } from "./rights-asks";

/** What a capability is held over. */
export interface Held {
  /** Over every object, not only those that rules name. */
  readonly isUnnamed: boolean;
  /** The objects that rules name. */
  readonly names: readonly string[];
  readonly resources: ReadonlySet<string>;
}

export type HeldCapabilities = ReadonlyMap<CapabilityName, Held>;

interface RuleCapability extends Pick<Held, "isUnnamed" | "resources"> {
  readonly name: CapabilityName;
}

const NAMES = Object.keys(ASKS) as CapabilityName[]; // safe: the keys of that very table
const known = { cluster: new WeakMap<PolicyRule, readonly RuleCapability[]>(), namespaced: new WeakMap<PolicyRule, readonly RuleCapability[]>() };

/** A rule is looked at once for each reach, however many bindings lead to it. */
function capabilitiesOf(grant: Grant): readonly RuleCapability[] {
  const cache = known[grant.namespace === null ? "cluster" : "namespaced"];
  const found = cache.get(grant.rule);
  if (found) return found;
  const capabilities = NAMES.flatMap((name): readonly RuleCapability[] => {
    const rights = findHeldRights([grant], ASKS[name]).filter(({ ask }) => grant.namespace === null || !isOutOfReach(ask));
    if (rights.length === 0) return [];
    return [{ name, isUnnamed: rights.some((right) => !right.isNamed), resources: new Set(rights.map(({ ask }) => ask.resource)) }];
  });
  cache.set(grant.rule, capabilities);
  return capabilities;
}

function add(held: Map<CapabilityName, Held>, { name, isUnnamed, resources }: RuleCapability, names: readonly string[]): void {
  const before = held.get(name) ?? { isUnnamed: false, names: [], resources: new Set<string>() };
  held.set(name, {
    isUnnamed: before.isUnnamed || isUnnamed,
    names: isUnnamed ? before.names : [...before.names, ...names],
    resources: before.resources.union(resources),
  });
}

/** The capabilities that grants give, by where they hold; null = the whole cluster. */
export function collectCapabilities(grants: readonly Grant[]): ReadonlyMap<string | null, HeldCapabilities> {
  const scopes = new Map<string | null, Map<CapabilityName, Held>>();
  for (const grant of grants) {
    let held = scopes.get(grant.namespace);
    if (!held) scopes.set(grant.namespace, (held = new Map()));
    for (const capability of capabilitiesOf(grant)) add(held, capability, grant.rule.resourceNames);
  }
  return scopes;
}
