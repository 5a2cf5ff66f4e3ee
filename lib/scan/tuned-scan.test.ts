import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../../e2e/api-server/start";
import { findControl } from "@/lib/controls/registry";
import { DEFAULT_SETTINGS, type Settings } from "@/lib/inventory/inventory";
import { openConnection } from "@/lib/kube/open-connection";
import type { OwnControl } from "@/lib/model/own-control";
import { loadCatalogueAt } from "@/lib/reads/catalogue-at";
import { loadPosture } from "@/lib/reads/posture-at";
import { openPool } from "@/lib/store/open-pool";
import { saveCluster } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { getSnapshot } from "@/lib/store/testing/get-snapshot";
import { DATABASE_KINDS, startDatabases, type TestDatabases } from "@/lib/store/testing/test-databases";
import { runScan } from "./run-scan";
import { createTestClock, jobFor, world } from "./testing-world";

const OWN: OwnControl = {
  id: "own-two-replicas",
  title: "Workloads run at least two replicas",
  layer: "container",
  severity: "high",
  subject: "Deployment",
  expression: "object.spec.replicas >= 2",
  message: "Only one replica runs.",
  fix: "Set `replicas` to 2 or more.",
};

describe.each(DATABASE_KINDS)("a scan with changed controls on %s", (kind) => {
  let databases: TestDatabases;
  let database: Database;
  let server: FaultServer;
  let clusterId = 0;
  const now = createTestClock();

  beforeAll(async () => {
    databases = await startDatabases(kind);
    if (!databases.isAvailable) return;
    database = await databases.open();
    server = await startFaultServer({ source: world(4) });
    clusterId = (await saveCluster(database.prisma, { slug: "tuned", name: "tuned", source: "demo" })).id;
  });
  afterAll(async () => {
    await server?.stop();
    await databases.stop();
  });

  async function scan(settings: Partial<Settings>) {
    const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: 60_000, attempts: 2 });
    try {
      const job = { ...jobFor(server, clusterId), settings: { ...DEFAULT_SETTINGS, ...settings } };
      const { seq } = await runScan(job, { connection, pool: database.pool, now });
      return await getSnapshot(database.pool, clusterId, seq);
    } finally {
      await connection.close();
    }
  }
  const tallyOf = async (snapshot: Awaited<ReturnType<typeof scan>>, id: string) =>
    (await loadPosture(database.pool, clusterId, snapshot)).tallies.find((tally) => tally.control === id);
  const spansOf = async (id: string) =>
    (
      await database.pool.query(
        `SELECT s.opened_seq AS opened, s.closed_seq AS closed, s.closed_cause AS cause, s.severity, e.body->0->>'path' AS path, e.body->0->>'value' AS value
         FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN evidence e ON e.cluster_id = s.cluster_id AND e.digest = s.digest WHERE s.cluster_id = $1 AND f.control_id = $2 ORDER BY f.id, s.opened_seq`,
        [clusterId, id],
      )
    ).rows;

  it("keeps the rules of each snapshot with it, and ends findings of what is switched off without calling them fixed", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const plain = await scan({});
    const before = await loadPosture(database.pool, clusterId, plain);
    const scoreOf = (posture: typeof before) => posture.workload.layers.find(({ layer }) => layer === "container")?.raw;
    expect(before.tallies.find(({ control }) => control === "container-privileged")).toMatchObject({ failing: 4 });

    const off = await scan({ disabledControls: { "container-privileged": "These are the storage drivers." } });
    expect(off.catalogueVersion).not.toBe(plain.catalogueVersion);
    expect(await tallyOf(off, "container-privileged")).toBeUndefined();
    expect(await spansOf("container-privileged")).toEqual(
      Array.from({ length: 4 }, () => expect.objectContaining({ opened: plain.seq, closed: off.seq, cause: "control-off" })),
    );
    const stored = await loadCatalogueAt(database.pool, off.catalogueVersion);
    expect(stored.entries.get("container-privileged")?.disabled).toBe("These are the storage drivers.");
    expect(stored.list().map(({ id }) => id)).not.toContain("container-privileged");

    const fresh = openPool(database.createSource());
    try {
      const again = await loadPosture(fresh, clusterId, plain);
      expect(again.workload).toEqual(before.workload);
      expect(scoreOf(await loadPosture(fresh, clusterId, off))).not.toBe(scoreOf(before));
    } finally {
      await fresh.end();
    }
  });

  it("weighs a control as this cluster's people say, from then on", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const plain = await scan({});
    expect((await spansOf("container-privileged")).at(-1)).toMatchObject({ severity: findControl("container-privileged")?.severity, closed: null });
    const light = await scan({ reweightedControls: { "container-privileged": { severity: "low", reason: "One tenant." } } });
    expect((await spansOf("container-privileged")).at(-1)).toMatchObject({ opened: light.seq, severity: "low", closed: null });
    const weightAt = async (snapshot: typeof plain) =>
      (await loadPosture(database.pool, clusterId, snapshot)).scored("workload", "container").find(({ control }) => control === "container-privileged");
    expect(await weightAt(plain)).toMatchObject({ maxSeverity: "critical", worst: "critical" });
    expect(await weightAt(light)).toMatchObject({ maxSeverity: "low", worst: "low" });
  });

  it("judges an own control like any other, and remembers it when it is gone", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const first = await scan({ ownControls: [OWN] });
    expect(await tallyOf(first, OWN.id)).toMatchObject({ n: 4, failing: 4, worst: "high" });
    expect((await spansOf(OWN.id))[0]).toEqual({ opened: first.seq, closed: null, cause: null, severity: "high", path: "spec.replicas", value: "1" });
    const changed = await scan({ ownControls: [{ ...OWN, expression: "object.spec.replicas >= 1" }] });
    expect(await tallyOf(changed, OWN.id)).toMatchObject({ n: 4, failing: 0 });
    expect((await spansOf(OWN.id))[0]).toMatchObject({ closed: changed.seq, cause: "control-changed" });
    await scan({});
    expect((await loadCatalogueAt(database.pool, first.catalogueVersion)).find(OWN.id)?.title).toBe(OWN.title);
    expect(await tallyOf(first, OWN.id)).toMatchObject({ n: 4, failing: 4 });
  });

  it("says why a control that asks for too much was not assessed, and goes on", async ({ skip }) => {
    if (!databases.isAvailable) skip("PostgreSQL is not installed.");
    const hundred = `[${Array.from({ length: 100 }, (_, i) => i).join(",")}]`;
    const greedy = { ...OWN, id: "own-greedy", expression: `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))` };
    const snapshot = await scan({ ownControls: [greedy, OWN] });
    expect(await tallyOf(snapshot, "own-greedy")).toMatchObject({ n: 0, unknown: 4 });
    expect(await tallyOf(snapshot, OWN.id)).toMatchObject({ n: 4, failing: 4 });
  });
});
