import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../../e2e/api-server/start";
import type { ScanProgress } from "@/lib/contracts/clusters";
import { type ClusterRecord, saveCluster } from "@/lib/store/clusters";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { withDatabase } from "@/lib/store/testing/with-database";
import { findLatestScan, finishScan, recoverScans, startScan as takeLease } from "@/lib/store/scans";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { cancelScan } from "./cancel-scan";
import { findScanProgress } from "./find-scan-progress";
import { findRunningScan, listRunningScans, type RunningScan } from "./running-scans";
import { scanFound } from "./scan-found";
import { parseSettings } from "./parse-settings";
import { startScan } from "./start-scan";
import { startScanProcess } from "./start-scan-process";
import { toScopeHash } from "./to-scope-hash";
import { subscribeScan } from "./subscribe-scan";
import { withBundled } from "./testing-bundled";
import { world } from "./testing-world";

describe("startScan", () => {
  const { folder, script } = withBundled("scan-process", "keep-compiled:");
  const used = withDatabase("pglite");
  let count = 0;
  const closing: (() => Promise<void> | void)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function start(objects: readonly object[]): Promise<{ server: FaultServer; cluster: ClusterRecord }> {
    const server = await startFaultServer({ source: objects });
    closing.push(() => server.stop());
    const cluster = await saveCluster(used.database.prisma, { slug: `c${(count += 1)}`, name: "c", source: "demo", server: server.url });
    return { server, cluster };
  }

  it("scans in a process of its own and tells every subscriber how far it is, until it is done", async () => {
    const { cluster } = await start(world(600));
    const seen: ScanProgress[] = [];
    closing.push(subscribeScan(used.database.pool, cluster.id, (progress) => seen.push(progress)));
    const scan = await startScan(used.database, cluster, { trigger: "manual", script });
    expect(findRunningScan(cluster.id)).toBe(scan);
    expect(await scan.ended).toMatchObject({ state: "done", phase: "done", snapshotSeq: 1, objects: 603, error: null });
    expect(findRunningScan(cluster.id)).toBeNull();
    const order = ["connecting", "reading", "judging", "storing", "done"];
    const phases = seen.map(({ phase }) => order.indexOf(phase));
    expect(phases).toEqual(phases.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ state: "done", snapshotSeq: 1 });
    expect(await findScanProgress(used.database.pool, cluster.id)).toMatchObject({ state: "done", objects: 603, snapshotSeq: 1 });
  });

  it("scans a cluster that was found and never scanned, once, and files that under its own word", async () => {
    const { cluster } = await start(world(1));
    const both = Promise.all([1, 2].map(() => scanFound(used.database, { cluster, isMoved: false }, { script, againMs: 10 })));
    await expect.poll(() => findRunningScan(cluster.id)).not.toBeNull();
    expect(await findRunningScan(cluster.id)?.ended).toMatchObject({ state: "done", snapshotSeq: 1 });
    expect(await findLatestSnapshot(used.database.pool, cluster.id)).toMatchObject({ seq: 1, trigger: "discovery" });
    await both;
    await scanFound(used.database, { cluster, isMoved: false }, { script });
    expect(findRunningScan(cluster.id)).toBeNull();
  });

  it("scans it also where the server that had begun to is gone, once that shows", async () => {
    const { cluster } = await start(world(1));
    const { pool } = used.database;
    const { id } = await takeLease(pool, cluster.id, "discovery", "a server that was killed");
    const first = scanFound(used.database, { cluster, isMoved: false }, { script, againMs: 10 });
    await pool.query("UPDATE scan SET lease_until = now() - interval '1 second' WHERE id = $1", [id]);
    await first;
    expect(await findRunningScan(cluster.id)?.ended).toMatchObject({ state: "done", snapshotSeq: 1 });
  });

  it("scans a cluster again at once that was looked for under its old name in vain, and not where it was read", async () => {
    const { cluster } = await start(world(1));
    const { pool, prisma } = used.database;
    await saveCluster(prisma, { slug: cluster.slug, name: "c", source: "demo", scheduleIntervalMinutes: 60 });
    const moved = { cluster, isMoved: true };
    await scanFound(used.database, moved, { script });
    await findRunningScan(cluster.id)?.ended;
    await scanFound(used.database, moved, { script });
    expect(findRunningScan(cluster.id)).toBeNull();
    const { id } = await takeLease(pool, cluster.id, "schedule", "the same server, by the old name");
    const again = scanFound(used.database, moved, { script, againMs: 10 });
    await finishScan(pool, id, { state: "failed", error: "no such context" });
    await again;
    expect(await findRunningScan(cluster.id)?.ended).toMatchObject({ state: "done", snapshotSeq: 2 });
    await finishScan(pool, (await takeLease(pool, cluster.id, "schedule", "a server")).id, { state: "failed", error: "no answer" });
    await scanFound(used.database, { cluster, isMoved: false }, { script });
    expect(findRunningScan(cluster.id)).toBeNull();
    for (const off of [{ isSchedulePaused: true }, { isSchedulePaused: false, scheduleIntervalMinutes: null }]) {
      await saveCluster(prisma, { slug: cluster.slug, name: "c", source: "demo", ...off });
      await scanFound(used.database, moved, { script });
      expect(findRunningScan(cluster.id)).toBeNull();
    }
  });

  it("stores nothing of one of two clusters under one context and address that may not be asked which it is", async () => {
    const { server } = await start(world(1));
    const kubeconfig = path.join(folder, "config");
    const contexts = [{ name: "kind", context: { cluster: "c", user: "u" } }];
    writeFileSync(kubeconfig, JSON.stringify({ clusters: [{ name: "c", cluster: { server: server.url } }], users: [{ name: "u", user: {} }], contexts }));
    const known = { name: "c", source: "kubeconfig", context: "kind", server: server.url } as const;
    const cluster = await saveCluster(used.database.prisma, { ...known, slug: "kind", uid: "uid-a" });
    const scanIt = async () => {
      server.plan({ "/api/v1/namespaces/kube-system": [{ kind: "status", status: 403 }] });
      return (await startScan(used.database, cluster, { trigger: "manual", script, target: { source: "kubeconfig", kubeconfig, context: "kind" } })).ended;
    };
    expect(await scanIt()).toMatchObject({ state: "done", snapshotSeq: 1 });
    await saveCluster(used.database.prisma, { ...known, slug: "kind-2", uid: "uid-b" });
    expect(await scanIt()).toMatchObject({ state: "failed", snapshotSeq: null, error: expect.stringMatching(/^The namespace kube-system may not be read, /) });
  });

  it("scans by the settings that are kept when its turn comes, whatever they were when it was asked for", async () => {
    const { cluster } = await start(world(1));
    const settings = { ...DEFAULT_SETTINGS, trustedRegistries: ["registry.example"] };
    await saveCluster(used.database.prisma, { slug: cluster.slug, name: "c", source: "demo", settings });
    await (await startScan(used.database, cluster, { trigger: "manual", script })).ended;
    expect((await findLatestSnapshot(used.database.pool, cluster.id))?.scopeHash).toBe(toScopeHash(parseSettings(settings)));
  });

  it("scans what was found by the settings of now, and not by those of before it waited for a scan that was lost", async () => {
    const { cluster } = await start(world(1));
    const { pool, prisma } = used.database;
    const { id } = await takeLease(pool, cluster.id, "discovery", "a server that was killed");
    const first = scanFound(used.database, { cluster, isMoved: false }, { script, againMs: 10 });
    const settings = { ...DEFAULT_SETTINGS, trustedRegistries: ["registry.example"] };
    await saveCluster(prisma, { slug: cluster.slug, name: "c", source: "demo", settings });
    await finishScan(pool, id, { state: "failed" });
    await first;
    await findRunningScan(cluster.id)?.ended;
    expect((await findLatestSnapshot(pool, cluster.id))?.scopeHash).toBe(toScopeHash(parseSettings(settings)));
  });

  it("runs one scan of a cluster at a time", async () => {
    const { cluster, server } = await start(world(1));
    server.plan({ namespaces: [{ kind: "silent" }] });
    const scan = await startScan(used.database, cluster, { trigger: "manual", script });
    await expect(startScan(used.database, cluster, { trigger: "manual", script })).rejects.toMatchObject({
      code: "conflict",
      message: "This cluster is being scanned already.",
    });
    await cancelScan(used.database.pool, cluster.id);
    expect(await scan.ended).toMatchObject({ state: "cancelled", error: null, snapshotSeq: null });
    await expect(cancelScan(used.database.pool, cluster.id)).rejects.toMatchObject({ code: "conflict" });
    expect(await findScanProgress(used.database.pool, cluster.id)).toMatchObject({ state: "cancelled" });
  });

  it("tells the process which scan it is of", async () => {
    const telling = path.join(folder, "telling.mjs");
    writeFileSync(
      telling,
      `process.on("message", ({ job }) => {
        process.send({ type: "failed", code: "internal", message: job.scanId, detail: "" });
        process.disconnect();
      });`,
    );
    const scan = await startScan(used.database, (await start([])).cluster, { trigger: "manual", script: telling });
    expect(await scan.ended).toMatchObject({ state: "failed", error: scan.scanId });
  });

  it("tells in one sentence why a cluster could not be read, and keeps the last snapshot", async () => {
    const { cluster, server } = await start(world(1));
    await (await startScan(used.database, cluster, { trigger: "manual", script })).ended;
    await server.stop();
    const failed = await (await startScan(used.database, cluster, { trigger: "manual", script })).ended;
    expect(failed).toMatchObject({ state: "failed", error: expect.stringMatching(/connection refused\): start the cluster/) });
    const { rows } = await used.database.pool.query("SELECT count(*)::int AS n FROM snapshot WHERE cluster_id = $1", [cluster.id]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  describe("of a context that leads elsewhere than before", () => {
    const system = (uid: string) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", uid } });
    const kubeconfig = path.join(folder, "config");
    const pointTo = (server: FaultServer) => {
      const contexts = [{ name: "work", context: { cluster: "c", user: "u" } }];
      writeFileSync(kubeconfig, JSON.stringify({ clusters: [{ name: "c", cluster: { server: server.url } }], users: [{ name: "u", user: {} }], contexts }));
    };
    const target = { source: "kubeconfig", kubeconfig, context: "work" } as const;

    async function scanTwice(first: readonly object[], second: readonly object[]) {
      const servers = await Promise.all([first, second].map((objects) => startFaultServer({ source: objects })));
      closing.push(...servers.map((server) => () => server.stop()));
      const [one, two] = servers as [FaultServer, FaultServer];
      const uid = (first.find((object) => "kind" in object && object.kind === "Namespace") as ReturnType<typeof system>).metadata.uid ?? null;
      const cluster = await saveCluster(used.database.prisma, {
        slug: `c${(count += 1)}`,
        name: "work",
        source: "kubeconfig",
        context: "work",
        server: one.url,
        uid,
      });
      pointTo(one);
      const before = await (await startScan(used.database, cluster, { trigger: "manual", script, target })).ended;
      pointTo(two);
      const after = await (await startScan(used.database, cluster, { trigger: "schedule", script, target })).ended;
      return { before, after };
    }

    it("stores nothing of another cluster as a change of this one", async () => {
      const { before, after } = await scanTwice([system("uid-a"), ...world(2)], [system("uid-b"), ...world(1)]);
      expect(before).toMatchObject({ state: "done", snapshotSeq: 1 });
      expect(after).toMatchObject({
        state: "failed",
        snapshotSeq: null,
        error: expect.stringMatching(/^work now leads to another cluster, at http:\S+, so nothing was stored: [^.]+\.$/),
      });
    });
    it("goes on with the same cluster under another address", async () => {
      const objects = [system("uid-a"), ...world(2)];
      const { before, after } = await scanTwice(objects, objects);
      expect([before, after]).toMatchObject([{ snapshotSeq: 1 }, { state: "done", snapshotSeq: 2 }]);
    });
    it("stores nothing of another address where nothing tells the clusters apart", async () => {
      const { before, after } = await scanTwice(world(2), world(1));
      expect(before).toMatchObject({ state: "done" });
      expect(after).toMatchObject({ state: "failed", error: expect.stringMatching(/nothing tells whether that is the same cluster/) });
    });
  });

  it("keeps the process for the scan that follows, and starts a new one after the last", async () => {
    const told = path.join(folder, "told.mjs");
    writeFileSync(
      told,
      `process.on("message", ({ isFollowed }) => {
        process.send({ type: "done", result: { seq: process.pid, transitions: 0 } });
        if (!isFollowed) process.disconnect();
      });`,
    );
    const job = { clusterId: 1, target: { source: "url", server: "" }, trigger: "demo", identity: null, settings: DEFAULT_SETTINGS, at: null } as const;
    const pids: number[] = [];
    for (const isFollowed of [true, true, false, false]) {
      const scan = startScanProcess({ job, database: used.database.createSource(), script: told, onWork: () => undefined, isFollowed });
      pids.push((await scan.done).seq);
      scan.cancel(); // over: it must not reach the next
    }
    expect(pids.slice(0, 3)).toEqual([pids[0], pids[0], pids[0]]);
    expect(pids[3]).not.toBe(pids[0]);
  });

  it("tells of a scan that was cancelled when it had just stored its snapshot what its row says, so that none follows it", async () => {
    const late = path.join(folder, "late.mjs");
    writeFileSync(
      late,
      `process.on("message", ({ type }) => {
        if (type === "cancel") process.send({ type: "done", result: { seq: 1, transitions: 0 } });
      });`,
    );
    const { cluster } = await start([]);
    const scan = await startScan(used.database, cluster, { trigger: "demo", isFollowed: true, script: late });
    expect(await cancelScan(used.database.pool, cluster.id)).toMatchObject({ state: "cancelled" });
    expect(await scan.ended).toMatchObject({ state: "cancelled" });
    expect(await findScanProgress(used.database.pool, cluster.id)).toMatchObject({ state: "cancelled" });
  });

  it("stores one scan after the other from one process, and fails only the one that fails", async () => {
    const { cluster, server } = await start(world(2));
    const other = await start(world(3));
    const ended = async (of: ClusterRecord) => (await startScan(used.database, of, { trigger: "demo", isFollowed: true, script })).ended;
    expect(await ended(cluster)).toMatchObject({ state: "done", snapshotSeq: 1 });
    expect(await ended(other.cluster)).toMatchObject({ state: "done", snapshotSeq: 1, objects: 6 });
    expect(await ended(cluster)).toMatchObject({ state: "done", snapshotSeq: 2, objects: 5 });
    await server.stop();
    expect(await ended(cluster)).toMatchObject({ state: "failed", error: expect.stringMatching(/connection refused/) });
    expect(await ended(other.cluster)).toMatchObject({ state: "done", snapshotSeq: 2 });
  });

  it("gives the cluster back at once when no process could be started", async () => {
    const { cluster } = await start(world(1));
    const refused = startScan(used.database, cluster, { trigger: "manual", script: "no\0name.mjs" });
    await expect(refused).rejects.toMatchObject({ code: "internal", message: expect.stringMatching(/could not be started/) });
    expect(await findScanProgress(used.database.pool, cluster.id)).toMatchObject({ state: "failed", error: expect.stringMatching(/could not be started/) });
    expect(await (await startScan(used.database, cluster, { trigger: "manual", script })).ended).toMatchObject({ state: "done" });
  });

  it("never tells a subscriber what was so before what it has told", async () => {
    const { cluster } = await start(world(1));
    const { pool } = used.database;
    await (await startScan(used.database, cluster, { trigger: "manual", script })).ended;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const query = async (...values: Parameters<typeof pool.query>) => {
      const answer = await pool.query(...values);
      await held;
      return answer;
    };
    const slow = new Proxy(pool, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name)) });
    const states: string[] = [];
    closing.push(subscribeScan(slow, cluster.id, ({ snapshotSeq, state }) => states.push(`${state} ${snapshotSeq}`)));
    const second = await startScan(used.database, cluster, { trigger: "manual", script });
    release();
    await second.ended;
    expect(states).not.toContain("done 1");
    expect(states.at(-1)).toBe("done 2");
  });

  describe("where many are asked for", () => {
    /** Of clusters of their own, one after the other; each goes on until it is cancelled. */
    async function ask(triggers: readonly ("manual" | "schedule")[]): Promise<readonly RunningScan[]> {
      const endless = path.join(folder, "endless.mjs");
      writeFileSync(endless, `process.on("message", ({ type }) => type === "cancel" && process.exit());`);
      const scans: RunningScan[] = [];
      for (const trigger of triggers) scans.push(await startScan(used.database, (await start([])).cluster, { trigger, script: endless }));
      closing.push(async () => {
        for (const scan of scans) scan.cancel();
        await Promise.all(scans.map(({ ended }) => ended));
      });
      return scans;
    }
    const statesOf = (scans: readonly RunningScan[]) => scans.map((scan) => scan.progress().state);

    it("runs three that people asked for beside those of the schedule, and the others in their order as these end", async () => {
      const scans = await ask(["manual", "manual", "manual", "manual", "manual", "schedule"]);
      expect(statesOf(scans)).toEqual(["running", "running", "running", "queued", "queued", "running"]);
      scans[1]?.cancel();
      expect(await scans[1]?.ended).toMatchObject({ state: "cancelled" });
      expect(statesOf(scans).slice(2)).toEqual(["running", "running", "queued", "running"]);
    });

    it("cancels one that waits, which takes no turn then", async () => {
      const { pool } = used.database;
      const scans = await ask(["manual", "manual", "manual", "manual", "manual"]);
      const waiting = scans[3]?.clusterId ?? 0;
      expect(await findScanProgress(pool, waiting)).toMatchObject({ state: "queued", objects: 0 });
      await cancelScan(pool, waiting);
      expect(await scans[3]?.ended).toMatchObject({ state: "cancelled", error: null });
      expect(await findScanProgress(pool, waiting)).toMatchObject({ state: "cancelled", error: null });
      scans[0]?.cancel();
      await scans[0]?.ended;
      expect(statesOf(scans).slice(4)).toEqual(["running"]);
    });

    it("leaves none that waited stuck when the server was killed", async () => {
      const { pool } = used.database;
      const scans = await ask(["manual", "manual", "manual", "manual"]);
      expect(statesOf(scans)).toContain("queued");
      expect(await recoverScans(pool, { all: true })).toBe(scans.length); // as the next start does
      for (const { clusterId } of scans) expect(await findLatestScan(pool, clusterId)).toMatchObject({ state: "failed" });
    });
  });

  it("stores how a scan ended once a database is back that was away then, and counts it as running meanwhile", async () => {
    const { cluster } = await start(world(1));
    const dying = path.join(folder, "dying.mjs");
    writeFileSync(dying, "process.exit(3);");
    const { pool } = used.database;
    const isRunning: boolean[] = [];
    const query = async (...args: Parameters<typeof pool.query>) => {
      if (!args[0].includes("finished_at = now()")) return pool.query(...args);
      isRunning.push(findRunningScan(cluster.id) !== null);
      if (isRunning.length === 1) throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
      await recoverScans(pool, { all: true, except: listRunningScans().map(({ scanId }) => scanId) }); // as the schedule may before
      return pool.query(...args);
    };
    const away = { ...used.database, pool: Object.create(pool, { query: { value: query } }) };
    const scan = await startScan(away, cluster, { trigger: "manual", script: dying });
    expect(await scan.ended).toMatchObject({ state: "failed" });
    expect(isRunning).toEqual([true, true]);
    expect(await findLatestScan(pool, cluster.id)).toMatchObject({ state: "failed", error: expect.stringMatching(/last snapshot is kept/) });
  });

  it("takes a process that dies as a failed scan, and can scan again", async () => {
    const { cluster } = await start(world(1));
    const broken = path.join(folder, "broken.mjs");
    writeFileSync(broken, "setTimeout(() => process.exit(3), 50);");
    expect(await (await startScan(used.database, cluster, { trigger: "manual", script: broken })).ended).toMatchObject({
      state: "failed",
      error: expect.stringMatching(/last snapshot is kept/),
    });
    const greedy = path.join(folder, "greedy.mjs");
    writeFileSync(greedy, "process.abort();"); // as V8 ends a process whose heap is full
    expect(await (await startScan(used.database, cluster, { trigger: "manual", script: greedy })).ended).toMatchObject({
      state: "failed",
      error: expect.stringMatching(/too large to be scanned within 1024 MiB/),
    });
    const killed = path.join(folder, "killed.mjs");
    writeFileSync(killed, 'process.kill(process.pid, "SIGKILL");'); // as Linux ends one when there is no memory left
    expect(await (await startScan(used.database, cluster, { trigger: "manual", script: killed })).ended).toMatchObject({
      state: "failed",
      error: "The scan was killed from outside, as when the machine or the container has no memory left: give it more. The last snapshot is kept.",
    });
    expect(await (await startScan(used.database, cluster, { trigger: "manual", script })).ended).toMatchObject({ state: "done", snapshotSeq: 1 });
  });
});
