import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import type { ResourceRow } from "@/lib/contracts/resources";
import { cronJob, daemonSet, deployment, job, namespace, pod, replicaSet, replicationController, statefulSet } from "@/lib/inventory/testing";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const BAD = { securityContext: { privileged: true } };
const owned = (apiVersion: string, kind: string, name: string) => ({ ownerReferences: [{ apiVersion, kind, name, controller: true, uid: name }] });

/** Of every kind of workload a good and a bad one, for the shop and for the platform, with pods of theirs. */
const KINDS = { deployment, statefulSet, daemonSet, cronJob, job, replicaSet, replicationController, pod };
const WORLD = [
  namespace(),
  namespace({ name: "kube-system" }),
  ...["shop", "kube-system"].flatMap((home) => [
    ...Object.entries(KINDS).flatMap(([kind, make]) => [
      make({ name: `${kind.toLowerCase()}-good`, namespace: home }),
      make({ name: `${kind.toLowerCase()}-bad`, namespace: home, container: BAD }),
    ]),
    pod({ name: "statefulset-bad-0", namespace: home, container: BAD, metadata: owned("apps/v1", "StatefulSet", "statefulset-bad") }),
    replicaSet({ name: "deployment-bad-7d9f", namespace: home, container: BAD, metadata: owned("apps/v1", "Deployment", "deployment-bad") }),
    pod({ name: "deployment-bad-7d9f-x", namespace: home, container: BAD, metadata: owned("apps/v1", "ReplicaSet", "deployment-bad-7d9f") }),
    replicaSet({ name: "rollout-5c6d", namespace: home, container: BAD, metadata: owned("argoproj.io/v1alpha1", "Rollout", "rollout") }),
    pod({ name: "rollout-5c6d-x", namespace: home, container: BAD, metadata: owned("apps/v1", "ReplicaSet", "rollout-5c6d") }),
  ]),
];

interface Seen {
  /** `control kind/name in namespace`, and whether it was seen this time. */
  readonly open: ReadonlyMap<string, "fresh" | "stale">;
  readonly scores: Map<string, number>;
}

