import type { Reason } from "../reason";
import { toAccessPath } from "./answer-access";
import { identityKey } from "./identity";
import type { Identity } from "./principal";
import type { RbacIndex } from "./rbac-index";
import { matchesAsk, matchesName, type ResourceAsk } from "./rule-match";

/** "Who can get secrets in payments?" `namespace` null = in the whole cluster; `name` left out = any object. */
export interface WhoCanQuestion extends ResourceAsk {
  readonly namespace: string | null;
  readonly name?: string;
}

export interface Holder {
  readonly identity: Identity;
  /** The widest scope that some path gives. */
  readonly reach: "cluster" | "namespace";
  /** Each path: binding, then rule. The first five. */
  readonly paths: readonly (readonly Reason[])[];
  readonly pathCount: number;
}

const SHOWN_PATHS = 5;

/** Everybody that a binding lets do it, widest reach first, then by name. Members of system:masters come on top, unseen. */
export function listWhoCan(index: RbacIndex, question: WhoCanQuestion): readonly Holder[] {
  const holders = new Map<string, { identity: Identity; reach: Holder["reach"]; paths: (readonly Reason[])[]; pathCount: number }>();
  const name = question.name;
  for (const role of index.roles.keys()) {
    const rules = index.roles.get(role)?.rules ?? [];
    const ruleIndex = rules.findIndex((rule) => matchesAsk(rule, question) && (name === undefined || matchesName(rule, name)));
    if (ruleIndex < 0) continue;
    for (const binding of index.bindingsOf.get(role) ?? []) {
      if (!binding.role || (binding.namespace !== null && binding.namespace !== question.namespace)) continue;
      binding.identities.forEach((identity, subjectIndex) => {
        if (!identity) return;
        const key = identityKey(identity);
        const holder = holders.get(key) ?? { identity, reach: "namespace", paths: [], pathCount: 0 };
        holders.set(key, holder);
        if (binding.namespace === null) holder.reach = "cluster";
        holder.pathCount += 1;
        if (holder.paths.length < SHOWN_PATHS) holder.paths.push(toAccessPath({ binding, subjectIndex }, ruleIndex));
      });
    }
  }
  const byReach = (a: Holder, b: Holder) => (a.reach === b.reach ? 0 : a.reach === "cluster" ? -1 : 1);
  return [...holders.values()].sort((a, b) => byReach(a, b) || identityKey(a.identity).localeCompare(identityKey(b.identity)));
}
