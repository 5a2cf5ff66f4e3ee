import { accountsInUseView } from "../../inventory/accounts-in-use";
import { defineView } from "../../inventory/view";
import { principalsView } from "./principals";
import { matchesAsk } from "./rule-match";

/** Programs that read Secrets of their own namespace over the API, by what a Role there allows the account that they run as. */
export interface SecretReaders {
  /** `namespace/name` of Secrets that a rule names. */
  readonly named: ReadonlySet<string>;
  /** Namespace -> an account whose rule names no Secret, so that it may read each of them. */
  readonly ofAll: ReadonlyMap<string, string>;
}

const READS = ["get", "list", "watch"].map((verb) => ({ verb, group: "", resource: "secrets" }));

/** Rights in the whole cluster tell nothing of one Secret, unless they name it. */
export const secretReadersView = defineView({
  reads: ["workloads", "roles", "bindings"],
  compute: ({ view }): SecretReaders => {
    const inUse = view(accountsInUseView);
    const named = new Set<string>();
    const ofAll = new Map<string, string>();
    for (const { identity, grants } of view(principalsView)) {
      const { kind, namespace, name } = identity;
      if (kind !== "ServiceAccount" || namespace === null || !inUse.has(`${namespace}/${name}`)) continue;
      for (const { rule, namespace: where } of grants) {
        if ((where !== null && where !== namespace) || !READS.some((ask) => matchesAsk(rule, ask))) continue;
        for (const secret of rule.resourceNames) named.add(`${namespace}/${secret}`);
        if (rule.resourceNames.length === 0 && where !== null && !ofAll.has(namespace)) ofAll.set(namespace, name);
      }
    }
    return { named, ofAll };
  },
});
