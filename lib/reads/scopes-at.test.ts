import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { clusterRole, clusterRoleBinding, node } from "@/lib/inventory/testing";
import { world } from "@/lib/scan/testing-world";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

describe("what is of the platform", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
  });
  afterAll(() => cluster.stop());

  const listed = async (query: string): Promise<number> => (await cluster.call(getFindings, `?limit=1&${query}`)).body.matching;

  /** The open findings of workloads and of the platform at a snapshot, as the overview and as the list count them. */
  async function counts(at: number) {
    const { open, platformOpen } = (await cluster.call(getOverview, `?at=${at}`)).body;
    const counted = [sum(open), platformOpen];
    expect([await listed(`at=${at}&scope=workload`), await listed(`at=${at}&scope=platform`)]).toEqual(counted);
    return counted;
  }
  const resources = async (at: number) => {
    const { rows } = (await cluster.call(getResources, `?at=${at}&scope=workload&kind=Deployment`)).body;
    return rows.map(({ key, scope }: { key: string; scope: string }) => [key, scope]);
  };

  it("is what the settings of the snapshot say, whatever they became since", async () => {
    await cluster.scan(world(1));
    const first = await counts(1);
    const objects = await resources(1);
    expect(objects).toEqual([["apps/Deployment/shop/app-0000", "workload"]]);

    await cluster.save({ platformNamespaces: ["shop"] });
    expect(await cluster.scan(world(1))).toBe(2);
    const second = await counts(2);
    expect(second[0]).toBeLessThan(first[0]);
    expect(second[1]).toBeGreaterThan(first[1]);
    expect(await resources(2)).toEqual([]);
    expect(await counts(1)).toEqual(first);
    expect(await resources(1)).toEqual(objects);

    const { ledger } = (await cluster.call(getCompare, "?since=1&at=2")).body;
    expect(ledger).toMatchObject({ openBefore: first[0], openAfter: second[0] });
    expect(ledger.openBefore + ledger.new + ledger.reopened - ledger.fixed - ledger.gone - ledger.otherClosed).toBe(ledger.openAfter);
  });

  it("is for what the API server made what was in it then, whatever somebody made of it since", async () => {
    const labels = { "kubernetes.io/bootstrapping": "rbac-defaults" };
    const role = (verbs: readonly string[]) => ({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "cluster-admin", labels },
      rules: [
        { apiGroups: ["*"], resources: ["*"], verbs },
        { nonResourceURLs: ["*"], verbs: ["*"] },
      ],
    });
    const scopesOf = async (at: number) => {
      const key = { groupKind: "rbac.authorization.k8s.io.ClusterRole", namespace: "-", name: "cluster-admin" };
      const { rows } = await cluster.ask(getResources, `?at=${at}&kind=ClusterRole&q=cluster-admin`);
      return [...rows.map(({ scope }: { scope: string }) => scope), (await cluster.ask(getResource, `?at=${at}`, key)).scope];
    };
    const shipped = await cluster.scan([...world(1), role(["*"])]);
    expect(await scopesOf(shipped)).toEqual(["platform", "platform"]);
    const changed = await cluster.scan([...world(1), role(["get"])]);
    expect([await scopesOf(changed), await scopesOf(shipped)]).toEqual([
      ["workload", "workload"],
      ["platform", "platform"],
    ]);
    await cluster.forget();
    expect([await scopesOf(changed), await scopesOf(shipped)]).toEqual([
      ["workload", "workload"],
      ["platform", "platform"],
    ]);
  });

  it("is for what is gone what it was last, also where only its cluster was recognised meanwhile", async () => {
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" };
    const subjects = [{ apiGroup: roleRef.apiGroup, kind: "User", name: "eks:addon-manager" }];
    const binding = clusterRoleBinding({ name: "eks:addon-cluster-admin", roleRef, subjects });
    const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "p" } });
    const key = { groupKind: "rbac.authorization.k8s.io.ClusterRoleBinding", namespace: "-", name: "eks:addon-cluster-admin" };
    const days: string[] = [];
    for (const objects of [[binding], [binding, eks], [eks]])
      days.push((await cluster.ask(getResource, `?at=${await cluster.scan([...world(1), ...objects])}`, key)).scope);
    expect(days).toEqual(["workload", "platform", "platform"]);
  });

  it("is for a user what its rights are of at that moment, whatever they were when it first had a finding", async () => {
    const group = "rbac.authorization.k8s.io";
    const user = { apiGroup: group, kind: "User", name: "eks:addon-manager" };
    const bound = (name: string) => [
      clusterRole({ name, rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }] }),
      clusterRoleBinding({ name, roleRef: { apiGroup: group, kind: "ClusterRole", name }, subjects: [user] }),
    ];
    const eks = node({ labels: { "eks.amazonaws.com/nodegroup": "p" } });
    const own = bound("eks:addon-manager");
    const days: string[] = [];
    for (const objects of [own, [...own, eks], [...own, ...bound("mine"), eks]]) {
      const seq = await cluster.scan([...world(1), ...objects]);
      const { rows } = await cluster.ask(getFindings, `?at=${seq}&control=rbac-pod-exec`);
      const page = await cluster.ask(getResource, `?at=${seq}`, { groupKind: `${group}.User`, namespace: "-", name: user.name });
      days.push(`${rows[0].scope} ${page.scope}`);
    }
    expect(days).toEqual(["workload workload", "platform platform", "workload workload"]);
  });
});
