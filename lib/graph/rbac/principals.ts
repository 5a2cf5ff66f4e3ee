import { isPlatformNamespace } from "../../inventory/platform-scope";
import { defineView } from "../../inventory/view";
import type { ResourceRef } from "../../model/resource-ref";
import { rememberedOf } from "../../model/remembered";
import type { Scope } from "../../model/verdict";
import { listAggregationSelectors } from "./aggregation";
import type { IndexedRole } from "./indexed-role";
import type { Grant, Holding, Identity, Principal } from "./principal";
import { type BoundEntry, type RbacIndex, rbacIndexView, roleKey } from "./rbac-index";
import { RuleOrigins } from "./rule-origins";
import { isProviderEntry, isShippedEntry } from "./shipped-entry";

const RBAC = "rbac.authorization.k8s.io/v1";

/** People and groups are no objects of the API; they are filed as if they were. */
export function toIdentityRef(identity: Identity): ResourceRef {
  if (identity.kind === "ServiceAccount") return { apiVersion: "v1", kind: "ServiceAccount", namespace: identity.namespace, name: identity.name };
  return { apiVersion: RBAC, kind: identity.kind, namespace: null, name: identity.name };
}

type SourceFinder = (role: IndexedRole, ruleIndex: number) => ResourceRef | undefined;

function createSourceFinder(index: RbacIndex): SourceFinder {
  const origins = new RuleOrigins(index);
  const known = new Map<IndexedRole, readonly (IndexedRole | undefined)[]>();
  return (role, ruleIndex) => {
    if (listAggregationSelectors(role.object).length === 0) return undefined;
    let sources = known.get(role);
    if (!sources) known.set(role, (sources = origins.find(roleKey(role.object.ref))));
    return sources[ruleIndex]?.object.ref;
  };
}

/** One for each index: what it finds is kept as long. */
export const sourceFinderOf = rememberedOf(createSourceFinder);

/** Every rule that some entries of bindings give. */
export function toGrants(entries: readonly BoundEntry[], findSource: SourceFinder): readonly Grant[] {
  return entries.flatMap(({ binding, subjectIndex }) => {
    const { role, roleRef, namespace, object } = binding;
    return (role?.rules ?? []).map((rule, ruleIndex): Grant => {
      const sourceRole = role ? findSource(role, ruleIndex) : undefined;
      return { binding: object.ref, subjectIndex, role: roleRef, ruleIndex, rule, namespace, ...(sourceRole && { sourceRole }) };
    });
  });
}

/** One object for each row of bindings: identities that the same bindings name hold the same. */
export function createHoldings(index: RbacIndex): (...parts: readonly (readonly BoundEntry[])[]) => Holding {
  const numbers = new Map(index.bindings.map((binding, number) => [binding, number]));
  const rows = new Map<string, number>();
  const rowOf = rememberedOf((entries: readonly BoundEntry[]) => {
    const row = entries.map(({ binding }) => numbers.get(binding)).join();
    const number = rows.get(row) ?? rows.size;
    rows.set(row, number);
    return number;
  });
  const holdings = new Map<string, { holders: number }>();
  return (...parts) => {
    const key = parts.map(rowOf).join("|");
    let holding = holdings.get(key);
    if (!holding) holdings.set(key, (holding = { holders: 0 }));
    holding.holders += 1;
    return holding;
  };
}

/**
 * Every identity that a binding names, once per reach. Those that hold only what the API server ships or the provider gives itself, and service accounts of
 * platform namespaces, are platform; a shipped grant beside others is expected, and left out of `grants`.
 */
export const principalsView = defineView({
  reads: ["roles", "bindings"],
  compute: (context): readonly Principal[] => {
    const index = context.view(rbacIndexView);
    const findSource = sourceFinderOf(index);
    let last: { readonly entries: readonly BoundEntry[]; readonly grants: readonly Grant[] } | null = null;
    const grantsOf = (entries: readonly BoundEntry[]): readonly Grant[] => {
      // One subject is judged at a time by many controls: only its grants are kept.
      if (last?.entries !== entries) last = { entries, grants: toGrants(entries, findSource) };
      return last.grants;
    };
    const holdingOf = createHoldings(index);
    const principals: Principal[] = [];
    for (const [key, identity] of index.identities) {
      const all = index.entries.get(key) ?? [];
      for (const reach of ["cluster", "namespaced"] as const) {
        const reaching = all.filter((entry) => (entry.binding.namespace === null) === (reach === "cluster"));
        if (reaching.length === 0) continue;
        const own = reaching.filter((entry) => !isShippedEntry(entry));
        const isShipped = own.length === 0;
        const isOfPlatform = identity.namespace !== null && isPlatformNamespace(identity.namespace, context.settings);
        const isPlatform = isShipped || isOfPlatform || own.every((entry) => isProviderEntry(entry, context));
        const entries = isShipped ? reaching : own;
        const scope: Scope = isPlatform ? "platform" : "workload";
        principals.push({
          ref: toIdentityRef(identity),
          identity,
          reach,
          scope,
          isShipped,
          holding: holdingOf(entries, all),
          get grants() {
            return grantsOf(entries);
          },
        });
      }
    }
    return principals;
  },
});
