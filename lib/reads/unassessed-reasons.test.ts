import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as listControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { unassessedFindings } from "@/components/posture/unassessed-findings";
import type { FindingRow } from "@/lib/contracts/findings";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { deployment, namespace, networkPolicy, node, statefulSet } from "@/lib/inventory/testing";
import { LAYERS } from "@/lib/model/layer";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const WORLD = [
  namespace(),
  namespace({ name: "kube-system" }),
  node({ name: "n1" }),
  networkPolicy({ name: "deny" }),
  ...["shop", "kube-system"].flatMap((home) => [
    deployment({ name: "good", namespace: home }),
    deployment({ name: "bad", namespace: home, container: BAD }),
    statefulSet({ name: "set", namespace: home, container: BAD }),
  ]),
];
/** Nearly everything. */
const ALL = [
  "pods",
  "deployments.apps",
  "statefulsets.apps",
  "daemonsets.apps",
  "replicasets.apps",
  "jobs.batch",
  "cronjobs.batch",
  "nodes",
  "serviceaccounts",
  "services",
  "configmaps",
  "roles.rbac.authorization.k8s.io",
  "clusterroles.rbac.authorization.k8s.io",
  "rolebindings.rbac.authorization.k8s.io",
  "networkpolicies.networking.k8s.io",
  "ingresses.networking.k8s.io",
];
const STATES = ["open", "waived", "unknown", "manual"] as const;

