import { beforeAll, expect, it } from "vitest";
import { loadSilentTimes } from "./as-of/silent-times";
import { findSeqAt } from "./as-of/snapshot-log";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { listEvents, listSeries } from "./series";
import { makeSnapshot } from "./testing/make-snapshot";
import { withDatabase } from "./testing/with-database";

const used = withDatabase("pglite");
let clusterId = 0;

const HOUR_MS = 3_600_000;
const START_MS = Date.parse("2026-11-01T00:00:00Z");
const scan = (hour: number, failing: readonly string[], catalogueVersion = "1") =>
  commitSnapshot(
    used.database.pool,
    makeSnapshot(clusterId, {
      resources: [{ name: "a", content: "1" }],
      verdicts: failing.map((control) => ({ control, on: "a" })),
      takenAt: new Date(START_MS + hour * HOUR_MS),
      catalogueVersion,
    }),
  );

beforeAll(async () => {
  clusterId = (await saveCluster(used.database.prisma, { slug: "c", name: "c", source: "demo" })).id;
  await scan(0, ["x"]);
  await scan(1, ["x", "y"]);
  await scan(2, ["y"]);
  await scan(10, ["y"], "2");
});

it("thins a series evenly over time, and adds up what opened and closed in between, of which the first snapshot has none", async () => {
  const series = await listSeries(used.database.pool, clusterId, { fromSeq: 1, toSeq: 4, maxPoints: 2 });
  expect(series.map(({ seq, openedSum, closedSum }) => [seq, openedSum.workload, closedSum.workload])).toEqual([
    [3, 1, 1],
    [4, 0, 0],
  ]);
  expect(series.map(({ takenAt }) => takenAt.toISOString())).toEqual(["2026-11-01T02:00:00.000Z", "2026-11-01T10:00:00.000Z"]);
});

it("shows the past without what came later", async () => {
  const series = await listSeries(used.database.pool, clusterId, { fromSeq: 1, toSeq: 2 });
  expect(series.map(({ seq }) => seq)).toEqual([1, 2]);
});

it("tells where something changed that explains a step", async () => {
  const events = await listEvents(used.database.pool, clusterId, 1, 4);
  expect(events.map(({ seq, kind, label }) => [seq, kind, label])).toEqual([
    [1, "first-scan", ""],
    [4, "catalogue", "2"],
  ]);
  expect(await listEvents(used.database.pool, clusterId, 2, 3)).toEqual([]);
});

it("tells other settings, another version and other coverage each by itself, and settings that made another catalogue once", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "events", name: "events", source: "demo" });
  const snapshot = makeSnapshot(id, { resources: [], verdicts: [] });
  const refused = { ...(await snapshot.finish([])), coverage: { kinds: 2 } };
  const changes = [
    {},
    { scopeHash: "b" },
    { kubeVersion: null },
    { kubeVersion: "1.37.0" },
    { finish: () => refused },
    { catalogueVersion: "2", scopeHash: "c" },
  ];
  let last = snapshot;
  for (const change of changes) {
    last = { ...last, ...change };
    await commitSnapshot(used.database.pool, last);
  }
  const events = await listEvents(used.database.pool, id, 2, changes.length);
  expect(events.map(({ seq, kind, label }) => [seq, kind, label])).toEqual([
    [2, "scope", ""],
    [3, "version", ""],
    [4, "version", "1.37.0"],
    [5, "coverage", ""],
    [6, "catalogue", "2"],
  ]);
});

it("finds the last snapshot before an instant, also one that was stored after the first was asked for", async () => {
  const at = (hour: number, seq: number) => findSeqAt(used.database.pool, clusterId, START_MS + hour * HOUR_MS, seq);
  expect([await at(-1, 4), await at(0, 4), await at(1.5, 4), await at(2, 4), await at(99, 4)]).toEqual([1, 1, 2, 3, 4]);
  await scan(5, ["y"], "2"); // a clock that was put right: older than the one before it
  expect([await at(6, 5), await at(99, 5)]).toEqual([5, 4]);
});

it("keeps the snapshots at both ends of a silent time in a series, however coarse it is", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "silent", name: "silent", source: "demo" });
  const at = (day: number) =>
    commitSnapshot(
      used.database.pool,
      makeSnapshot(id, { resources: [], verdicts: [], takenAt: new Date(START_MS + day * 24 * HOUR_MS), catalogueVersion: "1" }),
    );
  for (const day of [0, 1, 2, 3, 4, 44, 45, 46, 47]) await at(day);
  const silent = await loadSilentTimes(used.database.pool, id, 1, 9);
  expect(silent.map(({ from, to }) => [from.seq, to.seq])).toEqual([[5, 6]]);
  const seqs = async (range: object) => (await listSeries(used.database.pool, id, { fromSeq: 1, toSeq: 9, maxPoints: 2, ...range })).map(({ seq }) => seq);
  expect(await seqs({})).toEqual([5, 9]);
  expect(await seqs({ silent })).toEqual([5, 6, 9]);
  // Of a range that begins later the same is told, and nothing that ended before.
  expect(await loadSilentTimes(used.database.pool, id, 5, 9)).toEqual(silent);
  expect(await loadSilentTimes(used.database.pool, id, 6, 9)).toEqual([]);
});
