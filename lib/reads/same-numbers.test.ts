import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { GET as getSnapshots } from "@/app/api/v1/clusters/[cluster]/snapshots/route";
import { GET as getSources } from "@/app/api/v1/clusters/[cluster]/sources/route";
import { clusterRole, clusterRoleBinding, deployment, namespace, pod } from "@/lib/inventory/testing";
import { LAYERS } from "@/lib/model/layer";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const workload = (home: string, container: object) => deployment({ name: "a", namespace: home, container: container as Record<string, never> });
const MADE = pod({
  name: "a-1",
  namespace: "shop",
  metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: "a", controller: true, uid: "u" }] },
});
const POWER = [
  clusterRole({ name: "ops", rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] }),
  clusterRoleBinding({
    name: "ops",
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "ops" },
    subjects: [{ kind: "ServiceAccount", name: "ghost", namespace: "shop" }],
  }),
];
const HOMES = ["shop", "kube-system"];
const world = (...containers: readonly object[]) => [
  ...HOMES.flatMap((home, i) => [namespace({ name: home }), workload(home, containers[i] ?? BAD)]),
  MADE,
  ...POWER,
];

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

describe("the same number on every page", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.scan(world());
  });
  afterAll(() => cluster.stop());

  const matching = async (query: string): Promise<number> => (await cluster.call(getFindings, `?limit=1&${query}`)).body.matching;

  it("has workloads in the overview and says what the platform has beside them", async () => {
    const { open, platformOpen } = (await cluster.call(getOverview)).body;
    const { total, totalPlatform } = (await cluster.call(getFindings)).body;
    expect(sum(open)).toBe(await matching("scope=workload"));
    expect(platformOpen).toBe(await matching("scope=platform"));
    expect(platformOpen).toBeGreaterThan(0);
    expect([total, totalPlatform]).toEqual([sum(open) + platformOpen, platformOpen]);
  });

  it("has in the rows of a layer, with what only sums up others, all that is open in it", async () => {
    for (const layer of LAYERS) {
      const { layer: score, controls, rolledUp, namespaces } = (await cluster.call(getLayer, "", { layer })).body;
      const failing = (rows: readonly { failing: number }[]) => rows.reduce((n, row) => n + row.failing, 0);
      expect(failing(controls) + rolledUp).toBe(sum(score.open));
      expect(failing(namespaces)).toBe(sum(score.open));
      expect(sum(score.open)).toBe(await matching(`scope=workload&layer=${layer}`));
      if (layer === "container") expect(rolledUp).toBe(await matching("scope=workload&control=pss-baseline,pss-restricted"));
    }
    expect(await matching("scope=workload&control=pss-baseline")).toBeGreaterThan(0);
  });

  it("has on the page of all controls those that fail in the layers, and beside them only such as sum up others", async () => {
    const failing = (rows: readonly { failing: number }[]) => rows.filter((row) => row.failing > 0).length;
    let inLayers = 0;
    for (const layer of LAYERS) inLayers += failing((await cluster.call(getLayer, "", { layer })).body.controls);
    const { controls } = (await cluster.call(getControls)).body;
    const counts = (isRollUp: boolean) => controls.flatMap((row: (typeof controls)[number]) => (row.isRollUp === isRollUp && row.counts ? [row.counts] : []));
    expect([failing(counts(false)), failing(counts(true))]).toEqual([inLayers, 2]);
  });

  it("counts a control's failures on its own page, and elsewhere on the page of a finding, as the list does", async () => {
    const { counts, platform, failing } = (await cluster.call(getControl, "", { control: "container-privileged" })).body;
    expect([counts.failing, platform.failing, failing.length]).toEqual([1, 1, await matching("control=container-privileged")]);
    const { elsewhere } = (await cluster.call(getFinding, "", { id: failing[0].id })).body;
    expect([elsewhere.failing, elsewhere.rows.length]).toEqual([2, 1]);
    expect([elsewhere.failing + elsewhere.passing, elsewhere.platform]).toEqual([counts.n + platform.n, platform.n]);
    expect([elsewhere.notAssessed, platform.n]).toEqual([counts.unknown, 1]);
  });

  it("lists as many objects of a kind as the sources say, and says which findings are on none", async () => {
    const { kinds } = (await cluster.call(getSources)).body;
    for (const { kind, listed } of kinds) expect([kind, (await cluster.call(getResources, `?kind=${kind}`)).body.rows.length]).toEqual([kind, listed]);
    expect(kinds.find(({ kind }: { kind: string }) => kind === "Pod")).toMatchObject({ objects: 1, listed: 0 });
    const { rows, openElsewhere } = (await cluster.call(getResources)).body;
    const open = rows.reduce((n: number, row: { open: Record<string, number> }) => n + sum(row.open), 0);
    expect(open + openElsewhere).toBe(await matching(""));
    expect(openElsewhere).toBeGreaterThan(0);
  });

  it("puts a namespace into itself, among findings and among objects", async () => {
    const { rows } = (await cluster.call(getResources, "?namespace=shop")).body;
    const open = rows.reduce((n: number, row: { open: Record<string, number> }) => n + sum(row.open), 0);
    const { matching: inShop, rows: findings } = (await cluster.call(getFindings, "?namespace=shop&limit=500")).body;
    const ofGhost = findings.filter((row: { resource: { name: string } }) => row.resource.name === "ghost").length;
    expect(open + ofGhost).toBe(inShop);
  });

  it("opens nothing where there is no earlier snapshot", async () => {
    const { tabs } = (await cluster.call(getFindings, "?at=1")).body;
    expect([tabs.opened, await matching("at=1&tab=opened")]).toEqual([0, 0]);
    const { open, stack } = (await cluster.call(getOverview, "?at=1")).body;
    const { snapshots } = (await cluster.call(getSnapshots)).body;
    for (const { seq, opened, closed, open: counts } of [stack[0], snapshots.at(-1)]) expect([seq, opened, closed, counts]).toEqual([1, 0, 0, open]);
  });

  it("times the fixes of workloads alone, as all else in the overview", async () => {
    await cluster.scan(world(BAD, {}));
    const fixed = async () => (await cluster.call(getOverview)).body.timeToFix.find(({ severity }: { severity: string }) => severity === "critical").fixed;
    expect(await fixed()).toBe(0);
    await cluster.scan(world({}, {}));
    expect(await fixed()).toBe(1);
  });

  it("counts as opened and closed what the lists that the counts lead to hold", async () => {
    const bad = await cluster.scan(world(BAD, BAD));
    const fixed = await cluster.scan(world({}, {}));
    const again = await cluster.scan(world(BAD, BAD));
    // What fails again after it was fixed is neither opened nor closed, from before the fix on.
    for (const [since, at] of [
      [bad, fixed],
      [fixed, again],
      [bad, again],
    ]) {
      const { opened, closed } = (await cluster.call(getOverview, `?at=${at}&since=${since}`)).body;
      const compare = (await cluster.call(getCompare, `?at=${at}&since=${since}`)).body;
      const listed = async (tab: string): Promise<number> => matching(`at=${at}&since=${since}&tab=${tab}&scope=workload`);
      const { openedSince, tabs } = (await cluster.call(getFindings, `?at=${at}&since=${since}&scope=workload`)).body;
      expect([at, opened, closed]).toEqual([at, await listed("opened"), await listed("closed")]);
      expect([openedSince, tabs.opened, tabs.closed]).toEqual([opened, opened, closed]);
      expect([compare.opened.length, compare.closed.length]).toEqual([opened, closed]);
    }
    for (const query of [`since=${bad}&at=${fixed}&tab=closed`, `since=${fixed}&at=${again}&tab=opened`]) expect(await matching(query)).toBeGreaterThan(0);
  });
});