describe("why something was not assessed", () => {
  let cluster: ScannedCluster;
  beforeAll(async () => {
    cluster = await startScanned();
    await cluster.scan(WORLD);
    await cluster.scan(WORLD, ["networkpolicies.networking.k8s.io"]);
    await cluster.scan(WORLD, ["statefulsets.apps"]);
    await cluster.scan(WORLD, ALL);
    await cluster.scan(WORLD, ["pods"]);
    await cluster.scan(WORLD);
  });
  afterAll(() => cluster.stop());

  // biome-ignore lint/suspicious/noExplicitAny: what a stranger's program sees
  const rowsOf = async (at: number): Promise<any[]> => (await cluster.call(listControls, `?at=${at}`)).body.controls;

  it("is said of every control that was not assessed in full, on every page, at every moment", async () => {
    for (const at of [1, 2, 3, 4, 5, 6]) {
      const { unassessed } = (await cluster.call(getOverview, `?at=${at}`)).body;
      for (const row of unassessed) expect([at, row.control, row.reasons.length > 0]).toEqual([at, row.control, true]);
      for (const layer of LAYERS) {
        const page = (await cluster.call(getLayer, `?at=${at}`, { layer })).body;
        expect(page.unassessed).toEqual(unassessed.filter((row: { layer: string }) => row.layer === layer));
        const open = page.controls.filter((row: { isInScope: boolean; unknown: number; stale: number }) => row.isInScope && row.unknown + row.stale > 0);
        expect(open.map((row: { control: string }) => row.control).toSorted()).toEqual(
          page.unassessed.map((row: { control: string }) => row.control).toSorted(),
        );
      }
      for (const { id, counts, unassessed: why } of await rowsOf(at)) {
        if (counts !== null && counts.unknown + counts.stale > 0) expect([at, id, why.reasons.length > 0]).toEqual([at, id, true]);
      }
      const { clauses } = (await cluster.call(getFramework, `?at=${at}`, { framework: "nsa" })).body;
      for (const { controls } of clauses)
        for (const { id, counts, unassessed: why } of controls) if (counts.unknown + counts.stale > 0) expect([id, why.reasons.length > 0]).toEqual([id, true]);
    }
  });

  it("names the refusal of its time, how many it is about, and what helps", async () => {
    const why = async (at: number, control: string) => (await cluster.call(getControl, `?at=${at}`, { control })).body.unassessed;
    expect(await why(1, "container-privileged")).toMatchObject({ subjects: 0, reasons: [] });
    expect((await why(3, "container-privileged")).reasons).toMatchObject([
      { reason: expect.stringMatching(/statefulsets/), subjects: 2, stale: 2, isUnlisted: true, cause: "gap", action: expect.stringMatching(/^Grant/) },
    ]);
    const refused = await why(4, "container-privileged");
    expect(refused).toMatchObject({ subjects: 4, stale: 4, isUnlisted: true });
    const told = refused.reasons.map(({ reason, subjects }: { reason: string; subjects: number }) => [/reading \S+\/(\w+)/.exec(reason)?.[1], subjects]);
    expect(told).toEqual([
      ["pods", 0],
      ["deployments", 2],
      ["statefulsets", 2],
    ]);
    const asked = (await why(2, "netpol-default-deny-ingress")).reasons;
    expect(asked).toMatchObject([{ reason: expect.stringMatching(/networkpolicies/), isUnlisted: false, cause: "gap" }]);
    expect((await why(6, "secret-unreferenced")).reasons).toMatchObject([{ cause: "switched-off" }]);
  });

  it("counts every subject in one state: what the counts say, the list of findings holds", async () => {
    const matching = async (at: number, control: string, state: string) =>
      (await cluster.call(getFindings, `?at=${at}&limit=1&scope=workload&control=${control}&state=${state}`)).body.matching;
    for (const at of [2, 3, 4, 5, 6]) {
      const rows = (await rowsOf(at)).filter(({ counts }) => counts !== null && counts.failing + counts.unknown + counts.stale > 0);
      expect(rows.length).toBeGreaterThan(20);
      for (const { id, counts } of rows) {
        const [open, waived, unknown] = await Promise.all(STATES.map((state) => matching(at, id, state)));
        expect([at, id, open, waived, unknown]).toEqual([at, id, counts.failing, counts.waived, counts.unknown]);
      }
    }
  });

  it("leads to a list of as many: what was never assessed, and what is shown as it last was", async () => {
    const told = { isMixed: 0, isStale: 0, isUnknown: 0 };
    for (const at of [2, 3, 4, 5, 6]) {
      const { unassessed }: OverviewResponse = (await cluster.call(getOverview, `?at=${at}`)).body;
      for (const row of unassessed) {
        const { control, subjects, stale, isUnlisted } = row;
        const [, query] = unassessedFindings("", control, row).split("?");
        const { matching, rows } = (await cluster.call(getFindings, `?at=${at}&${query}`)).body;
        expect([at, control, matching]).toEqual([at, control, subjects + Number(isUnlisted)]);
        expect([at, control, rows.filter((one: FindingRow) => one.isStale && one.state === "open").length]).toEqual([at, control, stale]);
        told[stale === 0 ? "isUnknown" : matching > stale ? "isMixed" : "isStale"] += 1;
      }
    }
    expect(Math.min(...Object.values(told))).toBeGreaterThan(0);
  });

  it("leads to none that was assessed beside them", async () => {
    const nodes = await startScanned();
    const runs = (name: string, osImage: string) => node({ name, status: { nodeInfo: { osImage } } });
    await nodes.scan(["n1", "n2", "n3"].map((name) => runs(name, "Amazon Linux 2")));
    await nodes.scan([...["n1", "n2"].map((name) => runs(name, "Nobody's Linux 1")), runs("n3", "Amazon Linux 2"), runs("n4", "Nobody's Linux 1")]);
    await nodes.scan([...["n1", "n2"].map((name) => runs(name, "Nobody's Linux 1")), runs("n3", "Amazon Linux 2")]);
    const told = async (at: number) => {
      const { unassessed }: OverviewResponse = (await nodes.call(getOverview, `?at=${at}`)).body;
      const row = unassessed.find(({ control }) => control === "node-os-supported");
      const [, query] = row ? unassessedFindings("", row.control, row).split("?") : [];
      const { rows, facets } = (await nodes.call(getFindings, `?at=${at}&${query}`)).body;
      return { query, names: rows.map(({ resource }: FindingRow) => resource.name), assessed: facets.assessed };
    };
    const [now, last] = [
      { value: "now", count: 1 },
      { value: "last", count: 2 },
    ];
    const query = "control=node-os-supported&state=open,unknown&assessed=last,not&scope=workload";
    expect(await told(2)).toEqual({ query, names: ["n1", "n2", "n4"], assessed: [now, last, { value: "not", count: 1 }] });
    expect(await told(3)).toEqual({ query: "control=node-os-supported&assessed=last&scope=workload", names: ["n1", "n2"], assessed: [now, last] });
    await nodes.stop();
  });

  it("is said from the first scan on to whom nearly nothing is allowed, and nothing of a refused kind passes", async () => {
    const weak = await startScanned();
    await weak.scan(WORLD, ALL);
    const { controls } = (await weak.call(listControls)).body;
    const unknown = controls.filter(({ counts }: { counts: { unknown: number } | null }) => (counts?.unknown ?? 0) > 0);
    expect(unknown.length).toBeGreaterThan(100);
    for (const { id, unassessed } of unknown) expect([id, unassessed.reasons.length > 0]).toEqual([id, true]);
    const refused = unknown.find(({ id }: { id: string }) => id === "container-privileged");
    expect(refused).toMatchObject({
      counts: { n: 0, stale: 0 },
      unassessed: { isUnlisted: true, reasons: [{ reason: expect.stringMatching(/pods/), cause: "gap" }] },
    });
    const { layers, gaps } = (await weak.call(getOverview)).body;
    expect(layers.every(({ score }: { score: number | null }) => score === null)).toBe(true);
    expect(gaps.flatMap(({ kinds }: { kinds: string[] }) => kinds).length).toBe(ALL.length);
    await weak.stop();
  });
});
