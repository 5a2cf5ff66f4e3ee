import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { PLATFORM_RULES } from "@/lib/inventory/platform-scope";
import { clusterRoleBinding, deployment, namespace, node } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "@/lib/reads/testing-scanned";
import { getDatabase } from "@/lib/store/database-handle";
import { platformRulesAt } from "./platform-rules-at";

let cluster: ScannedCluster;
beforeAll(async () => {
  cluster = await startScanned();
});
afterAll(() => cluster.stop());

const RANCHER = "cattle-monitoring-system";
const agent = deployment({ name: "agent", metadata: { namespace: RANCHER }, container: { securityContext: { privileged: true } } });
const objects = [namespace(), namespace({ metadata: { name: RANCHER } }), deployment({ name: "web" }), agent];

async function scopesAt(seq: number): Promise<Readonly<Record<string, string>>> {
  const { rows } = await cluster.ask(getResources, `?at=${seq}&kind=Deployment`);
  return Object.fromEntries(rows.map(({ key, scope }: { key: string; scope: string }) => [key.split("/").at(-1), scope]));
}

/** What moved a score. */
const causesOf = ({ waterfalls }: CompareResponse): readonly string[] =>
  waterfalls.flatMap(({ rows }) => rows.filter(({ points }) => Math.abs(points) > 1e-9).map(({ cause }) => cause));
const BY_PEOPLE: readonly string[] = ["fixed", "gone-resources", "new-resources", "newly-failing", "settings"];

it("knows by the facts of a snapshot what was of the platform then", () => {
  expect([platformRulesAt({ workloads: 3 }), platformRulesAt({ platformRules: PLATFORM_RULES })]).toEqual([1, PLATFORM_RULES]);
});

it("shows a snapshot by the platform namespaces of its release, and lays what moved at the door of the next", async () => {
  await cluster.save({ platformRules: 1 });
  const then = await cluster.scan(objects);
  const { pool } = getDatabase();
  // As the releases left it that had one list.
  await pool.query("UPDATE snapshot SET facts = facts - 'platformRules'");
  await cluster.save({});
  const now = await cluster.scan(objects);
  expect([await scopesAt(then), await scopesAt(now)]).toEqual([
    { agent: "workload", web: "workload" },
    { agent: "platform", web: "workload" },
  ]);
  const compared: CompareResponse = await cluster.ask(getCompare);
  const { ledger, closed } = compared;
  expect(closed.length).toBeGreaterThan(0);
  expect(new Set(closed.map(({ change }) => change))).toEqual(new Set(["control-changed"]));
  expect(ledger).toMatchObject({ openBefore: closed.length + ledger.openAfter, controlChanged: closed.length });
  expect(causesOf(compared)).toContain("catalogue");
  expect(causesOf(compared).filter((cause) => BY_PEOPLE.includes(cause))).toEqual([]);
  const { rows } = await pool.query<{ cause: string }>("SELECT DISTINCT opened_cause AS cause FROM finding_span WHERE opened_seq = $1", [now]);
  expect(rows).toEqual([{ cause: "new-catalogue" }]);
});

const admins = clusterRoleBinding({
  name: "aks-cluster-admin-binding",
  roleRef: { kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ kind: "User", name: "clusterAdmin" }],
});
const here = [namespace(), node({ labels: { "kubernetes.azure.com/agentpool": "a" } }), admins];

it("keeps which provider's rights were of the platform, also while its nodes are refused, and says of nobody that they mended what it made", async () => {
  await cluster.add("d");
  const scan = (objects: readonly unknown[], denied: readonly string[] = []) => cluster.scan(objects, denied, "d");
  const scopeAt = async (seq: number): Promise<unknown> => {
    const { rows } = await cluster.ask(getResources, `?at=${seq}&kind=ClusterRoleBinding`, { cluster: "d" });
    return rows.map(({ scope }: { scope: string }) => scope);
  };
  // As the releases stored it, too, that recognised none.
  const then = await scan(here, ["nodes"]);
  const now = await scan(here);
  const compared: CompareResponse = await cluster.ask(getCompare, `?since=${then}&at=${now}`, { cluster: "d" });
  expect(compared.closed.map(({ change, control }) => [change, control])).toEqual([["control-changed", "rbac-cluster-admin-binding"]]);
  expect(compared.ledger.controlChanged).toBe(1);
  expect(causesOf(compared)).toContain("catalogue");
  expect(causesOf(compared).filter((cause) => BY_PEOPLE.includes(cause))).toEqual([]);
  const refused = await scan(here, ["nodes"]);
  const elsewhere = await scan([namespace(), node(), admins]);
  const scopes = () => Promise.all([then, now, refused, elsewhere].map(scopeAt));
  expect(await scopes()).toEqual([["workload"], ["platform"], ["platform"], ["workload"]]);
  // Whatever it is now.
  await scan(here);
  await cluster.forget();
  expect(await scopes()).toEqual([["workload"], ["platform"], ["platform"], ["workload"]]);
});
