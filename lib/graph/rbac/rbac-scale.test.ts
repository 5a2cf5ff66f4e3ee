import { expect, test } from "vitest";
import tokenRequest from "../../controls/cluster/rbac-token-request";
import workloadWrite from "../../controls/cluster/rbac-workload-write";
import { createTestContext } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { answerAccess } from "./answer-access";
import { listAllGrants } from "./judge-capability";
import { powerView } from "./power";
import { principalsView } from "./principals";
import { isRoleBound, rbacIndexView } from "./rbac-index";

const RESOURCES = ["pods", "secrets", "configmaps", "services", "deployments", "pods/exec", "serviceaccounts/token", "roles", "events", "jobs"];

function rulesOf(seed: number) {
  return Array.from({ length: 6 }, (_, i) => ({
    apiGroups: [i % 2 === 0 ? "" : "apps"],
    resources: [RESOURCES[(seed * 7 + i) % 10] ?? "pods"],
    verbs: ["get", i % 3 === 0 ? "create" : "list"],
  }));
}

test("5,000 roles and 20,000 bindings are indexed and ranked without a pause", () => {
  const roles = Array.from({ length: 5000 }, (_, i) =>
    i % 10 === 0 ? clusterRole({ name: `role-${i}`, rules: rulesOf(i) }) : role({ name: `role-${i}`, namespace: `ns-${i % 200}`, rules: rulesOf(i) }),
  );
  const bindings = Array.from({ length: 20000 }, (_, i) => {
    const index = i % 5000;
    const roleRef = { kind: index % 10 === 0 ? "ClusterRole" : "Role", name: `role-${index}` };
    return roleBinding({
      name: `binding-${i}`,
      namespace: `ns-${index % 200}`,
      roleRef,
      subjects: [{ kind: "ServiceAccount", name: `account-${i % 3000}`, namespace: `ns-${i % 200}` }],
    });
  });
  const context = createTestContext([...roles, ...bindings]);
  const cpuMs = countCpuMs();
  const index = context.view(rbacIndexView);
  const principals = context.view(principalsView);
  const power = context.view(powerView);
  const durationMs = cpuMs();
  expect(principals.length).toBeGreaterThan(2000);
  expect(power.classOf({ kind: "ServiceAccount", namespace: "ns-1", name: "account-1" })).toBeLessThanOrEqual(6);
  expect(answerAccess(index, { kind: "access", user: "nobody", verb: "get", resource: "pods" }, true).allowed).toBe(false);
  // Half a second of the processor; the bound leaves room for a slower one.
  expect(durationMs).toBeLessThan(10_000);
});

test("what groups of everybody are given is not read anew for each of 10,000 accounts", () => {
  const wide = clusterRole({
    name: "wide",
    rules: Array.from({ length: 1500 }, (_, i) => ({ apiGroups: [""], resources: [RESOURCES[i % 10] ?? "pods", `things${i}`], verbs: ["get", "create"] })),
  });
  const groups = ["system:serviceaccounts", "system:authenticated"].map((name) =>
    clusterRoleBinding({ name, roleRef: { kind: "ClusterRole", name: "wide" }, subjects: [{ kind: "Group", name }] }),
  );
  const small = clusterRole({ name: "small", rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] });
  const bindings = Array.from({ length: 10_000 }, (_, i) =>
    roleBinding({
      name: `binding-${i}`,
      namespace: `ns-${i % 200}`,
      roleRef: { kind: "ClusterRole", name: "small" },
      subjects: [{ kind: "ServiceAccount", name: `account-${i}`, namespace: `ns-${i % 200}` }],
    }),
  );
  const context = createTestContext([wide, small, ...groups, ...bindings]);
  context.view(rbacIndexView);
  const cpuMs = countCpuMs();
  expect(context.view(powerView).classOf({ kind: "ServiceAccount", namespace: "ns-1", name: "account-1" })).toBeLessThan(4);
  // A quarter of a second of the processor; the bound leaves room for a slower one.
  expect(cpuMs()).toBeLessThan(2_500);
  const principals = context.view(principalsView);
  const againMs = countCpuMs();
  expect(principals.flatMap((principal) => listAllGrants(principal, "bindingWrite", context))).toEqual([]);
  // A tenth of a second; read anew, four seconds.
  expect(againMs()).toBeLessThan(1_000);
});

test("of 2,000 roles, those that 50 aggregated ones select, and one another, are found once", () => {
  const labels = { part: "yes" };
  const aggregation = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] }, rules: [] };
  const roles = Array.from({ length: 2000 }, (_, i) => clusterRole({ name: `role-${i}`, labels, ...(i < 50 ? aggregation : { rules: rulesOf(i) }) }));
  const bindings = Array.from({ length: 50 }, (_, i) =>
    clusterRoleBinding({ name: `binding-${i}`, roleRef: { kind: "ClusterRole", name: `role-${i}` }, subjects: [{ kind: "User", name: `user-${i}` }] }),
  );
  const context = createTestContext([...roles, ...bindings]);
  const cpuMs = countCpuMs();
  const index = context.view(rbacIndexView);
  expect(index.roles.get("ClusterRole role-0")?.rules).toEqual(index.roles.get("ClusterRole role-49")?.rules);
  expect(context.slices.roles.filter((object) => !isRoleBound(object, index))).toEqual([]);
  // Some tens of milliseconds; found anew for each role, half a minute.
  expect(cpuMs()).toBeLessThan(2_500);
});

