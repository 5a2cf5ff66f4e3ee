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
