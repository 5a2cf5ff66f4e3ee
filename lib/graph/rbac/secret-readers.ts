import { accountsInUseView } from "../../inventory/workloads/accounts-in-use";
import { defineView } from "../../inventory/view";
import type { IndexedRole } from "./indexed-role";
import { rbacIndexView } from "./rbac-index";
import { matchesAsk } from "./rule-match";

/** Programs that read Secrets of their own namespace over the API, by what a Role there allows the account that they run as. */
export interface SecretReaders {
  /** `namespace/name` of Secrets that a rule names. */
  readonly named: ReadonlySet<string>;
  /** Namespace -> an account whose rule names no Secret, so that it may read each of them. */
  readonly ofAll: ReadonlyMap<string, string>;
}

const READS = ["get", "list", "watch"].map((verb) => ({ verb, group: "", resource: "secrets" }));

interface RoleReads {
  readonly names: readonly string[];
  readonly isUnnamed: boolean;
}

function readsOf(role: IndexedRole): RoleReads {
  const rules = role.rules.filter((rule) => READS.some((ask) => matchesAsk(rule, ask)));
  return { names: rules.flatMap((rule) => rule.resourceNames), isUnnamed: rules.some((rule) => rule.resourceNames.length === 0) };
}

/** Rights in the whole cluster tell nothing of one Secret, unless they name it. */
export const secretReadersView = defineView({
  reads: ["workloads", "roles", "bindings"],
  compute: ({ view }): SecretReaders => {
    const inUse = view(accountsInUseView);
    // Many bindings share one role: its rules are looked at once.
    const known = new Map<IndexedRole, RoleReads>();
    const named = new Set<string>();
    const ofAll = new Map<string, string>();
    for (const { role, namespace: where, identities } of view(rbacIndexView).bindings) {
      if (!role) continue;
      let reads = known.get(role);
      if (!reads) known.set(role, (reads = readsOf(role)));
      if (reads.names.length === 0 && !reads.isUnnamed) continue;
      for (const identity of identities) {
        if (identity?.kind !== "ServiceAccount" || identity.namespace === null || !inUse.has(`${identity.namespace}/${identity.name}`)) continue;
        if (where !== null && where !== identity.namespace) continue;
        for (const secret of reads.names) named.add(`${identity.namespace}/${secret}`);
        if (reads.isUnnamed && where !== null && !ofAll.has(where)) ofAll.set(where, identity.name);
      }
    }
    return { named, ofAll };
  },
});
