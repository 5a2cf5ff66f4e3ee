import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { daemonSet, deployment, namespace, networkPolicy } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const SET = { apiVersion: "projectcalico.org/v3", kind: "GlobalNetworkSet", metadata: { name: "partners", labels: { role: "partner" } }, spec: { nets: [] } };
const FIREWALL = {
  apiVersion: "k8s.ovn.org/v1",
  kind: "EgressFirewall",
  metadata: { name: "default", namespace: "open" },
  spec: {
    egress: [
      { type: "Allow", to: { cidrSelector: "203.0.113.0/24" } },
      { type: "Deny", to: { cidrSelector: "0.0.0.0/0" } },
    ],
  },
};
const CLOSING = {
  apiVersion: "policy.networking.k8s.io/v1alpha1",
  kind: "AdminNetworkPolicy",
  metadata: { name: "closing" },
  spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: "Deny", from: [{ namespaces: {} }] }] },
};
const WORLD = [
  namespace(),
  namespace({ name: "open" }),
  { ...networkPolicy(), spec: { podSelector: {}, policyTypes: ["Ingress"] } },
  deployment({ name: "web" }),
  deployment({ name: "web", namespace: "open" }),
  daemonSet({ name: "calico-node", namespace: "kube-system", container: { name: "calico-node", image: "docker.io/calico/node:v3.30.0" } }),
  SET,
  FIREWALL,
];
const ANP = "adminnetworkpolicies.policy.networking.k8s.io";

describe("kinds of policies that an older role does not have", () => {
  let cluster: ScannedCluster;
  const at = { whole: 0, sets: 0, firewall: 0, closing: 0, admin: 0 };
  beforeAll(async () => {
    cluster = await startScanned();
    at.whole = await cluster.scan(WORLD);
    at.sets = await cluster.scan(WORLD, ["globalnetworksets.projectcalico.org"]);
    at.firewall = await cluster.scan(WORLD, ["egressfirewalls.k8s.ovn.org"]);
    at.closing = await cluster.scan([...WORLD, CLOSING]);
    at.admin = await cluster.scan([...WORLD, CLOSING], [ANP]);
  });
  afterAll(() => cluster.stop());

  // biome-ignore lint/suspicious/noExplicitAny: what a stranger's program sees
  const control = async (snapshot: number): Promise<any> => (await cluster.call(getControl, `?at=${snapshot}`, { control: "netpol-ingress-open" })).body;
  const network = async (snapshot: number) => {
    const { notAssessed, policies, columns, rows } = (await cluster.call(getNetwork, `?at=${snapshot}`)).body;
    const cells: { from: string; cells: ({ state: string } | null)[] }[] = rows;
    const state = (from: string, to: string) => cells.find((row) => row.from === from)?.cells[columns.indexOf(to)]?.state;
    return { notAssessed, gaps: policies.gaps, state };
  };
  const score = async (snapshot: number) => {
    const { layers } = (await cluster.call(getOverview, `?at=${snapshot}`)).body;
    return layers.find(({ layer }: { layer: string }) => layer === "cluster").score;
  };

  it("leave every verdict as it is that they could not change", async () => {
    const whole = await control(at.whole);
    expect(whole.counts).toMatchObject({ failing: 1, unknown: 0 });
    for (const snapshot of [at.sets, at.firewall]) {
      expect((await control(snapshot)).counts).toEqual(whole.counts);
      expect(await score(snapshot)).toBe(await score(at.whole));
    }
    const rings = (await cluster.call(getResource, `?at=${at.sets}`, { groupKind: "apps.Deployment", namespace: "shop", name: "web" })).body.rings;
    for (const ring of rings) expect([ring.layer, ring.staleMet, ring.staleFailing]).toEqual([ring.layer, 0, 0]);
  });

  it("are not taken for the built-in kind of their name", async () => {
    const policies = { apiVersion: "projectcalico.org/v3", kind: "NetworkPolicy", metadata: { name: "extra", namespace: "open" }, spec: {} };
    const seq = await cluster.scan([...WORLD, policies], ["networkpolicies.projectcalico.org"]);
    expect((await network(seq)).gaps).toMatchObject([{ kind: "Calico NetworkPolicy" }]);
    const { rings } = (await cluster.call(getResource, `?at=${seq}`, { groupKind: "apps.Deployment", namespace: "shop", name: "web" })).body;
    for (const ring of rings) expect([ring.layer, ring.staleMet]).toEqual([ring.layer, 0]);
    const policy = { groupKind: "networking.k8s.io.NetworkPolicy", namespace: "shop", name: "default-deny" };
    expect((await cluster.call(getResource, `?at=${seq}`, policy)).body.unread).toBeNull();
  });

  it("make the rest unknown, with the reason and what helps, and raise no score", async () => {
    const { counts, unassessed } = await control(at.admin);
    expect(counts).toMatchObject({ unknown: 2 });
    expect(unassessed.reasons).toMatchObject([
      {
        reason: expect.stringMatching(
          /^AdminNetworkPolicy objects could not be read, and one of them may decide this\. The API server does not allow reading /,
        ),
        cause: "gap",
        action: expect.stringContaining("deploy/cluster-role.yaml"),
      },
    ]);
    expect(await score(at.admin)).toBeLessThanOrEqual(await score(at.closing));
  });

  it("leave answers about connections, and count nothing that is only remembered of them", async () => {
    const whole = await network(at.whole);
    expect([whole.gaps, whole.state("open", "shop"), whole.state("shop", "open"), whole.state("open", "~")]).toEqual([[], "closed", "open", "restricted"]);
    const sets = await network(at.sets);
    expect(sets.gaps).toMatchObject([{ kind: "GlobalNetworkSet", action: expect.stringContaining("deploy/cluster-role.yaml") }]);
    expect([sets.state("open", "shop"), sets.state("shop", "open"), sets.state("open", "~")]).toEqual(["closed", "open", "restricted"]);
    const firewall = await network(at.firewall);
    expect([firewall.state("open", "shop"), firewall.state("shop", "open"), firewall.state("open", "~")]).toEqual(["closed", "open", "unknown"]);
    const [closing, admin] = [await network(at.closing), await network(at.admin)];
    expect([closing.state("shop", "open"), admin.state("shop", "open")]).toEqual(["closed", "unknown"]);
    expect(admin.notAssessed).toBeNull();
    const side = async (snapshot: number) =>
      (await cluster.call(getNetworkWorkload, `?at=${snapshot}&workload=open/Deployment/web`)).body.workload.ingress as {
        isLimited: boolean;
        isWhole: boolean;
      };
    expect(await side(at.whole)).toMatchObject({ isLimited: false, isWhole: true });
    expect(await side(at.firewall)).toMatchObject({ isLimited: false, isWhole: true });
    expect(await side(at.closing)).toMatchObject({ isLimited: true, isWhole: true });
    expect(await side(at.admin)).toMatchObject({ isLimited: false, isWhole: false });
  });
});
