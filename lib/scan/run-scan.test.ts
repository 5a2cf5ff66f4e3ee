import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../e2e/api-server/faults";
import { startFaultServer } from "../../e2e/api-server/start";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { resourceName } from "@/lib/demo/served-resource";
import { openConnection } from "@/lib/kube/open-connection";
import { PATIENCE } from "@/lib/collectors/patience";
import type { KindCoverage } from "@/lib/model/coverage";
import { loadScores } from "@/lib/reads/scores-at";
import { saveCluster } from "@/lib/store/clusters";
import { recoverScans, startScan } from "@/lib/store/scans";
import { findCoverage } from "@/lib/store/snapshots";
import { getSnapshot } from "@/lib/store/testing/get-snapshot";
import { DATABASE_KINDS } from "@/lib/store/testing/test-databases";
import { withDatabase } from "@/lib/store/testing/with-database";
import { runScan } from "./run-scan";
import type { ScanWork } from "./scan-work";
import { createTestClock, deployment, jobFor, world } from "./testing-world";

describe.each(DATABASE_KINDS)("runScan on %s", (kind) => {
  const used = withDatabase(kind);
  let clusters = 0;
  const testClock = createTestClock();
  const closing: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function start(objects: readonly object[]) {
    const server = await startFaultServer({ source: objects });
    closing.push(() => server.stop());
    const cluster = await saveCluster(used.database.prisma, { slug: `c${(clusters += 1)}`, name: "c", source: "demo" });
    const scan = async (signal?: AbortSignal, onWork?: (work: ScanWork) => void, now = testClock, patience = PATIENCE) => {
      const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: server.isHanging() ? 1_000 : 60_000, attempts: 2 });
      closing.push(() => connection.close());
      const means = { connection, pool: used.database.pool, now, patience, ...(signal ? { signal } : {}), ...(onWork ? { onWork } : {}) };
      return runScan(jobFor(server, cluster.id), means);
    };
    const rows = async (sql: string) => (await used.database.pool.query(sql, [cluster.id])).rows;
    const openPrivileged = () =>
      rows(`SELECT r.name, s.stale_since_seq AS stale, s.opened_seq AS opened FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
        WHERE s.cluster_id = $1 AND s.closed_seq IS NULL AND s.state = 'fail' AND f.control_id = 'container-privileged' ORDER BY r.name`);
    return { server, cluster, scan, rows, openPrivileged };
  }

  it("waits a quarter of a minute at most, and only at first, for a server that is silent, and half a minute for one that asks to wait", async () => {
    const { server, cluster } = await start(world(1));
    const connection = openConnection({ source: "url", server: server.url });
    closing.push(() => connection.close());
    const asked = new Map<string, number | undefined>();
    const againWithin = new Map<string, number | undefined>();
    const get: typeof connection.get = (path, options) => {
      asked.set(path, options?.limits?.timeoutMs);
      againWithin.set(path, options?.limits?.againWithinMs);
      return connection.get(path, options);
    };
    const job = { ...jobFor(server, cluster.id), identity: { uid: null, authority: null, server: server.url } };
    await runScan(job, { connection: { ...connection, get }, pool: used.database.pool, now: testClock });
    expect([asked.get("/version"), asked.get("/api/v1/namespaces/kube-system")]).toEqual([15_000, 15_000]);
    expect([...asked].flatMap(([path, timeoutMs]) => (path.startsWith("/api/v1/pods?") ? [timeoutMs] : []))).toEqual([60_000]);
    expect([...againWithin].flatMap(([path, ms]) => (ms === undefined ? [] : [[path, ms]]))).toEqual([
      ["/version", 35_000],
      ["/api/v1/namespaces/kube-system", 35_000],
    ]);
  });

  it("stores nothing when its own scan was ended while it read", async () => {
    const { server, cluster, scan, rows } = await start(world(1));
    const { pool } = used.database;
    const connection = openConnection({ source: "url", server: server.url });
    closing.push(() => connection.close());
    const { id: scanId } = await startScan(pool, cluster.id, "manual", "one that stood still");
    await recoverScans(pool, { all: true });
    const running = runScan({ ...jobFor(server, cluster.id), scanId }, { connection, pool, now: testClock });
    await expect(running).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/ended before it was finished/) });
    expect(await rows("SELECT 1 FROM snapshot WHERE cluster_id = $1")).toEqual([]);
    expect(await scan()).toMatchObject({ seq: 1 });
  });

  it("stores no day of the demo twice, where another server stored it meanwhile", async () => {
    const { server, cluster, rows } = await start(world(1));
    const scanDay = (at: string) => {
      const connection = openConnection({ source: "url", server: server.url });
      closing.push(() => connection.close());
      return runScan({ ...jobFor(server, cluster.id), at }, { connection, pool: used.database.pool, now: testClock });
    };
    await scanDay("2026-11-20T06:00:00Z");
    await expect(scanDay("2026-11-20T06:00:00Z")).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/filed under this day meanwhile/) });
    await scanDay("2026-11-21T06:00:00Z");
    expect(await rows("SELECT 1 FROM snapshot WHERE cluster_id = $1")).toHaveLength(2);
  });

  it("stores nothing that it read before it stood still, which would be filed under the time at which it went on", async () => {
    const { server, cluster, rows } = await start(world(1));
    const scanWith = (minutes: number) => {
      let ms = 0;
      const connection = openConnection({ source: "url", server: server.url });
      closing.push(() => connection.close());
      return runScan(jobFor(server, cluster.id), { connection, pool: used.database.pool, now: testClock, clock: () => (ms += minutes * 60_000) });
    };
    await expect(scanWith(11)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/stood still for more than 10 minutes/) });
    expect(await rows("SELECT 1 FROM snapshot WHERE cluster_id = $1")).toEqual([]);
    expect(await scanWith(9)).toMatchObject({ seq: 1 });
  });

  it("finds again what is called as no database can store it", async () => {
    const role = (name: string) => ({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name, uid: name }, rules: [] });
    const { scan, rows } = await start([...world(1), role("nul\0name"), role("half\ud800pair")]);
    expect(await scan()).toMatchObject({ seq: 1 });
    expect(await scan()).toMatchObject({ seq: 2, transitions: 0 });
    expect(await rows("SELECT name FROM resource WHERE cluster_id = $1 AND name LIKE '%\u{FFFD}%' ORDER BY name")).toEqual([
      { name: "half\ufffdpair" },
      { name: "nul\ufffdname" },
    ]);
  });

  it("stores what is there, who set it and what is wrong with it", async () => {
    const { scan, rows, openPrivileged, cluster } = await start(world(3));
    expect(await scan()).toMatchObject({ seq: 1 });
    expect(await openPrivileged()).toEqual(["app-0000", "app-0001", "app-0002"].map((name) => ({ name, stale: null, opened: 1 })));
    expect(await rows("SELECT kind, scope FROM resource WHERE cluster_id = $1 AND name = 'app-0000'")).toEqual([{ kind: "Deployment", scope: "workload" }]);
    const [version] = await rows(
      "SELECT managers FROM resource_version v JOIN resource r ON r.id = v.resource_id WHERE v.cluster_id = $1 AND r.name = 'app-0000'",
    );
    expect(version.managers).toEqual([{ manager: "helm", operation: "Update", at: "2026-01-01T00:00:00Z", fields: null }]);
    expect(await getSnapshot(used.database.pool, cluster.id, 1)).toMatchObject({
      facts: { workloads: 3, namespaces: 1, objects: 6 },
    });
  });

  it("writes nothing but the snapshot when nothing changed", async () => {
    const { scan, rows } = await start(world(40));
    await scan();
    const count = () =>
      rows(
        "SELECT (SELECT count(*) FROM finding_span WHERE cluster_id = $1) AS spans, (SELECT count(*) FROM tally WHERE cluster_id = $1) AS tallies, (SELECT count(*) FROM resource_version WHERE cluster_id = $1) AS versions, (SELECT count(*) FROM coverage_set WHERE cluster_id = $1) AS coverage",
      );
    const before = await count();
    expect(await scan()).toEqual({ seq: 2, transitions: 0 });
    expect(await count()).toEqual(before);
  });

  it("closes what was repaired and opens what is new", async () => {
    const { scan, server, openPrivileged } = await start(world(2));
    await scan();
    server.replace([
      ...world(2).filter((object) => !JSON.stringify(object).includes("app-0001")),
      deployment("app-0001", { privileged: false }),
      deployment("new"),
    ]);
    await scan();
    expect((await openPrivileged()).map(({ name, opened }) => [name, opened])).toEqual([
      ["app-0000", 1],
      ["new", 2],
    ]);
  });

  it.each<Fault>([{ kind: "silent" }, { kind: "trickle" }])(
    "keeps what it knew, and gives no score, where a server answers discovery and to every list only %j, and goes on where that ends",
    async (fault) => {
      const { scan, server, cluster, openPrivileged } = await start(world(2));
      await scan();
      server.replace([...world(0), deployment("app-0000", { privileged: false }), deployment("new")]);
      server.plan(Object.fromEntries(BUILT_IN_RESOURCES.map((resource) => [resourceName(resource), [{ ...fault, page: "any" }]])));
      await scan(undefined, undefined, testClock, { ...PATIENCE, idleMs: 1_500 });
      const scores = await loadScores(used.database.pool, cluster.id, [2]);
      expect(scores.get(2)?.map(({ score }) => score)).toEqual([null, null, null, null]);
      expect(await openPrivileged()).toEqual(["app-0000", "app-0001"].map((name) => ({ name, stale: 2, opened: 1 })));
      server.plan({});
      await scan();
      expect(await openPrivileged()).toEqual([{ name: "new", stale: null, opened: 3 }]);
    },
  );

  it("does not take a list for complete that hangs behind its first page, however small its pages are", async () => {
    const { scan, server, cluster, openPrivileged } = await start(world(501));
    await scan();
    server.plan({ "deployments.apps": [{ kind: "silent", page: 1 }] });
    await scan();
    expect(new Set((await openPrivileged()).map(({ stale }) => stale))).toEqual(new Set([2]));
    expect(await openPrivileged()).toHaveLength(501);
    const coverage = (await findCoverage(used.database.pool, cluster.id, 2)) as KindCoverage[];
    expect(coverage.find(({ kind: of }) => of === "Deployment")).toEqual({
      ...{ group: "apps", version: "v1", resource: "deployments", kind: "Deployment", status: "timeout" },
      reason: "The API server did not answer /apis/apps/v1/deployments within 1 seconds.",
      action: "Check the load of the API server and scan again.",
    });
  });

  it("keeps findings of a kind that cannot be read, marked stale, and says why in the coverage", async () => {
    const { scan, server, rows, cluster, openPrivileged } = await start(world(2));
    await scan();
    server.deny(["deployments.apps"]);
    await scan();
    expect((await openPrivileged()).map(({ name, stale }) => [name, stale])).toEqual([
      ["app-0000", 2],
      ["app-0001", 2],
    ]);
    expect(await rows("SELECT count(*)::int AS gone FROM resource WHERE cluster_id = $1 AND gone_seq IS NOT NULL")).toEqual([{ gone: 0 }]);
    const coverage = (await findCoverage(used.database.pool, cluster.id, 2)) as KindCoverage[];
    expect(coverage.find((entry) => entry.kind === "Deployment")).toMatchObject({ status: "forbidden", action: expect.stringMatching(/Grant/) });
    const scores = await loadScores(used.database.pool, cluster.id, [1, 2]);
    const [before, after = []] = [scores.get(1), scores.get(2)];
    expect(after).toHaveLength(4);
    for (const { layer, score } of after) expect(score ?? 0).toBeLessThanOrEqual(before?.find((entry) => entry.layer === layer)?.score ?? 0);
    server.deny([]);
    await scan();
    expect((await openPrivileged()).map(({ stale }) => stale)).toEqual([null, null]);
  });

  it("keeps findings about people when bindings cannot be read", async () => {
    const binding = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: "all" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: "ann" }],
    };
    const role = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "cluster-admin" },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    };
    const { scan, server, rows } = await start([...world(1), binding, role]);
    await scan();
    const open = () =>
      rows(
        "SELECT count(*)::int AS n FROM finding_span s JOIN finding f ON f.id = s.finding_id WHERE s.cluster_id = $1 AND closed_seq IS NULL AND s.state = 'fail' AND f.control_id LIKE 'rbac-%'",
      );
    const [before] = await open();
    expect(before.n).toBeGreaterThan(0);
    server.deny(["clusterrolebindings.rbac.authorization.k8s.io"]);
    await scan();
    expect(await open()).toEqual([before]);
  });

  it("leaves the last snapshot as it is when the token ends in the middle of a scan", async () => {
    const { scan, server, rows, openPrivileged } = await start(world(2));
    await scan();
    const before = await openPrivileged();
    const refused = { kind: "status", status: 401 } as const;
    server.plan({ "/api": [{ kind: "slow", delayMs: 1, times: 1 }, refused], "deployments.apps": [refused] });
    await expect(scan()).rejects.toThrow(/does not accept the credentials of the kubeconfig \(401\)/);
    expect(await rows("SELECT count(*)::int AS n FROM snapshot WHERE cluster_id = $1")).toEqual([{ n: 1 }]);
    expect(await openPrivileged()).toEqual(before);
  });

  it("stores nothing when it is cancelled while it reads", async () => {
    const { scan, server, rows } = await start(world(700));
    server.plan({ "deployments.apps": [{ kind: "silent", page: 1 }] });
    const controller = new AbortController();
    const running = scan(controller.signal, ({ objects }) => objects >= 500 && controller.abort(new Error("cancelled")));
    await expect(running).rejects.toThrow("cancelled");
    expect(await rows("SELECT count(*)::int AS n FROM resource WHERE cluster_id = $1")).toEqual([{ n: 0 }]);
  });

  it("stores nothing when it is cancelled while it judges", async () => {
    const { scan, rows } = await start(world(300));
    const controller = new AbortController();
    await expect(scan(controller.signal, ({ verdicts }) => verdicts > 0 && controller.abort(new Error("cancelled")))).rejects.toThrow("cancelled");
    expect(await rows("SELECT count(*)::int AS n FROM resource WHERE cluster_id = $1")).toEqual([{ n: 0 }]);
    await scan();
    expect(await rows("SELECT count(*)::int AS n FROM snapshot WHERE cluster_id = $1")).toEqual([{ n: 1 }]);
  });

  it("comes after the last snapshot, and is refused where the clock is far behind it", async () => {
    const { cluster, scan, rows } = await start(world(1));
    const at = (text: string) => scan(undefined, undefined, () => new Date(`2026-11-20T${text}Z`));
    await at("10:00:00");
    await at("09:59:57");
    expect((await getSnapshot(used.database.pool, cluster.id, 2)).takenAt.toISOString()).toBe("2026-11-20T10:00:00.001Z");
    await expect(at("04:00:00")).rejects.toThrow("The clock of this machine shows 20 Nov 2026, 04:00 UTC, 6 hours before snapshot 2 was taken");
    expect(await rows("SELECT seq FROM snapshot WHERE cluster_id = $1 ORDER BY seq")).toEqual([{ seq: 1 }, { seq: 2 }]);
    let second = 60;
    await scan(undefined, undefined, () => new Date(Date.UTC(2026, 10, 20, 10, 0, (second -= 10))));
    expect(await rows("SELECT duration_ms < 0 AS negative FROM snapshot WHERE cluster_id = $1 AND seq = 3")).toEqual([{ negative: false }]);
  });

  it("is refused where another scan was stored since it looked up what is known: it would carry forward what is older", async () => {
    const { server, cluster, scan, rows } = await start(world(1));
    await scan();
    const { pool } = used.database;
    // The settings are kept when the last snapshot is known, and before anything is compared with it.
    const query = async (...asked: readonly [string, unknown[]?]): Promise<unknown> => {
      if (asked[0].includes("INTO scope_settings")) await scan();
      return pool.query(...asked);
    };
    const overtaken = new Proxy(pool, { get: (target, name) => (name === "query" ? query : Reflect.get(target, name)) });
    const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: 60_000, attempts: 2 });
    closing.push(() => connection.close());
    const second = runScan(jobFor(server, cluster.id), { connection, pool: overtaken, now: testClock });
    await expect(second).rejects.toMatchObject({ code: "conflict", message: "Another scan of this cluster was stored meanwhile." });
    expect(await rows("SELECT seq FROM snapshot WHERE cluster_id = $1 ORDER BY seq")).toEqual([{ seq: 1 }, { seq: 2 }]);
  });

  it("goes through its phases in order", async () => {
    const { scan } = await start(world(5));
    const phases: string[] = [];
    await scan(undefined, ({ phase }) => phases.at(-1) !== phase && phases.push(phase));
    expect(phases).toEqual(["connecting", "reading", "judging", "storing"]);
  });
});
