import { expect, test, vi } from "vitest";
import control from "../../controls/cluster/rbac-secrets-read";
import { judge } from "../../engine/judge";
import { buildInventory } from "../../inventory/build-inventory";
import { createTestContext, WHOLE_CLUSTER } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding } from "../../inventory/testing";
import { ASKS } from "./rights-asks";
import { findHeldRights } from "./held-right";
import { capabilityCheck } from "./judge-capability";
import { principalsView } from "./principals";
import { takeAway } from "./take-away";
import { rule } from "./testing";

const SECRETS = rule("", ["secrets"], ["get"]);
const people = (count: number) => Array.from({ length: count }, (_, i) => ({ kind: "User", name: `u${i}` }));
const worldOf = (rules: readonly object[], count: number) => [clusterRole({ rules }), clusterRoleBinding({ subjects: people(count) })];

function judgeAll(count: number) {
  const context = createTestContext(worldOf([SECRETS], count));
  const find = vi.fn((grants: Parameters<typeof findHeldRights>[0]) =>
    findHeldRights(grants, ASKS.secretRead).map((right) => ({ ...right, severity: "high" as const })),
  );
  const check = capabilityCheck(find);
  const principals = context.view(principalsView);
  return { context, find, principals, outcomes: principals.map((principal) => check(principal, context)) };
}

test("all subjects of one binding are judged at once, however many they are", () => {
  for (const count of [100, 200]) {
    const { find, outcomes } = judgeAll(count);
    expect(outcomes).toHaveLength(count);
    expect(outcomes.every((outcome) => !("state" in outcome) && outcome.length === 1)).toBe(true);
    expect(find).toHaveBeenCalledTimes(1);
  }
});

test("what is found of rights that nobody else holds is kept for nobody", () => {
  const { context, find, principals } = judgeAll(1);
  const [only] = principals;
  if (!only) throw new Error("Nobody holds anything.");
  const check = capabilityCheck(find);
  expect([check(only, context), check(only, context)]).toEqual([expect.any(Array), expect.any(Array)]);
  expect(find).toHaveBeenCalledTimes(3);
});

test("a fix takes the right from the subject that it was asked for", () => {
  const { context, principals, outcomes } = judgeAll(3);
  const [, second] = principals;
  const outcome = outcomes[1] ?? [];
  if (!second || "state" in outcome) throw new Error("The second subject holds nothing.");
  const shared = createTestContext([...worldOf([SECRETS], 3), clusterRoleBinding({ name: "other", subjects: [{ kind: "User", name: "joe" }] })]);
  expect(takeAway(second, outcome, shared)?.ops).toEqual([{ op: "remove", path: "subjects[1]" }]);
  expect(takeAway(second, outcome, context)?.target?.kind).toBe("ClusterRole");
});

function stateOf(rules: readonly object[]) {
  const [verdict] = [...judge(buildInventory(worldOf(rules, 1), WHOLE_CLUSTER), [control])];
  return { state: verdict?.state, reason: verdict?.reason };
}

test("of a role with more than 5,000 rules, what is found in those stands, and nothing is known where nothing is", () => {
  const harmless = (count: number) => Array.from({ length: count }, (_, i) => rule("", [`things${i}`], ["get"]));
  expect(stateOf([...harmless(4_999), SECRETS])).toEqual({ state: "fail", reason: undefined });
  expect(stateOf([SECRETS, ...harmless(5_000)])).toEqual({ state: "fail", reason: undefined });
  expect(stateOf(harmless(5_000))).toEqual({ state: "pass", reason: undefined });
  const reason = "ClusterRole app has more than 5,000 rules, and only so many of a role are judged.";
  expect(stateOf([...harmless(5_000), SECRETS])).toEqual({ state: "unknown", reason });
});