describe("a kind of workload that is refused", () => {
  let cluster: ScannedCluster;
  let before: Seen;

  async function look(denied: readonly string[]): Promise<Seen> {
    await cluster.scan(WORLD, denied);
    const open = new Map<string, "fresh" | "stale">();
    for (let cursor = ""; ; ) {
      const { body } = await cluster.call(getFindings, `?state=open&limit=200${cursor}`);
      for (const { control, resource, isStale } of body.rows) {
        open.set(`${control} ${resource.kind}/${resource.name} in ${resource.namespace}`, isStale ? "stale" : "fresh");
      }
      if (!body.nextCursor) break;
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    const { layers, platformScore } = (await cluster.call(getOverview)).body;
    const scores = layers.map(({ layer, score }: { layer: string; score: number | null }) => [layer, score ?? -1]);
    return { open, scores: new Map([...scores, ["platform", platformScore ?? -1]]) };
  }

  beforeAll(async () => {
    cluster = await startScanned();
    before = await look([]);
  });
  afterAll(() => cluster.stop());

  it.each([
    ["deployments.apps", "Deployment"],
    ["statefulsets.apps", "StatefulSet"],
    ["daemonsets.apps", "DaemonSet"],
    ["cronjobs.batch", "CronJob"],
    ["jobs.batch", "Job"],
    ["replicasets.apps", "ReplicaSet"],
    ["replicationcontrollers", "ReplicationController"],
    ["pods", "Pod"],
  ])("%s: closes nothing, opens nothing, raises no score, and all is well again afterwards", async (denied, kind) => {
    const without = await look([denied]);
    const isOf = (finding: string) => finding.includes(` ${kind}/`);
    expect([...before.open.keys()].filter((finding) => !without.open.has(finding))).toEqual([]);
    expect([...without.open.keys()].filter((finding) => !before.open.has(finding))).toEqual([]);
    expect([...without.open].filter(([finding, mark]) => isOf(finding) && mark !== "stale")).toEqual([]);
    expect([...without.open.keys()].some(isOf)).toBe(true);
    for (const [layer, score] of without.scores) expect(score, layer).toBeLessThanOrEqual((before.scores.get(layer) ?? -1) + 1e-9);
    expect(await look([])).toEqual(before);
  });

  it("leaves the others judged, where it never stands between a pod and its owner", async () => {
    const ofOthers = (seen: Seen, kind: string) =>
      [...seen.open].filter(([finding]) => /^(container-privileged|capabilities-not-dropped) /.test(finding) && !finding.includes(` ${kind}/`));
    for (const [denied, kind] of [
      ["deployments.apps", "Deployment"],
      ["statefulsets.apps", "StatefulSet"],
      ["daemonsets.apps", "DaemonSet"],
      ["cronjobs.batch", "CronJob"],
    ] as const) {
      const others = ofOthers(await look([denied]), kind);
      expect(others.length).toBeGreaterThan(10);
      expect(others.filter(([, mark]) => mark === "stale")).toEqual([]);
    }
    expect(ofOthers(await look(["pods"]), "Pod").filter(([, mark]) => mark === "fresh")).toEqual([]);
  });

  it("is said of an object that is shown as it last was, as of that snapshot only", async () => {
    await cluster.scan(WORLD);
    const refused = await cluster.scan(WORLD, ["statefulsets.apps"]);
    const withoutPods = await cluster.scan(WORLD, ["pods"]);
    const unread = async (groupKind: string, at: number) =>
      (await cluster.call(getResource, `?at=${at}`, { groupKind, namespace: "shop", name: `${groupKind.slice(5).toLowerCase()}-bad` })).body.unread;
    expect(await unread("apps.StatefulSet", refused)).toMatchObject({ kind: "StatefulSet", reason: expect.stringMatching(/statefulsets/) });
    expect(await unread("apps.StatefulSet", withoutPods)).toMatchObject({ kind: "Pod" });
    expect(await unread("apps.StatefulSet", refused - 1)).toBeNull();
    expect(await unread("apps.Deployment", refused)).toBeNull();
  });

  it("marks the rows of such objects, and draws none of their rings as certain", async () => {
    await cluster.scan(WORLD);
    const at = await cluster.scan(WORLD, ["statefulsets.apps"]);
    const list = (await cluster.call(getResources, `?at=${at}&limit=500`)).body;
    const stale = list.rows.filter((row: ResourceRow) => row.isStale).map((row: ResourceRow) => row.ref.kind);
    expect(new Set(stale)).toEqual(new Set(["StatefulSet"]));
    expect(list.stale).toBe(stale.length);
    expect((await cluster.call(getResources, `?at=${at - 1}`)).body.stale).toBe(0);
    const ringsOf = async (groupKind: string, name: string) =>
      (await cluster.call(getResource, `?at=${at}`, { groupKind, namespace: "shop", name })).body.rings;
    const unread = await ringsOf("apps.StatefulSet", "statefulset-bad");
    for (const ring of unread) expect([ring.staleMet, ring.staleFailing]).toEqual([ring.met, ring.failing]);
    expect(unread.reduce((sum: number, ring: { met: number }) => sum + ring.met, 0)).toBeGreaterThan(10);
    const judged = (await ringsOf("apps.Deployment", "deployment-bad")).find((ring: { layer: string }) => ring.layer === "container");
    expect(judged).toMatchObject({ staleMet: 0, staleFailing: 0 });
  });

  it("leaves what other kinds tell of an object uncertain as well", async () => {
    await cluster.scan(WORLD);
    const at = await cluster.scan(WORLD, ["networkpolicies.networking.k8s.io"]);
    const { rings, unread } = (await cluster.call(getResource, `?at=${at}`, { groupKind: "apps.Deployment", namespace: "shop", name: "deployment-bad" })).body;
    expect(unread).toBeNull();
    const of = (layer: string) => rings.find((ring: { layer: string }) => ring.layer === layer);
    expect(of("cluster").staleFailing).toBeGreaterThan(0);
    expect(of("container")).toMatchObject({ staleMet: 0, staleFailing: 0 });
  });

  it("is said beside what was judged, from the first scan on", async () => {
    const fresh = await startScanned();
    await fresh.scan(WORLD, ["statefulsets.apps"]);
    const { rows } = (await fresh.call(getFindings, "?control=container-privileged&limit=200")).body;
    const kinds = rows.map(({ resource, state }: { resource: { kind: string }; state: string }) => `${resource.kind} ${state}`);
    expect(kinds).toContain("Deployment open");
    expect(kinds).not.toContain("StatefulSet open");
    expect((await fresh.call(getOverview)).body.gaps.map(({ kinds: of }: { kinds: string[] }) => of)).toContainEqual(["StatefulSet"]);
    const unknown = (await fresh.call(getFindings, "?control=container-privileged&state=unknown&limit=200")).body.rows;
    expect(unknown.map(({ resource }: { resource: { kind: string } }) => resource.kind)).toEqual(["Cluster"]);
    await fresh.stop();
  });
});
