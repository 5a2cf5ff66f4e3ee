import { expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { clusterRole, clusterRoleBinding, namespace } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

const mayList = (resource: string) => clusterRole({ name: resource, rules: [{ apiGroups: [""], resources: [resource], verbs: ["list"] }] });
const binds = (role: string, user: string) =>
  clusterRoleBinding({ name: `${role}-${user}`, roleRef: { kind: "ClusterRole", name: role }, subjects: [{ kind: "User", name: user }] });
const BEFORE = [namespace(), mayList("pods"), mayList("secrets"), binds("secrets", "john"), binds("pods", "bob")];

it("lays what a user fails who was not there before at what is new, and of one who was at what fails newly", async () => {
  const cluster = await startScanned();
  try {
    const first = await cluster.scan(BEFORE);
    const movedBy = async (...added: readonly object[]) => {
      await cluster.scan([...BEFORE, ...added]);
      const { waterfalls, opened, ledger }: CompareResponse = await cluster.ask(getCompare, `?since=${first}`);
      const rows = waterfalls.find(({ layer }) => layer === "cluster")?.rows.filter(({ cause, points }) => !cause.endsWith("cap") && Math.abs(points) > 1e-9);
      expect([ledger.new, opened.map(({ change }) => change)]).toEqual([added.length, added.map(() => "new")]);
      return rows?.map(({ cause, points }) => `${cause} ${points < 0 ? "lost" : "won"}`);
    };
    expect(await movedBy(binds("secrets", "jane"))).toEqual(["new-resources lost"]);
    expect(await movedBy(binds("secrets", "bob"))).toEqual(["newly-failing lost"]);
    expect(await movedBy(binds("secrets", "bob"), binds("secrets", "jane"))).toEqual(["new-resources lost", "newly-failing lost"]);
  } finally {
    await cluster.stop();
  }
});

it("takes an account that was named before it was made for one that passed what it fails since, and no other", async () => {
  const cluster = await startScanned();
  try {
    const bound = (role: string, name: string) =>
      clusterRoleBinding({
        name: `${role}-${name}`,
        roleRef: { kind: "ClusterRole", name: role },
        subjects: [{ kind: "ServiceAccount", name, namespace: "shop" }],
      });
    const exec = clusterRole({ name: "exec", rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }] });
    const world = [namespace({ name: "shop" }), mayList("secrets"), exec, bound("secrets", "named")];
    const first = await cluster.scan(world);
    const accounts = ["named", "made"].map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "shop" } }));
    await cluster.scan([...world, ...accounts, bound("exec", "named"), bound("exec", "made")]);
    const { opened }: CompareResponse = await cluster.ask(getCompare, `?since=${first}`);
    const told = opened.filter(({ control }) => control === "rbac-pod-exec").map(({ resource, before }) => [resource.name, before.state]);
    expect(told.sort()).toEqual([
      ["made", "absent"],
      ["named", "clear"],
    ]);
  } finally {
    await cluster.stop();
  }
});
