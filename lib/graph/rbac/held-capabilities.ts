import { findHeldRights } from "./held-right";
import type { Grant, PolicyRule } from "./principal";
import { ASKS, type CapabilityName } from "./rights-asks";

/** What a capability is held over. */
export interface Held {
  /** Over every object, not only those that rules name. */
  readonly isUnnamed: boolean;
  /** The objects that rules name. */
  readonly names: readonly string[];
}

export type HeldCapabilities = ReadonlyMap<CapabilityName, Held>;

interface RuleCapability {
  readonly name: CapabilityName;
  readonly isUnnamed: boolean;
}

const NAMES = Object.keys(ASKS) as CapabilityName[]; // safe: the keys of that very table
const known = new WeakMap<PolicyRule, readonly RuleCapability[]>();

/** A rule is looked at once, however many bindings lead to it. */
function capabilitiesOf(grant: Grant): readonly RuleCapability[] {
  const found = known.get(grant.rule);
  if (found) return found;
  const capabilities = NAMES.flatMap((name): readonly RuleCapability[] => {
    const rights = findHeldRights([grant], ASKS[name]);
    return rights.length > 0 ? [{ name, isUnnamed: rights.some((right) => !right.isNamed) }] : [];
  });
  known.set(grant.rule, capabilities);
  return capabilities;
}

const NOTHING: Held = { isUnnamed: false, names: [] };

function add(held: Map<CapabilityName, Held>, name: CapabilityName, isUnnamed: boolean, names: readonly string[]): void {
  const before = held.get(name) ?? NOTHING;
  held.set(name, { isUnnamed: before.isUnnamed || isUnnamed, names: isUnnamed ? before.names : [...before.names, ...names] });
}

/** The capabilities that grants give, by where they hold; null = the whole cluster. */
export function collectCapabilities(grants: readonly Grant[]): ReadonlyMap<string | null, HeldCapabilities> {
  const scopes = new Map<string | null, Map<CapabilityName, Held>>();
  for (const grant of grants) {
    let held = scopes.get(grant.namespace);
    if (!held) scopes.set(grant.namespace, (held = new Map()));
    for (const { name, isUnnamed } of capabilitiesOf(grant)) add(held, name, isUnnamed, grant.rule.resourceNames);
  }
  return scopes;
}
