import { afterAll, beforeAll, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../../e2e/api-server/start";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { kubeletConfig, namespace, node } from "@/lib/inventory/testing";
import { openConnection } from "@/lib/kube/open-connection";
import { record } from "@/lib/model/json";
import { OPT_IN_SOURCES, type OptInSource } from "@/lib/model/opt-in-source";
import type { OwnControl } from "@/lib/model/own-control";
import { compareScopes } from "@/lib/reads/compare-scopes";
import { loadPosture } from "@/lib/reads/posture-at";
import { readCoverage } from "@/lib/reads/read-coverage";
import { loadScores } from "@/lib/reads/scores-at";
import { loadChangeRange } from "@/lib/reads/unread-at";
import type { LayerScore } from "@/lib/scoring/score";
import { saveCluster } from "@/lib/store/clusters";
import { listChanges } from "@/lib/store/findings/list-changes";
import { listEvents } from "@/lib/store/series";
import { getSnapshot } from "@/lib/store/testing/get-snapshot";
import { withDatabase } from "@/lib/store/testing/with-database";
import { runScan } from "./run-scan";
import { createTestClock, jobFor, world } from "./testing-world";

const { apiVersion: _version, kind: _kind, metadata: _metadata, ...settings } = kubeletConfig();
const open = { ...settings, authentication: { ...record(settings.authentication), anonymous: { enabled: true } } };
const configz = (name: string) => `/api/v1/nodes/${name}/proxy/configz`;
const SECRET = { apiVersion: "v1", kind: "Secret", type: "Opaque", data: { a: "c2VjcmV0LXRleHQ=" } };
const forgotten = { ...SECRET, metadata: { name: "forgotten", namespace: "shop", creationTimestamp: "2020-01-01T00:00:00Z" } };

const documents: Record<string, string> = {
  [configz("a")]: JSON.stringify({ kubeletconfig: open }),
  [configz("b")]: JSON.stringify({ kubeletconfig: open }),
  "/metrics": "apiserver_request_total 5000\napiserver_audit_event_total 0\n",
};

const used = withDatabase("pglite");
let server: FaultServer;
let clusterId = 0;
const now = createTestClock();
beforeAll(async () => {
  server = await startFaultServer({
    source: [...world(1), node({ name: "a" }), node({ name: "b" }), forgotten],
    documents,
  });
  clusterId = (await saveCluster(used.database.prisma, { slug: "asked", name: "asked", source: "demo" })).id;
});
afterAll(() => server.stop());

async function scan(optInSources: readonly OptInSource[], ownControls: readonly OwnControl[] = []) {
  const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: 60_000, attempts: 1 });
  try {
    const job = { ...jobFor(server, clusterId), settings: { ...DEFAULT_SETTINGS, optInSources, ownControls } };
    return await runScan(job, { connection, pool: used.database.pool, now });
  } finally {
    await connection.close();
  }
}

/** Open findings of a control: its object, and whether this was seen just now. */
async function openOf(control: string): Promise<readonly string[]> {
  const { rows } = await used.database.pool.query<{ name: string; stale: number | null }>(
    `SELECT r.name, s.stale_since_seq AS stale FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.cluster_id = $1 AND s.closed_seq IS NULL AND s.state = 'fail' AND f.control_id = $2 ORDER BY r.name`,
    [clusterId, control],
  );
  return rows.map(({ name, stale }) => `${name}${stale === null ? "" : " stale"}`);
}

async function clusterLayer(seq: number): Promise<LayerScore> {
  const posture = await loadPosture(used.database.pool, clusterId, await getSnapshot(used.database.pool, clusterId, seq));
  const score = posture.workload.layers.find(({ layer }) => layer === "cluster");
  if (!score) throw new TypeError("there is a score of every layer");
  return score;
}

/** How many findings moved, kind by kind. */
async function movedBetween(from: number, to: number): Promise<Readonly<Record<string, number>>> {
  const [since, at] = [await getSnapshot(used.database.pool, clusterId, from), await getSnapshot(used.database.pool, clusterId, to)];
  const { counts } = await listChanges(used.database.pool, clusterId, await loadChangeRange(used.database.pool, clusterId, since, at), 10);
  return Object.fromEntries(Object.entries(counts.workload).filter(([, count]) => count > 0));
}

