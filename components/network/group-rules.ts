import type { NetworkProposal, NetworkRule } from "@/lib/contracts/network";

export interface RuleGroup {
  readonly rule: NetworkRule;
  /** The policies that have it at this place, for this reason. */
  readonly policies: readonly string[];
}

/** Each rule once, with the policies that share it, in the order of the first of them: that pods resolve names is so of every policy of a namespace. */
export function groupRules(policies: NetworkProposal["policies"]): readonly RuleGroup[] {
  const all = policies.flatMap(({ name, rules }) => rules.map((rule) => ({ name, rule })));
  return [...Map.groupBy(all, ({ rule }) => JSON.stringify(rule))].flatMap(([, some]) => {
    const [first] = some;
    return first === undefined ? [] : [{ rule: first.rule, policies: some.map(({ name }) => name) }];
  });
}
