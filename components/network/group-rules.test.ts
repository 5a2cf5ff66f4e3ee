import { expect, it } from "vitest";
import type { NetworkRule } from "@/lib/contracts/network";
import { groupRules } from "./group-rules";

const toRule = (path: string, message: string): NetworkRule => ({
  path,
  direction: "egress",
  peers: [{ kind: "anywhere", namespace: null, labels: null }],
  ports: [{ protocol: "UDP", port: 53 }],
  because: [{ message, object: null, path: null }],
});

const toPolicy = (name: string, ...rules: NetworkRule[]) => ({ name, directions: ["egress" as const], targets: [], targetCount: 0, rules });

it("says a rule once for all policies that have it at one place and for one reason", () => {
  const groups = groupRules([
    toPolicy("allow-a", toRule("spec.egress[0]", "It calls a."), toRule("spec.egress[1]", "It resolves names.")),
    toPolicy("allow-b", toRule("spec.egress[0]", "It resolves names."), toRule("spec.egress[1]", "It resolves names.")),
  ]);
  expect(groups.map(({ rule, policies }) => [rule.path, rule.because[0]?.message, policies])).toEqual([
    ["spec.egress[0]", "It calls a.", ["allow-a"]],
    ["spec.egress[1]", "It resolves names.", ["allow-a", "allow-b"]],
    ["spec.egress[0]", "It resolves names.", ["allow-b"]],
  ]);
});
