import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { clusterRole, clusterRoleBinding, deployment, namespace, pod, statefulSet } from "@/lib/inventory/testing";
import { getDatabase } from "@/lib/store/database-handle";
import { type ScannedCluster, startScanned } from "./testing-scanned";

const PRIVILEGED = "container-privileged";
const LIMITS = "resource-limits-missing";
const DEPLOYMENTS = ["deployments.apps"];
const TABLES = ["finding", "finding_span", "resource", "resource_version", "tally", "coverage_set"];

const app = (name: string, privileged: boolean, labels = {}) =>
  deployment({ name, metadata: { labels }, container: { securityContext: { privileged }, resources: { limits: { cpu: undefined } } } });
const countRows = async (): Promise<readonly unknown[]> =>
  Promise.all(TABLES.map(async (table) => (await getDatabase().pool.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n));
const told = ({ opened, closed, worsened }: CompareResponse, control: string): string[] =>
  [...opened, ...closed, ...worsened].flatMap((row) => (row.control === control ? [`${row.resource.name} ${row.change}`] : [])).sort();
const pointsOf = ({ waterfalls }: CompareResponse, of = "container"): Readonly<Record<string, number>> =>
  Object.fromEntries(waterfalls.find(({ layer }) => layer === of)?.rows.map(({ cause, points }) => [cause, points]) ?? []);

describe("what fails when it can be read", () => {
  let cluster: ScannedCluster;
  beforeEach(async () => {
    cluster = await startScanned();
  });
  afterEach(() => cluster.stop());
  const compare = async (since: number): Promise<CompareResponse> => (await cluster.call(getCompare, `?since=${since}`)).body;

  it("is new since it was read, but not since it was refused, however long that was; each scan meanwhile adds one row", async () => {
    await cluster.scan([namespace(), app("broken", false), app("mended", true), app("same", true)]);
    const later = [namespace(), app("broken", true), app("mended", false), app("same", true)];
    await cluster.scan(later, DEPLOYMENTS);
    const rows = await countRows();
    for (let scan = 0; scan < 24; scan += 1) await cluster.scan(later, DEPLOYMENTS);
    expect(await countRows()).toEqual(rows);
    const refused = await cluster.scan(later, DEPLOYMENTS);
    await cluster.scan(later);
    const [short, long] = [await compare(refused), await compare(1)];
    expect(told(short, PRIVILEGED)).toEqual(["broken assessed", "mended fixed"]);
    expect(told(long, PRIVILEGED)).toEqual(["broken new", "mended fixed"]);
    expect([short.ledger.new, short.ledger.assessed, long.ledger.assessed]).toEqual([0, short.opened.length, 0]);
    expect(pointsOf(short)["newly-failing"]).toBe(0);
    expect(pointsOf(long)["newly-failing"]).toBeLessThan(0);
    const broken = short.opened.find(({ control }) => control === PRIVILEGED);
    expect(broken?.before).toMatchObject({ state: "unknown" });
    expect((await cluster.call(getFinding, "", { id: broken?.id ?? "" })).body.story).toEqual([
      expect.stringMatching(/^It was found on [^.]+, when it could be assessed; since when it failed is not known\.$/),
    ]);
    const { movers } = (await cluster.call(getOverview, `?since=${refused}`)).body;
    expect(movers.map(({ change }: { change: string }) => change)).toEqual(expect.arrayContaining(["assessed", "fixed"]));
  });

  it("is no new object where its kind was never read before", async () => {
    // Beside it something that can be read, or the layer had no score that could move.
    const world = [namespace(), statefulSet({ name: "seen" }), app("broken", true)];
    await cluster.scan(world, DEPLOYMENTS);
    await cluster.scan(world);
    const first = await compare(1);
    expect(told(first, PRIVILEGED)).toEqual(["broken assessed"]);
    expect(first.opened.find(({ control }) => control === PRIVILEGED)?.before).toMatchObject({ state: "unknown", read: expect.stringContaining("eployments") });
    expect(pointsOf(first)["newly-failing"]).toBe(0);
    await cluster.scan([...world, app("late", true)]);
    expect(told(await compare(2), PRIVILEGED)).toEqual(["late new"]);
  });

  it("stays assessed in the comparison of then when all objects of its kind are gone, where that kind is told from pods alone", async () => {
    const owner = { apiVersion: "example.com/v1", kind: "Widget", name: "web", uid: "web", controller: true };
    const widget = pod({ metadata: { ownerReferences: [owner] }, container: { securityContext: { privileged: true } } });
    await cluster.scan([namespace(), widget], ["replicasets.apps"]);
    const at = await cluster.scan([namespace(), widget]);
    const then = await compare(1);
    expect(told(then, PRIVILEGED)).toEqual(["web assessed"]);
    await cluster.scan([namespace()]);
    const { body } = await cluster.call(getCompare, `?since=1&at=${at}`);
    expect([body.ledger, body.waterfalls]).toEqual([then.ledger, then.waterfalls]);
  });

  it("is told of new objects, not of another catalogue, where they are the first that a control applies to", async () => {
    const os = (name: string) => ({ podSpec: { os: { name } } });
    await cluster.scan([namespace(), deployment({ name: "old", ...os("windows") })]);
    await cluster.scan([namespace(), deployment({ name: "old", ...os("windows") }), deployment({ name: "new", ...os("linux") })]);
    const { catalogue, coverage, ...points } = pointsOf(await compare(1));
    expect([catalogue, coverage]).toEqual([0, 0]);
    expect(points["new-resources"]).not.toBe(0);
  });

  it("is told of what people may now, not of new objects, where they are none and had no finding before", async () => {
    const may = (resources: string) => [
      namespace(),
      clusterRole({ rules: [{ apiGroups: [""], resources: [resources], verbs: ["list"] }] }),
      clusterRoleBinding({ subjects: [{ kind: "User", name: "jane" }] }),
    ];
    await cluster.scan(may("pods"));
    await cluster.scan(may("secrets"));
    const widened = await compare(1);
    expect(told(widened, "rbac-secrets-read")).toEqual(["jane new"]);
    expect(widened.opened.find(({ control }) => control === "rbac-secrets-read")?.before.state).toBe("clear");
    const points = pointsOf(widened, "cluster");
    expect(points["new-resources"]).toBe(0);
    expect(points["newly-failing"]).toBeLessThan(0);
  });

  it("passed nothing before where what it is told from was refused: rights of an account that could be read itself", async () => {
    const names = ["api", "app", "web"];
    const accounts = names.map((name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace: "shop" } }));
    const apiVersion = "rbac.authorization.k8s.io/v1";
    const role = {
      apiVersion,
      kind: "ClusterRole",
      metadata: { name: "reader" },
      rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }],
    };
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" };
    const subjects = names.map((name) => ({ kind: "ServiceAccount", name, namespace: "shop" }));
    const objects = [namespace(), ...accounts, role, { apiVersion, kind: "ClusterRoleBinding", metadata: { name: "readers" }, roleRef, subjects }];
    await cluster.scan(objects, ["clusterrolebindings.rbac.authorization.k8s.io"]);
    await cluster.scan(objects);
    const first = await compare(1);
    // Those who have rights were listed by nobody: that there are more of them now than the one who stood for them won no points.
    expect(pointsOf(first, "cluster")).toMatchObject({ "new-resources": 0, "gone-resources": 0, "newly-failing": 0 });
    const rows = first.opened.filter(({ control }) => control === "rbac-secrets-read");
    expect(rows.map(({ change, before, resource }) => [resource.name, change, before.state]).sort()).toEqual(
      names.map((name) => [name, "assessed", "unknown"]),
    );
    const { pool } = getDatabase();
    const { rows: spans } = await pool.query(
      "SELECT DISTINCT opened_cause FROM finding_span s JOIN finding f ON f.id = s.finding_id WHERE f.control_id = $1 AND s.state = 'fail'",
      ["rbac-secrets-read"],
    );
    expect(spans).toEqual([{ opened_cause: "assessed" }]);
  });

  it("was opened by the settings that were changed meanwhile, also where every control passed before", async () => {
    await cluster.scan([namespace(), app("passing", false)]);
    for (const requireCpuLimit of [false, true]) {
      await cluster.save({ requireCpuLimit });
      await cluster.scan([namespace(), app("passing", false)], DEPLOYMENTS);
    }
    await cluster.scan([namespace(), app("passing", false)]);
    expect(told(await compare(1), LIMITS)).toEqual(["passing opened-by-settings"]);
  });

  it("is rated higher by the weight that people gave its control, and not by what became of its object", async () => {
    await cluster.save({ reweightedControls: { [PRIVILEGED]: { severity: "low", reason: "One tenant." } } });
    await cluster.scan([namespace(), app("same", true)]);
    await cluster.save({});
    await cluster.scan([namespace(), app("same", true)]);
    const raised = await compare(1);
    expect(told(raised, PRIVILEGED)).toEqual(["same worsened-by-settings"]);
    expect(raised.ledger).toMatchObject({ worsened: 0, worsenedBySettings: 1, worsenedByControl: 0 });
    const points = pointsOf(raised);
    expect(points.settings).toBeLessThan(0);
    expect([points["new-resources"], points["newly-failing"], points.catalogue, points.coverage]).toEqual([0, 0, 0, 0]);
    expect((await cluster.call(getFinding, "", { id: raised.worsened[0]?.id ?? "" })).body.story.at(-1)).toMatch(
      /^It is rated critical since [^.]+, because its control was given another weight in this cluster\.$/,
    );
    const rows = await countRows();
    await cluster.scan([namespace(), app("same", true)]);
    expect(await countRows()).toEqual(rows);
  });
});
