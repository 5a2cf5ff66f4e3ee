import { fc } from "../model/testing-properties";
import type { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { commitSnapshot } from "./commit-snapshot";
import { listResources } from "./list-resources";
import { toFingerprint } from "./digests";
import { toPublicId } from "./public-id";
import { findResource, findResourceVersion } from "./resources";
import { recoverScans, startScan } from "./scans";
import { listTallies } from "./tallies";
import { keyOf, makeSnapshot, type World } from "./testing/make-snapshot";
import { replay, type Step } from "./testing/replay";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withCommits } from "./testing/with-commits";

const TABLES = ["finding", "finding_span", "evidence", "resource", "resource_version", "tally", "coverage_set", "snapshot"];

async function countRows(pool: Pool): Promise<Record<string, number>> {
  const counts = await Promise.all(TABLES.map(async (table) => [table, (await pool.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n] as const));
  return Object.fromEntries(counts);
}

describe.each(DATABASE_KINDS)("commitSnapshot on %s", (kind) => {
  const { used, addCluster, commit, list } = withCommits(kind);

  it("stores nothing of a scan that was ended meanwhile: by another server, while this one stood still, or by who cancelled it", async () => {
    const clusterId = await addCluster();
    const { pool } = used.database;
    const world = { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart" }] };
    const { id: scanId } = await startScan(pool, clusterId, "manual", "one that stands still");
    expect(await commitSnapshot(pool, { ...makeSnapshot(clusterId, world), scanId })).toMatchObject({ seq: 1 });
    const before = await countRows(pool);
    await recoverScans(pool, { all: true });
    const changed = { ...makeSnapshot(clusterId, { ...world, verdicts: [] }), scanId };
    await expect(commitSnapshot(pool, changed)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/nothing of it was stored/) });
    expect(await countRows(pool)).toEqual(before);
    expect((await list(clusterId, 1)).rows).toHaveLength(1);
  });

  it("adds one snapshot row and nothing else when nothing changed", async () => {
    const clusterId = await addCluster();
    const world: World = {
      resources: [
        { name: "cart", content: "a" },
        { name: "web", content: "b" },
      ],
      verdicts: [{ control: "c1", on: "cart" }],
      tallies: [{ key: "c1", n: 2, failing: 1 }],
    };
    await commit(clusterId, world);
    const before = await countRows(used.database.pool);
    expect(await commit(clusterId, world)).toMatchObject({ seq: 2, transitions: 0 });
    expect(await countRows(used.database.pool)).toEqual({ ...before, snapshot: (before.snapshot ?? 0) + 1 });
  });

  it("takes once what is brought twice: an object by two lists, and what cannot be told of the cluster by two scopes", async () => {
    const clusterId = await addCluster();
    const cart = { name: "cart", content: "a" };
    const asked = ["1", "2"].map((note) => ({ control: "c1", on: "cart", state: "unknown" as const, note }));
    for (const content of ["a", "a", "b"]) await commit(clusterId, { resources: [{ ...cart, content }, cart], verdicts: asked });
    expect((await list(clusterId, 3)).rows).toMatchObject([{ reason: "1", openedSeq: 1 }]);
    const { rows } = await used.database.pool.query("SELECT from_seq FROM resource_version WHERE cluster_id = $1 ORDER BY 1", [clusterId]);
    expect(rows).toEqual([{ from_seq: 1 }, { from_seq: 3 }]);
  });

  it("packs the numbers of a snapshot: where nothing changes for a year, those of every scan are what it costs", async () => {
    const clusterId = await addCluster();
    const { finish, ...input } = makeSnapshot(clusterId, { resources: [], verdicts: [] });
    await commitSnapshot(used.database.pool, {
      ...input,
      finish: (written) => ({ ...finish(written), facts: { objectsPerKind: Array.from({ length: 200 }, () => 0) } }),
    });
    const { rows } = await used.database.pool.query("SELECT pg_column_size(s.*) AS bytes FROM snapshot s WHERE cluster_id = $1", [clusterId]);
    expect(rows[0].bytes).toBeLessThan(900);
  });

  it("gives a longer public id to a finding whose own somebody else has", async () => {
    const [first, second] = [await addCluster(), await addCluster()];
    const fingerprints = ["cart", "web"].map((name) => toFingerprint("c1", keyOf(name), ""));
    await commit(first, { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart" }] });
    // The very ids that the second cluster's findings would get.
    const ids = fingerprints.map((fingerprint) => toPublicId(second, fingerprint));
    await used.database.pool.query("UPDATE finding SET public_id = $2 WHERE cluster_id = $1", [first, ids[0]]);
    const verdicts = ["cart", "web"].map((on) => ({ control: "c1", on }));
    await commit(second, { resources: ["cart", "web"].map((name) => ({ name, content: "a" })), verdicts });
    const { rows } = await list(second, 1);
    expect(rows.map((row) => row.publicId).sort()).toEqual([toPublicId(second, fingerprints[0] ?? "", 7), ids[1]].sort());
  });

  it("keeps the identity of a finding through fix and return, with one span per open period", async () => {
    const clusterId = await addCluster();
    const resources = [{ name: "cart", content: "a" }];
    const failing: World = { resources, verdicts: [{ control: "c1", on: "cart" }] };
    await commit(clusterId, failing);
    await commit(clusterId, { resources, verdicts: [] });
    await commit(clusterId, failing);
    const [first, second, third] = await Promise.all([list(clusterId, 1), list(clusterId, 2), list(clusterId, 3)]);
    expect(second.rows).toEqual([]);
    expect(third.rows[0]?.publicId).toBe(first.rows[0]?.publicId);
    expect(third.rows[0]).toMatchObject({ firstSeq: 1, openSinceSeq: 3, openedCause: "changed-context" });
    expect((await list(clusterId, 2, 1, "closed")).rows[0]).toMatchObject({ closedSeq: 2, closedCause: "fixed" });
  });

  it("takes a subject that is no stored object neither for gone nor for new", async () => {
    const clusterId = await addCluster();
    const resources = [{ name: "cart", content: "a" }];
    const failing: World = { resources, verdicts: [{ control: "c1", on: "jane", kind: "User" }] };
    for (const world of [failing, { ...failing, verdicts: [] }, failing]) await commit(clusterId, world);
    expect((await list(clusterId, 2, 1, "closed")).rows).toMatchObject([{ closedCause: "fixed" }]);
    expect((await list(clusterId, 3)).rows).toMatchObject([{ openedCause: "changed-context" }]);
  });

  it("keeps the age of a finding when its evidence or severity changes", async () => {
    const clusterId = await addCluster();
    await commit(clusterId, { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart", note: "1" }] });
    const { counts } = await commit(clusterId, {
      resources: [{ name: "cart", content: "b" }],
      verdicts: [{ control: "c1", on: "cart", note: "2", severity: "critical" }],
    });
    expect(counts).toMatchObject({ opened: { workload: 0 }, closed: { workload: 0 } });
    expect((await list(clusterId, 1)).rows[0]).toMatchObject({ severity: "high", reason: "1" });
    expect((await list(clusterId, 2)).rows[0]).toMatchObject({ severity: "critical", reason: "2", openSinceSeq: 1, openedSeq: 2 });
  });

  it("says that a finding ended because its object went, and lets the object return under the same key", async () => {
    const clusterId = await addCluster();
    const world: World = { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart" }] };
    await commit(clusterId, world);
    await commit(clusterId, { resources: [], verdicts: [] });
    expect((await list(clusterId, 2, 1, "closed")).rows[0]).toMatchObject({ closedCause: "resource-gone" });
    expect((await findResource(used.database.pool, clusterId, keyOf("cart"), 2))?.goneAt).not.toBeNull();
    await commit(clusterId, world);
    expect((await list(clusterId, 3)).rows[0]).toMatchObject({ openedCause: "new-resource", openSinceSeq: 3 });
  });

  it("stores text that PostgreSQL refuses: NUL and half characters", async () => {
    const clusterId = await addCluster();
    await commit(clusterId, {
      resources: [{ name: "cart", content: "a\0\uD800" }],
      verdicts: [{ control: "c1", on: "cart", note: "\0 and \uD800 in \\u0000" }],
    });
    expect((await list(clusterId, 1)).rows[0]?.reason).toBe("\uFFFD and \uFFFD in \\u0000");
  });

  it("leaves nothing behind when reading breaks in the middle of a large first scan", async () => {
    const clusterId = await addCluster();
    const before = await countRows(used.database.pool);
    const names = Array.from({ length: 40_000 }, (_, at) => `w-${at}`);
    const world = makeSnapshot(clusterId, { resources: names.map((name) => ({ name, content: name })), verdicts: names.map((on) => ({ control: "c1", on })) });
    async function* breaking() {
      for await (const page of world.verdicts) yield page;
      throw new Error("The judge broke.");
    }
    await expect(commitSnapshot(used.database.pool, { ...world, verdicts: breaking() })).rejects.toThrow("The judge broke.");
    expect(await countRows(used.database.pool)).toEqual(before);
  });

  it("refuses the second of two scans that ran at once", async () => {
    const clusterId = await addCluster();
    const world: World = { resources: [{ name: "cart", content: "a" }], verdicts: [] };
    const input = makeSnapshot(clusterId, world);
    const late = commitSnapshot(used.database.pool, {
      ...input,
      finish: async (stale) => {
        await commit(clusterId, world);
        return input.finish(stale);
      },
    });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
  });

  it("answers every as-of question as full copies of each snapshot would", async () => {
    const name = fc.constantFrom("a", "b", "c");
    const resource = fc.record({ name, kind: fc.constantFrom("Deployment", "DaemonSet"), content: fc.constantFrom("1", "2") });
    const verdict = fc.record({
      control: fc.constantFrom("c1", "c2"),
      on: name,
      kind: fc.constantFrom("Deployment", "DaemonSet"),
      state: fc.constantFrom("fail" as const, "unknown" as const, "waived" as const, "manual" as const),
      note: fc.constantFrom("", "nobody told"),
      severity: fc.constantFrom("high" as const, "low" as const),
    });
    const step = fc.record({
      resources: fc.uniqueArray(resource, { selector: ({ kind: k, name: n }) => `${k}/${n}`, maxLength: 6 }),
      verdicts: fc.uniqueArray(verdict, { selector: (v) => `${v.control} ${v.kind}/${v.on}`, maxLength: 8 }),
      staleKinds: fc.subarray(["apps/Deployment", "apps/DaemonSet"], { maxLength: 1 }),
      failing: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
        const clusterId = await addCluster();
        const worlds: Step[] = steps.map(({ failing, ...world }) => {
          const isThere = ({ kind: k, name: n }: { kind: string; name: string }) => !world.staleKinds.includes(`apps/${k}`) && n !== "";
          const resources = world.resources.filter(isThere);
          const verdicts = world.verdicts.filter((v) => resources.some((r) => r.name === v.on && r.kind === v.kind));
          return { ...world, resources, verdicts, tallies: [{ key: "c1", n: 3, failing }] };
        });
        for (const world of worlds) await commit(clusterId, world);
        for (const [at, expected] of replay(worlds).entries()) {
          const seq = at + 1;
          const page = await list(clusterId, seq);
          const seen = page.rows.map(
            (row) =>
              `${row.controlId} ${row.resourceKey} ${row.state} ${row.severity} since ${row.openSinceSeq}${row.isStale ? ` stale: ${row.staleReason ?? ""}` : ""}`,
          );
          expect(seen.sort()).toEqual(expected.findings);
          const resources = await listResources(used.database.pool, clusterId, { seq, order: "name", isReversed: false, cursor: null, limit: 100 });
          const contents = await Promise.all(
            resources.rows.map(
              async ({ resource: r }) => `${r.key} ${JSON.parse((await findResourceVersion(used.database.pool, clusterId, r.id, seq))?.json ?? "{}").content}`,
            ),
          );
          expect(contents.sort()).toEqual(expected.resources);
          expect(await listTallies(used.database.pool, clusterId, seq)).toMatchObject([{ key: "c1", failing: steps[at]?.failing }]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
