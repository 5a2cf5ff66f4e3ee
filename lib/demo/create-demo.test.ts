import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { AppError } from "@/lib/errors/app-error";
import { findScanProgress } from "@/lib/scan/find-scan-progress";
import { endScans, findRunningScan } from "@/lib/scan/running-scans";
import { cancelScan } from "@/lib/scan/cancel-scan";
import { type ClusterRecord, findCluster, getCluster, saveCluster } from "@/lib/store/clusters";
import { dig } from "@/lib/model/json";
import { setDatabase } from "@/lib/store/database-handle";
import { forgetCluster } from "@/lib/store/forget-cluster";
import type { Database } from "@/lib/store/open-database";
import { findLatestScan, finishScan, INTERRUPTED, startScan } from "@/lib/store/scans";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { startDatabases, type TestDatabases } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { getLogger } from "@/lib/telemetry/logger";
import { cancelDemo, createDemo, fillDemo, findUnfilled, refuseWhileFilled, resumeDemo } from "./create-demo";
import { scanDemo } from "./scan-demo";

/** Makes a demo whose cluster is scanned elsewhere, up to where it has seen that scan and waits for its end. */
async function createWaiting(database: Database, againMs: number): Promise<void> {
  const met = vi.spyOn(database, "requireCurrent");
  const query = vi.spyOn(database.pool, "query");
  await createDemo(againMs);
  const isSeen = (): boolean => {
    const [since = Number.POSITIVE_INFINITY] = met.mock.invocationCallOrder;
    return query.mock.settledResults.some(
      ({ value }, call) => (query.mock.invocationCallOrder[call] ?? 0) > since && dig(value, "rows", 0, "state") === "running",
    );
  };
  await expect.poll(isSeen).toBe(true);
  met.mockRestore();
  query.mockRestore();
}

describe("cancelDemo", () => {
  let databases: TestDatabases;
  let database: Database;
  let cluster: ClusterRecord;

  beforeAll(async () => {
    await bundle();
    databases = await startDatabases("pglite");
    database = await databases.open();
    setDatabase(database);
    cluster = await getCluster(database.prisma, await createDemo());
  });
  afterAll(async () => {
    setDatabase(null);
    await databases.stop();
  });

  const days = async (): Promise<number> => (await findLatestSnapshot(database.pool, cluster.id))?.seq ?? 0;
  /** The filling is seen again and again until it is where the test wants it. */
  const until = (isThere: () => boolean | Promise<boolean>) => expect.poll(async () => isThere(), { interval: 1 }).toBe(true);

  async function stopsAt(isThere: () => boolean | Promise<boolean>): Promise<void> {
    await until(isThere);
    const before = await days();
    expect(findUnfilled(before)).toBeNull();
    const cancelling = cancelDemo(database, cluster);
    expect(findUnfilled(before)).toEqual({ days: before, of: 91 });
    const answer = await cancelling;
    const filled = await days();
    expect(filled - before).toBeLessThanOrEqual(1);
    expect(answer?.error).toBe(`The demo stops after ${filled} of its 91 days, which stay as they are: scan it to go on.`);
    expect(findUnfilled(filled)).toEqual({ days: filled, of: 91 });
    expect(findRunningScan(cluster.id)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([await days(), (await findScanProgress(database.pool, cluster.id))?.state]).toEqual([filled, answer?.state]);
    await resumeDemo();
    expect(findUnfilled(filled), "after the next start").toEqual({ days: filled, of: 91 });
  }

  it("stops within a day, and goes on where it stopped when it is scanned", async () => {
    await stopsAt(async () => (await days()) >= 2 && findRunningScan(cluster.id) !== null);
    const filled = await days();
    const scan = await scanDemo(database, cluster);
    expect(scan.progress().state).toBe("running");
    await expect(fillDemo(database, cluster)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("still being made") });
    expect(await scan.ended).toMatchObject({ state: "done", snapshotSeq: filled + 1 });
  });

  it("stops between two days, when no scan is running", async () => {
    await stopsAt(() => findRunningScan(cluster.id) === null);
  });

  it("leaves it to the scan when nothing is being filled", async () => {
    expect(await cancelDemo(database, cluster)).toBeNull();
    await expect(cancelScan(database.pool, cluster.id)).rejects.toMatchObject({ code: "conflict", message: "No scan of this cluster is running." });
  });
});

describe("a demo whose server was killed, on a database that others share", () => {
  const used = withDatabase("pglite");

  it("is not scanned before the lease of the lost scan is over, which is said, and goes on by itself then", async () => {
    const { database } = used;
    await bundle();
    setDatabase(database);
    onTestFinished(() => setDatabase(null));
    const cluster = await saveCluster(database.prisma, { slug: "harbour-demo", name: "harbour", source: "demo", isDemo: true });
    const lost = await startScan(database.pool, cluster.id, "demo", "a server that was killed");
    await expect(fillDemo(database, cluster)).rejects.toMatchObject({ code: "conflict", message: "This cluster is being scanned already." });
    await createWaiting(database, 20);
    expect(findRunningScan(cluster.id)).toBeNull();
    await database.pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [lost.id]);
    await expect.poll(async () => (await findLatestSnapshot(database.pool, cluster.id))?.seq ?? 0).toBeGreaterThan(0);
    await cancelDemo(database, cluster);
  });
});

