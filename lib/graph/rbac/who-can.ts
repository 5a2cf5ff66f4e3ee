import { matchRule, type RightsAsk, type RuleMatch } from "./held-right";
import { identityKey } from "./identity";
import { isInert } from "./judge-capability";
import type { Grant, Identity, PolicyRule } from "./principal";
import { sourceFinderOf } from "./principals";
import type { IndexedBinding, RbacIndex } from "./rbac-index";
import { matchesName } from "./rule-match";

/** "Who can get secrets in payments?" `namespace` null = in the whole cluster; `name` left out = any object. */
export interface WhoCanQuestion {
  /** Having one of the rights is enough. */
  readonly asks: readonly RightsAsk[];
  readonly namespace: string | null;
  readonly name?: string;
}

/** Binding, role and rule that give a right, and what of the question they give. */
interface HeldPath {
  readonly grant: Grant;
  readonly rights: readonly RuleMatch[];
}

export interface Holder {
  readonly identity: Identity;
  /** The widest scope that some path gives. */
  readonly reach: "cluster" | "namespace";
  /** Cluster-wide paths first; the first five. */
  readonly paths: readonly HeldPath[];
  readonly pathCount: number;
}

const SHOWN_PATHS = 5;

interface RuleRights {
  readonly rule: PolicyRule;
  readonly ruleIndex: number;
  readonly rights: readonly RuleMatch[];
}

function keepInScope(rules: readonly RuleRights[], { namespace }: IndexedBinding): readonly RuleRights[] {
  return rules
    .map(({ rights, ...of }) => ({ ...of, rights: rights.filter((right) => !isInert({ ...right, grant: { namespace, rule: of.rule } })) }))
    .filter(({ rights }) => rights.length > 0);
}

/** Everybody that a binding lets do it, widest reach first, then by name. Members of system:masters come on top, unseen. */
export function listWhoCan(index: RbacIndex, { asks, ...asked }: WhoCanQuestion): readonly Holder[] {
  // A request for one namespace is one in that namespace, so that its own RoleBindings have a say.
  const isOfNamespace = asks.every(({ resources }) => resources.every((resource) => resource.split("/")[0] === "namespaces"));
  const name = asked.name ?? (isOfNamespace ? (asked.namespace ?? undefined) : undefined);
  const namespace = isOfNamespace ? (name ?? null) : asked.namespace;
  const findSource = sourceFinderOf(index);
  const held = new Map<string, { readonly identity: Identity; readonly paths: HeldPath[] }>();
  for (const bindings of index.bindingsOf.values()) {
    // Of one name, those that reach the role all lead to the same.
    const role = bindings.find((binding) => binding.role)?.role;
    if (!role) continue;
    const matching = role.rules.flatMap((rule, ruleIndex): RuleRights[] => {
      const rights = matchRule(rule, asks).filter((right) => !right.isNamed || name === undefined || matchesName(rule, name));
      return rights.length === 0 ? [] : [{ rule, ruleIndex, rights }];
    });
    if (matching.length === 0) continue;
    for (const binding of bindings) {
      if (binding.role !== role || (binding.namespace !== null && binding.namespace !== namespace)) continue;
      const given = keepInScope(matching, binding);
      if (given.length === 0) continue;
      for (const [subjectIndex = 0] of binding.indexesOf.values()) {
        const identity = binding.identities[subjectIndex];
        if (!identity) continue;
        const holder = held.get(identityKey(identity)) ?? { identity, paths: [] };
        held.set(identityKey(identity), holder);
        for (const { rule, ruleIndex, rights } of given) {
          const sourceRole = findSource(role, ruleIndex);
          holder.paths.push({
            grant: {
              binding: binding.object.ref,
              subjectIndex,
              role: binding.roleRef,
              ruleIndex,
              rule,
              namespace: binding.namespace,
              ...(sourceRole && { sourceRole }),
            },
            rights,
          });
        }
      }
    }
  }
  const isWide = (path: HeldPath): number => (path.grant.namespace === null ? 0 : 1);
  const holders = [...held.values()].map(({ identity, paths }): Holder => {
    const sorted = paths.toSorted((a, b) => isWide(a) - isWide(b));
    return {
      identity,
      reach: sorted.some((path) => path.grant.namespace === null) ? "cluster" : "namespace",
      paths: sorted.slice(0, SHOWN_PATHS),
      pathCount: paths.length,
    };
  });
  const byReach = (a: Holder, b: Holder): number => (a.reach === b.reach ? 0 : a.reach === "cluster" ? -1 : 1);
  return holders.sort((a, b) => byReach(a, b) || (identityKey(a.identity) < identityKey(b.identity) ? -1 : 1));
}