it("remembers what opt-in sources show, and never takes their silence for good news", async () => {
  const never = await clusterLayer((await scan([])).seq);
  expect(never.switchedOff.length).toBeGreaterThan(20);
  expect(never.controls.map(({ control }) => control)).not.toContain("kubelet-anonymous-auth");

  const first = await scan(OPT_IN_SOURCES);
  expect((await clusterLayer(first.seq)).switchedOff).toEqual([]);
  expect(await openOf("kubelet-anonymous-auth")).toEqual(["a", "b"]);
  expect(await openOf("audit-events-observed")).toEqual(["cluster"]);
  expect(await openOf("secret-unreferenced")).toEqual(["forgotten"]);

  expect(await scan(OPT_IN_SOURCES)).toMatchObject({ transitions: 0 });

  server.plan({ [configz("b")]: [{ kind: "status", status: 503 }] });
  const partly = await scan(OPT_IN_SOURCES);
  expect(await openOf("kubelet-anonymous-auth")).toEqual(["a", "b stale"]);
  const coverage = await readCoverage(used.database.pool, clusterId, await getSnapshot(used.database.pool, clusterId, partly.seq));
  expect(coverage.find(({ kind }) => kind === "KubeletConfiguration")).toMatchObject({
    status: "failed",
    objects: 1,
    reason: expect.stringContaining("1 of 2 kubelets"),
  });

  server.plan({});
  const off = await scan([]);
  expect(await openOf("kubelet-anonymous-auth")).toEqual(["a stale", "b stale"]);
  expect(await openOf("audit-events-observed")).toEqual(["cluster stale"]);
  expect(await openOf("secret-unreferenced")).toEqual(["forgotten stale"]);
  const [before, after] = [await clusterLayer(first.seq), await clusterLayer(off.seq)];
  expect(after.raw).toBeLessThanOrEqual((before.raw ?? Number.NaN) + 1e-9);
  expect(after.cap).toBe(before.cap);
  // What was known counts as it last was, and says that it is not known any more.
  expect(after.controls.map(({ control }) => control)).toContain("kubelet-anonymous-auth");
  expect(after.coverage).toBeLessThan(before.coverage);
  const trend = await loadScores(used.database.pool, clusterId, [first.seq, off.seq]);
  expect(trend.get(off.seq)?.find(({ layer }) => layer === "cluster")?.coverage).toBe(after.coverage);
  const events = await listEvents(used.database.pool, clusterId, 1, off.seq);
  expect(events.filter(({ kind }) => kind === "scope").map(({ seq }) => seq)).toEqual([first.seq, off.seq]);
  const compare = async (seq: number) => {
    const [from, to] = [await getSnapshot(used.database.pool, clusterId, first.seq), await getSnapshot(used.database.pool, clusterId, seq)];
    return compareScopes(used.database.pool, clusterId, from, to);
  };
  expect(await compare(off.seq)).toEqual({ switchedOn: [], switchedOff: expect.arrayContaining(["KubeletConfiguration", "Secret"]) });
  expect(await compare(partly.seq)).toBeNull();

  const { seq: on } = await scan(OPT_IN_SOURCES);
  expect(await openOf("kubelet-anonymous-auth")).toEqual(["a", "b"]);

  // Nobody in the cluster did anything: the sources were switched.
  expect(await movedBetween(1, first.seq)).toEqual({ "opened-by-settings": expect.any(Number) });
  expect(await movedBetween(first.seq, off.seq)).toEqual({});
  expect(await movedBetween(off.seq, on)).toEqual({});
  expect(await movedBetween(first.seq, on)).toEqual({});
});

it("leaves to nobody what became of it while its source was off", async () => {
  const { seq: before } = await scan(OPT_IN_SOURCES);
  const { seq: off } = await scan([]);
  expect(await scan([])).toMatchObject({ transitions: 0 });
  server.replace([...world(1), node({ name: "a" }), node({ name: "b" }), { ...forgotten, metadata: { ...forgotten.metadata, name: "late" } }]);
  const { seq: on } = await scan(OPT_IN_SOURCES);
  expect(await movedBetween(off, on)).toEqual({ assessed: 1, gone: 1 });
  expect(await movedBetween(before, on)).toEqual({ new: 1, gone: 1 });
});

it("resolves nothing that Secrets alone showed beside what is read of every cluster, while they are refused", async () => {
  const left = { ...SECRET, metadata: { name: "left", namespace: "default" } };
  server.replace([...world(1), namespace({ name: "default" }), left]);
  await scan(["secret-metadata"]);
  expect(await openOf("default-namespace-used")).toEqual(["default"]);
  server.deny(["secrets"]);
  await scan(["secret-metadata"]);
  expect(await openOf("default-namespace-used")).toEqual(["default stale"]);
  server.deny([]);
  server.replace([...world(1), namespace({ name: "default" })]);
  await scan(["secret-metadata"]);
  expect(await openOf("default-namespace-used")).toEqual([]);
});

it("judges the kubelets that answered by own controls too, and forgets those of nodes that are gone, while others are refused", async () => {
  const own: OwnControl = {
    id: "own-kubelet-pids",
    title: "Kubelets limit processes",
    severity: "medium",
    layer: "cluster",
    subject: "KubeletConfiguration",
    expression: "object.podPidsLimit < 1000",
    message: "The limit is too high.",
    fix: "Lower the limit.",
  };
  for (const name of ["a", "b", "c"]) documents[configz(name)] = JSON.stringify({ kubeletconfig: open });
  server.replace([...world(1), ...["a", "b", "c"].map((name) => node({ name }))]);
  await scan(["kubelet-config"], [own]);
  expect(await openOf(own.id)).toEqual(["a", "b", "c"]);
  documents[configz("a")] = JSON.stringify({ kubeletconfig: { ...open, podPidsLimit: 500 } });
  server.replace([...world(1), ...["a", "b"].map((name) => node({ name }))]);
  server.plan({ [configz("b")]: [{ kind: "status", status: 403 }] });
  await scan(["kubelet-config"], [own]);
  expect(await openOf(own.id)).toEqual(["b stale"]);
  server.plan({});
});
