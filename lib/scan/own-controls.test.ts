import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../../e2e/api-server/start";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { openConnection } from "@/lib/kube/open-connection";
import { reasonSchema, type SaveSettingsBody, saveSettingsBody } from "@/lib/contracts/settings";
import type { OwnControl } from "@/lib/model/own-control";
import { getSettings } from "@/lib/reads/get-settings";
import { saveCluster } from "@/lib/store/clusters";
import { setDatabase } from "@/lib/store/database-handle";
import { withDatabase } from "@/lib/store/testing/with-database";
import { runScan } from "./run-scan";
import { addOwnControl, changeOwnControl, deleteOwnControl } from "./save-own-control";
import { saveSchedule } from "./save-schedule";
import { saveSettings } from "./save-settings";
import { testOwnControl } from "./test-own-control";
import { withBundled } from "./testing-bundled";
import { createTestClock, jobFor, world } from "./testing-world";

const OWN: OwnControl = {
  id: "two-replicas",
  title: "Workloads run at least two replicas",
  layer: "container",
  severity: "high",
  subject: "Deployment",
  expression: "object.metadata.name == 'app-0003' || object.spec.replicas >= 2",
  message: "Only one replica runs.",
  fix: "Set `replicas` to 2 or more.",
};
const NOW = new Date("2026-11-25T08:00:00Z");
const hundred = `[${Array.from({ length: 100 }, (_, i) => i).join(",")}]`;