describe("a demo that another server fills", () => {
  const used = withDatabase("pglite");
  const saveDemo = () => saveCluster(used.database.prisma, { slug: "harbour-demo", name: "harbour", source: "demo", isDemo: true });
  beforeAll(() => bundle());
  afterAll(() => setDatabase(null));

  it.each(["done", "cancelled"] as const)("is left to it when the day there is %s: two stored days twice, and one went on after a cancel", async (state) => {
    const { pool } = used.database;
    setDatabase(used.database);
    const cluster = await saveDemo();
    onTestFinished(async () => void (await cancelDemo(used.database, cluster).catch(() => null)));
    const { id } = await startScan(pool, cluster.id, "demo", "another server");
    await createWaiting(used.database, 20);
    expect(findUnfilled(0)).toBeNull();
    await finishScan(pool, id, { state });
    await expect.poll(() => findUnfilled(0)).not.toBeNull();
    expect(await findLatestScan(pool, cluster.id)).toMatchObject({ id });
  });

  it("is cancelled there by whoever waits for it: people were told that it stops, and it went on", async () => {
    const { pool } = used.database;
    setDatabase(used.database);
    const cluster = await saveDemo();
    const { id } = await startScan(pool, cluster.id, "demo", "another server");
    await createDemo(20);
    expect(await cancelDemo(used.database, cluster)).toMatchObject({ id, state: "cancelled", error: expect.stringMatching(/^The demo stops after 0 of/) });
  });

  it("is not forgotten meanwhile, and made anew once it was, under another name: a link to a day of the old one would show the new", async () => {
    const { pool } = used.database;
    setDatabase(used.database);
    const cluster = await saveDemo();
    await startScan(pool, cluster.id, "demo", "another server");
    await createDemo(20);
    expect(() => refuseWhileFilled(cluster, "cancel that first")).toThrow("The days of the demo cluster harbour are still being made: cancel that first.");
    await cancelDemo(used.database, cluster);
    refuseWhileFilled(cluster, "cancel that first");
    await forgetCluster(used.database, cluster.slug, cluster.slug);
    const slug = await createDemo();
    expect([slug, await createDemo()]).toEqual(["harbour-demo-2", "harbour-demo-2"]);
    await cancelDemo(used.database, await getCluster(used.database.prisma, slug));
    await forgetCluster(used.database, slug, slug);
  });

  it("stays cancelled at the next start where that was between two days, of which no scan could say so", async () => {
    setDatabase(used.database);
    const cluster = await saveDemo();
    const { id } = await startScan(used.database.pool, cluster.id, "demo", "another server");
    await createWaiting(used.database, 3_600_000);
    await finishScan(used.database.pool, id, { state: "done" });
    expect(await cancelDemo(used.database, cluster)).toMatchObject({ state: "cancelled", error: expect.stringMatching(/^The demo stops after 0 of/) });
    await resumeDemo();
    expect(findUnfilled(0)).toEqual({ days: 0, of: 91 });
  });

  it("is waited for no more when a newer version has changed the database", async () => {
    const cluster = await saveDemo();
    const requireCurrent = () => Promise.reject(new AppError("conflict", "The database belongs to a newer version."));
    setDatabase({ ...used.database, requireCurrent });
    onTestFinished(async () => void (await cancelDemo(used.database, cluster).catch(() => null)));
    await finishScan(used.database.pool, (await startScan(used.database.pool, cluster.id, "demo", "a server")).id, { state: "failed" });
    await createDemo(20);
    await expect.poll(() => findUnfilled(0)).not.toBeNull();
  });
});

describe("a demo at the next start of its server", () => {
  const used = withDatabase("pglite");
  beforeAll(() => bundle());
  afterAll(() => setDatabase(null));

  it("goes on by itself where it broke off, and is not begun where nobody asked for it or somebody cancelled it", async () => {
    const { pool, prisma } = used.database;
    setDatabase(used.database);
    await resumeDemo();
    expect(await findCluster(prisma, "harbour-demo")).toBeNull();
    const cluster = await saveCluster(prisma, { slug: "harbour-demo", name: "harbour", source: "demo", isDemo: true });
    await finishScan(pool, (await startScan(pool, cluster.id, "demo", "a server")).id, { state: "cancelled" });
    await resumeDemo();
    expect(findUnfilled(0)).toEqual({ days: 0, of: 91 });
    await finishScan(pool, (await startScan(pool, cluster.id, "demo", "a server")).id, { state: "failed", error: INTERRUPTED });
    await resumeDemo();
    await expect.poll(async () => (await findLatestSnapshot(pool, cluster.id))?.seq ?? 0).toBeGreaterThan(1);
    await cancelDemo(used.database, cluster);
  });
});

describe("a demo whose server is stopped", () => {
  const used = withDatabase("pglite");

  it("ends between two days without an error in the log", async () => {
    const { database } = used;
    setDatabase(database);
    onTestFinished(() => setDatabase(null));
    const cluster = await saveCluster(database.prisma, { slug: "harbour-demo", name: "harbour", source: "demo", isDemo: true });
    const logged = vi.spyOn(getLogger(), "error").mockImplementation(() => {});
    await endScans();
    await expect(fillDemo(database, cluster)).rejects.toMatchObject({ message: "Concentric is being stopped: no scan can begin." });
    expect(logged).not.toHaveBeenCalled();
  });
});