test.each([
  ["In", (i: number) => ({ key: "number", operator: "In", values: [String(i + 1)] })],
  ["Exists", (i: number) => ({ key: `number-${i + 1}`, operator: "Exists" })],
])("of 6,000 aggregated roles, each selects one other by an expression (%s)", (_, expressionOf) => {
  const roles = Array.from({ length: 6000 }, (_, i) =>
    clusterRole({
      name: `role-${i}`,
      labels: { number: String(i), [`number-${i}`]: "yes" },
      ...(i < 5999 ? { aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [expressionOf(i)] }] }, rules: [] } : { rules: rulesOf(1) }),
    }),
  );
  const context = createTestContext(roles);
  const cpuMs = countCpuMs();
  const index = context.view(rbacIndexView);
  expect(index.roles.get("ClusterRole role-0")?.rules).toEqual(index.roles.get("ClusterRole role-5999")?.rules);
  // A tenth of a second; each tried on every role, twenty.
  expect(cpuMs()).toBeLessThan(2_500);
});

test("what operators add to a shipped role is held against it once, in however many namespaces somebody has it", () => {
  const labels = { "rbac.authorization.k8s.io/aggregate-to-edit": "true" };
  const kinds = ["deployments", "daemonsets", "replicasets", "statefulsets"];
  const objects = [
    clusterRole({ name: "edit", aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] }, rules: [] }),
    clusterRole({ name: "system:aggregate-to-edit", labels, rules: [{ apiGroups: ["apps"], resources: kinds, verbs: ["*"] }] }),
    clusterRole({ name: "operator-edit", labels, rules: [{ apiGroups: ["argoproj.io"], resources: ["rollouts", "workflows"], verbs: ["*"] }] }),
    ...Array.from({ length: 5000 }, (_, i) =>
      roleBinding({ namespace: `ns-${i}`, roleRef: { kind: "ClusterRole", name: "edit" }, subjects: [{ kind: "User", name: "ci" }] }),
    ),
  ];
  const context = createTestContext(objects);
  const [ci] = context.view(principalsView);
  if (!ci) throw new Error("Nobody is bound.");
  context.view(powerView);
  const cpuMs = countCpuMs();
  expect(workloadWrite.check(ci, context)).toMatchObject({ state: "not-applicable" });
  // Two tenths of a second; each held against each, six.
  expect(cpuMs()).toBeLessThan(2_000);
});

test("a role of 4,000 rules is not read for each of 4,000 accounts that have it, to see whether it names them", () => {
  const names = Array.from({ length: 4000 }, (_, i) => `account-${i}`);
  const rules = [
    { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"], resourceNames: names },
    ...names.map((name) => ({ apiGroups: [""], resources: [`${name}s`], verbs: ["get"] })),
  ];
  const subjects = names.map((name) => ({ kind: "ServiceAccount", name, namespace: "shop" }));
  const context = createTestContext([clusterRole({ rules }), clusterRoleBinding({ subjects })]);
  const principals = context.view(principalsView);
  context.view(powerView);
  const cpuMs = countCpuMs();
  for (const principal of principals) expect(tokenRequest.check(principal, context)).toHaveLength(1);
  // Some tens of milliseconds; read for each, twenty seconds.
  expect(cpuMs()).toBeLessThan(2_500);
});

test.each([
  ["a long row of roles, of which each lets hand out the next", (i: number) => [`role-${i + 1}`]],
  ["roles that each let hand out all of them", () => Array.from({ length: 1000 }, (_, i) => `role-${i}`)],
  ["roles that each let hand out others", (i: number) => Array.from({ length: 20 }, (_, n) => `role-${(i * 31 + n * 97) % 1000}`)],
])("%s is not followed anew for each of 1,000 people", (_, namesOf) => {
  const group = "rbac.authorization.k8s.io";
  const objects = Array.from({ length: 1000 }, (_, i) => [
    clusterRole({
      name: `role-${i}`,
      rules: [
        { apiGroups: [group], resources: ["clusterroles"], verbs: ["bind"], resourceNames: namesOf(i) },
        { apiGroups: [group], resources: ["clusterrolebindings"], verbs: ["create"] },
        { apiGroups: [""], resources: [i === 5 ? "nodes/proxy" : `things-${i}`], verbs: ["get"] },
      ],
    }),
    clusterRoleBinding({ name: `binding-${i}`, roleRef: { kind: "ClusterRole", name: `role-${i}` }, subjects: [{ kind: "User", name: `user-${i}` }] }),
  ]).flat();
  const context = createTestContext(objects);
  context.view(rbacIndexView);
  const cpuMs = countCpuMs();
  expect(context.view(powerView).classOf({ kind: "User", namespace: null, name: "user-0" })).toBe(1);
  // Less than a second of the processor.
  expect(cpuMs()).toBeLessThan(5_000);
});