describe("own controls of a cluster", () => {
  const { script } = withBundled("own-control-worker");
  const used = withDatabase("pglite");
  let server: FaultServer;
  let clusterId = 0;
  const now = createTestClock();

  async function scanAgain(): Promise<void> {
    const connection = openConnection({ source: "url", server: server.url });
    await runScan({ ...jobFor(server, clusterId), settings: DEFAULT_SETTINGS }, { connection, pool: used.database.pool, now });
    await connection.close();
  }

  beforeAll(async () => {
    setDatabase(used.database);
    server = await startFaultServer({ source: world(600) });
    const { id } = await saveCluster(used.database.prisma, { slug: "c", name: "c", source: "demo" });
    await saveCluster(used.database.prisma, { slug: "empty", name: "empty", source: "demo" });
    clusterId = id;
    await scanAgain();
  });
  afterAll(async () => {
    setDatabase(null);
    await server.stop();
  });
  const tryOut = (part: Partial<OwnControl>, slug = "c", limitMs = 30_000) => testOwnControl(used.database, slug, { ...OWN, ...part }, { script, limitMs });

  it("are tried on every object of the latest snapshot, and the first of each answer are shown with their values", async () => {
    const answer = await tryOut({});
    expect(answer).toMatchObject({ problem: null, seq: 1, failing: 599, passing: 1, notAssessed: 0, isCut: false });
    expect(answer.samples.failing).toHaveLength(12);
    expect(answer.samples.failing[0]).toMatchObject({
      resource: { kind: "Deployment", name: "app-0000" },
      evidence: [
        { path: "metadata.name", value: "app-0000" },
        { path: "spec.replicas", value: "1" },
      ],
    });
    expect(answer.samples.passing).toMatchObject([{ resource: { name: "app-0003" } }]);
  });

  it("are tried with the namespaces around them, and on kinds that are no workloads", async () => {
    expect(await tryOut({ subject: "container", expression: "namespaceObject.metadata.labels.team == 'checkout'" })).toMatchObject({ passing: 600 });
    expect(await tryOut({ subject: "ClusterRole", expression: "object.rules.all(r, !('*' in r.verbs))" })).toMatchObject({ passing: 1, failing: 0 });
    expect(await tryOut({ subject: "Namespace", expression: "has(object.metadata.labels.owner)" })).toMatchObject({ failing: 1, passing: 0 });
  });

  it("say why where they cannot be tried", async () => {
    expect(await tryOut({ expression: "object.(" })).toMatchObject({ problem: expect.stringContaining("Line 1") });
    expect(await tryOut({}, "empty")).toMatchObject({ problem: "There is no snapshot to try it on yet: scan the cluster first.", seq: null });
    await expect(tryOut({}, "nowhere")).rejects.toMatchObject({ code: "not-found" });
    expect(await tryOut({ expression: "object.spec.nothing == 1" })).toMatchObject({
      notAssessed: 600,
      samples: { notAssessed: expect.arrayContaining([expect.objectContaining({ reason: "The expression cannot be evaluated: field not found: nothing." })]) },
    });
  });

  it("say what the snapshot does not show: kinds that nobody reads, that were refused, that are never listed, or that the cluster does not serve", async () => {
    const unread = async (subject: string) => (await tryOut({ subject, expression: "has(object.metadata)" })).unread;
    expect(await unread("Deployment")).toBeNull();
    expect(await unread("Secret")).toMatch(/^Secret objects were not read in this snapshot, so this is what was known of them before\. ./);
    expect(await unread("ClusterPolicy")).toBe("This cluster serves no ClusterPolicy.");
    expect(await unread("Workflow")).toBe("This cluster serves no Workflow.");
    expect(await unread("Lease")).toBe("Clusters are not asked for Lease objects: they are judged in manifests alone.");
    server.replace([...world(600), { apiVersion: "argoproj.io/v1alpha1", kind: "Workflow", metadata: { name: "build", namespace: "shop" } }]);
    server.deny(["deployments.apps"]);
    await scanAgain();
    expect(await unread("Workflow")).toMatch(/^Workflow objects are not listed, as /);
    expect(await unread("Deployment")).toMatch(/^Deployment objects were not read/);
    expect(await unread("container")).toMatch(/^Deployment objects were not read/);
    server.replace(world(600));
    server.deny([]);
    await scanAgain();
    expect(await unread("container")).toBeNull();
  });

  it("are tried also where they are switched off", async () => {
    await addOwnControl("c", OWN);
    await saveSettings("c", { disabledControls: { [OWN.id]: "Not before spring." } }, NOW);
    expect(await tryOut({})).toMatchObject({ failing: 599, passing: 1 });
    await deleteOwnControl("c", OWN.id);
  });

  it("end when they ask for too much, while the main thread goes on", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const answer = await tryOut({ expression: `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))` });
    clearInterval(timer);
    expect(answer.notAssessed).toBeGreaterThan(0);
    expect(answer.samples.notAssessed[0]?.reason).toContain("needs more than 50,000 steps");
    expect(turns).toBeGreaterThan(20);
  });

  it("are stopped when the thread does not answer in time", async () => {
    expect(await tryOut({}, "c", 1)).toMatchObject({ problem: "It did not end within 0.001 seconds and was stopped.", failing: 0 });
  });

  it("are added, changed and taken away, and never take the id of another", async () => {
    await addOwnControl("c", OWN);
    expect(await getSettings("c")).toMatchObject({ ownControls: [OWN], isApplied: false });
    await expect(addOwnControl("c", OWN)).rejects.toMatchObject({ code: "conflict" });
    await expect(addOwnControl("c", { ...OWN, id: "container-privileged" })).rejects.toMatchObject({
      code: "conflict",
      message: "The id container-privileged belongs to a built-in control, “Containers do not run privileged”.",
    });
    await expect(addOwnControl("c", { ...OWN, id: "other", expression: "nope" })).rejects.toMatchObject({ code: "bad-request" });
    await changeOwnControl("c", OWN.id, { ...OWN, severity: "low" });
    expect((await getSettings("c")).ownControls).toMatchObject([{ severity: "low" }]);
    await expect(changeOwnControl("c", OWN.id, { ...OWN, id: "renamed" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(changeOwnControl("c", "other", { ...OWN, id: "other" })).rejects.toMatchObject({ code: "not-found" });
    await deleteOwnControl("c", OWN.id);
    expect(await getSettings("c")).toMatchObject({ ownControls: [], isApplied: true });
    await expect(deleteOwnControl("c", OWN.id)).rejects.toMatchObject({ code: "not-found" });
  });

  it("leave nothing behind in the settings when they were off and are taken away", async () => {
    await addOwnControl("c", OWN);
    await saveSettings("c", { disabledControls: { [OWN.id]: "Not before spring." } }, NOW);
    expect((await getSettings("c")).tuned).toMatchObject([{ id: OWN.id, title: OWN.title, severity: "high" }]);
    await deleteOwnControl("c", OWN.id);
    expect(await getSettings("c")).toMatchObject({ ownControls: [], disabledControls: {}, tuned: [] });
  });

  it("and other settings are changed one by one", async () => {
    await saveSettings("c", { trustedRegistries: ["registry.example.com"], disabledControls: { "image-tag-latest": "We pin by digest." } }, NOW);
    await saveSettings("c", { reweightedControls: { "host-pid": { severity: "low", reason: "Only agents do." } } }, NOW);
    expect(await getSettings("c")).toMatchObject({
      trustedRegistries: ["registry.example.com"],
      disabledControls: { "image-tag-mutable": "We pin by digest." },
      reweightedControls: { "host-pid": { severity: "low" } },
      requireCpuLimit: false,
      tuned: [
        { id: "host-pid", title: expect.any(String), severity: expect.any(String), disabled: null, reweighted: { severity: "low" }, since: NOW.toISOString() },
        { id: "image-tag-mutable", disabled: "We pin by digest.", reweighted: null, since: NOW.toISOString() },
      ],
    });
    await saveSettings("c", { disabledControls: { "image-tag-mutable": null } }, new Date());
    expect(await getSettings("c")).toMatchObject({ disabledControls: {}, tuned: [{ id: "host-pid", since: NOW.toISOString() }] });
    await saveSettings("c", { reweightedControls: { "host-pid": null } }, NOW);
    expect((await getSettings("c")).tuned).toEqual([]);
    await expect(saveSettings("c", { disabledControls: { "no-such-control": "Because." } }, NOW)).rejects.toMatchObject({
      message: "There is no control called no-such-control.",
    });
    await expect(saveSettings("nowhere", {}, NOW)).rejects.toMatchObject({ code: "not-found" });
  });

  it("of a page that was read before somebody else saved are not saved, and what the other one saved stays", async () => {
    await saveSettings("c", { trustedRegistries: ["a.example"], was: { trustedRegistries: ["https://Registry.example.com/"] } }, NOW);
    const refused = (body: SaveSettingsBody) => expect(saveSettings("c", body, NOW)).rejects;
    await refused({ trustedRegistries: ["b.example"], was: { trustedRegistries: ["c.example"] } }).toMatchObject({
      code: "conflict",
      message: "Nothing was saved, since somebody else changed the trusted registries (a.example added, c.example taken away) meanwhile.",
    });
    expect(await getSettings("c")).toMatchObject({ trustedRegistries: ["a.example"] });
    // Who changes something else is in nobody's way.
    await saveSettings("c", { requireCpuLimit: true, was: { requireCpuLimit: false } }, NOW);
    await refused({ requireCpuLimit: false, was: { requireCpuLimit: false } }).toMatchObject({ code: "conflict" });
    await refused({ optInSources: [], was: { optInSources: ["secret-metadata"] } }).toMatchObject({
      message: "Nothing was saved, since somebody else changed the opt-in sources (Secret metadata taken away) meanwhile.",
    });
    await saveSettings("c", { disabledControls: { "host-pid": "Agents only." }, was: { disabledControls: { "host-pid": null } } }, NOW);
    await refused({ disabledControls: { "host-pid": null }, was: { disabledControls: { "host-pid": "Some other reason." } } }).toMatchObject({
      message: "Nothing was saved, since somebody else changed what host-pid counts here meanwhile.",
    });
    await saveSettings("c", { disabledControls: { "image-tag-latest": "By digest." }, was: { disabledControls: { "image-tag-latest": null } } }, NOW);
    await refused({ disabledControls: { "image-tag-latest": null }, was: { disabledControls: { "image-tag-latest": null } } }).toMatchObject({
      code: "conflict",
    });
    await addOwnControl("c", OWN);
    await changeOwnControl("c", OWN.id, { ...OWN, severity: "low", was: OWN });
    await expect(changeOwnControl("c", OWN.id, { ...OWN, fix: "Mend it.", was: OWN })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was saved: of this control, severity was changed meanwhile.",
    });
    expect((await getSettings("c")).ownControls).toEqual([{ ...OWN, severity: "low" }]);
    await saveSchedule("c", { intervalMinutes: 60, isPaused: false });
    await expect(saveSchedule("c", { intervalMinutes: 5, isPaused: true, was: { intervalMinutes: 15, isPaused: false } })).rejects.toMatchObject({
      code: "conflict",
      message: "Nothing was saved: the schedule was changed meanwhile, to every hour.",
    });
    await expect(saveSchedule("nowhere", { intervalMinutes: 5, isPaused: false })).rejects.toMatchObject({ code: "not-found" });
    const was = { intervalMinutes: 60, isPaused: false };
    const atOnce = await Promise.allSettled([5, 15, 30].map((intervalMinutes) => saveSchedule("c", { intervalMinutes, isPaused: false, was })));
    expect(atOnce.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
  });

  it("keep each entry of a list once, and take no reason that nobody can see", () => {
    expect(saveSettingsBody.parse({ trustedRegistries: ["a.example", " a.example", "https://A.example/"] })).toEqual({ trustedRegistries: ["a.example"] });
    for (const entry of ["a.example:70000", "a..", "-a", "*", "a b", "a.example/A", "a.example/b:1"])
      expect(saveSettingsBody.safeParse({ trustedRegistries: [entry] }).success, entry).toBe(false);
    for (const entry of ["a.example:5000/team", "a.example/x_y", "localhost", "a--b.example/"])
      expect(saveSettingsBody.safeParse({ trustedRegistries: [entry] }).success, entry).toBe(true);
    expect(reasonSchema.safeParse("\u200b\u200b \u200b\u2060\u200b\u200d").success).toBe(false);
    expect(reasonSchema.safeParse("政策で決まった").success).toBe(true);
  });
});
