import { fc } from "../model/testing-properties";
import type { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { countChanges } from "./findings/count-changes";
import { listChanges } from "./findings/list-changes";
import { listFindings } from "./findings/list-findings";
import { listResources } from "./list-resources";
import { toFingerprint } from "./digests";
import { toPublicId } from "./public-id";
import { findResource, findResourceVersion } from "./resources";
import { recoverScans, startScan } from "./scans";
import { listTallies } from "./tallies";
import { keyOf, makeSnapshot, type World } from "./testing/make-snapshot";
import { replay, type Step } from "./testing/replay";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

const TABLES = ["finding", "finding_span", "resource", "resource_version", "tally", "coverage_set", "snapshot"];

async function countRows(pool: Pool): Promise<Record<string, number>> {
  const counts = await Promise.all(TABLES.map(async (table) => [table, (await pool.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n] as const));
  return Object.fromEntries(counts);
}

describe.each(DATABASE_KINDS)("commitSnapshot on %s", (kind) => {
  const used = withDatabase(kind);

  let clusters = 0;
  const addCluster = async (): Promise<number> => {
    clusters += 1;
    return (await saveCluster(used.database.prisma, { slug: `c-${clusters}`, name: "C", source: "demo" })).id;
  };
  const commit = (clusterId: number, world: World) => commitSnapshot(used.database.pool, makeSnapshot(clusterId, world));
  const list = async (clusterId: number, seq: number, sinceSeq: number | null = null, tab: "all" | "opened" | "closed" = "all") =>
    listFindings(used.database.pool, clusterId, { seq, sinceSeq, filter: {}, tab, order: "object", isReversed: false, cursor: null, limit: 500 });

  const causesAt = async (clusterId: number, column: "opened_cause" | "closed_cause", bound: "opened_seq" | "closed_seq", seq: number): Promise<string[]> => {
    const { rows } = await used.database.pool.query<{ told: string }>(
      `SELECT f.control_id || ' ' || r.name || ' ' || s.${column} AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id
       JOIN resource r ON r.id = f.resource_id WHERE s.cluster_id = $1 AND s.${bound} = $2 AND s.${column} <> 'reread' ORDER BY 1`,
      [clusterId, seq],
    );
    return rows.map(({ told }) => told);
  };

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

  it("says of what the settings alone closed or opened that they did, and writes nothing more while they stay", async () => {
    const clusterId = await addCluster();
    const before: World = {
      resources: [
        { name: "cart", content: "a" },
        { name: "web", content: "a" },
      ],
      verdicts: [
        { control: "eased", on: "cart" },
        { control: "eased", on: "web" },
        { control: "mended", on: "web" },
        { control: "edited", on: "cart" },
      ],
    };
    await commit(clusterId, before);
    const after: World = {
      resources: [
        { name: "cart", content: "a" },
        { name: "web", content: "b" },
        { name: "late", content: "a" },
      ],
      verdicts: ["cart", "web", "late"].map((on) => ({ control: "stricter", on })),
    };
    const other = { catalogueVersion: "1+edited", settingsChange: { fails: ["eased cart", "eased web", "edited cart"], controls: ["edited"] } };
    await commit(clusterId, { ...after, ...other });
    const causes = async (tab: "opened" | "closed") =>
      (await list(clusterId, 2, 1, tab)).rows
        .map((row) => `${row.controlId} ${row.resource.name} ${tab === "opened" ? row.openedCause : row.closedCause}`)
        .sort();
    expect(await causes("closed")).toEqual(["eased cart settings", "eased web settings", "edited cart control-changed", "mended web fixed"]);
    expect(await causes("opened")).toEqual(["stricter cart settings", "stricter late new-resource", "stricter web settings"]);
    const { counts } = await listChanges(used.database.pool, clusterId, { fromSeq: 1, toSeq: 2, unread: [] }, 10);
    const told = Object.fromEntries(Object.entries(counts.workload).filter(([, count]) => count > 0));
    expect(told).toEqual({ new: 1, "opened-by-settings": 2, fixed: 1, "other-closed": 3 });
    expect((await commit(clusterId, { ...after, catalogueVersion: "1+edited" })).transitions).toBe(0);
    expect((await listChanges(used.database.pool, clusterId, { fromSeq: 1, toSeq: 3, unread: [] }, 10)).counts).toEqual(counts);

    const grown = { ...after, catalogueVersion: "1+edited", resources: [...after.resources, { name: "fresh", content: "a" }] };
    await commit(clusterId, grown);
    const verdicts = [...after.verdicts, { control: "eased", on: "fresh" }];
    await commit(clusterId, { ...grown, verdicts, settingsChange: { fails: ["stricter cart", "stricter web", "stricter late"] } });
    const opened = async (since: number) => {
      const counted = await countChanges(used.database.pool, clusterId, { fromSeq: since, toSeq: 5, unread: [] });
      return [
        (await listChanges(used.database.pool, clusterId, { fromSeq: since, toSeq: 5, unread: [] }, 10)).counts.workload,
        counted.map(({ cause }) => cause),
      ];
    };
    expect(await opened(4)).toMatchObject([{ new: 0, "opened-by-settings": 1 }, ["settings"]]);
    // Of an object that came in between, both tell that: nobody met it before.
    expect(await opened(3)).toMatchObject([{ new: 1, "opened-by-settings": 0 }, ["new-resource"]]);
  });

  it("takes what another release closes or opens for its doing, but where the very field was changed, and never what went, came or is the cluster's own", async () => {
    const clusterId = await addCluster();
    const all = ["same", "mended", "touched", "gone", "broken", "moved"];
    const fails = (control: string, ...names: string[]) => names.map((on) => ({ control, on }));
    await commit(clusterId, {
      resources: all.map((name) => ({ name, content: "a/1" })),
      verdicts: [...fails("c1", "same", "mended", "touched", "gone"), ...fails("own-1", "same", "touched")],
    });
    const contents = { same: "a/1", mended: "b/1", touched: "a/2", broken: "b/1", moved: "a/2", late: "a/1" };
    await commit(clusterId, {
      resources: Object.entries(contents).map(([name, content]) => ({ name, content })),
      verdicts: fails("c2", "same", "broken", "moved", "late"),
      catalogueVersion: "2",
    });
    expect(await causesAt(clusterId, "closed_cause", "closed_seq", 2)).toEqual([
      "c1 gone resource-gone",
      "c1 mended fixed",
      "c1 same control-changed",
      "c1 touched control-changed",
      "own-1 same fixed",
      "own-1 touched fixed",
    ]);
    expect(await causesAt(clusterId, "opened_cause", "opened_seq", 2)).toEqual([
      "c2 broken changed-resource",
      "c2 late new-resource",
      "c2 moved new-catalogue",
      "c2 same new-catalogue",
    ]);
  });

  it("asks what was stale by the release that judged it last, and leaves to the settings what they closed although its field was changed", async () => {
    const clusterId = await addCluster();
    const names = ["same", "mended", "touched", "eased"];
    await commit(clusterId, {
      resources: names.map((name) => ({ name, content: "a/1" })),
      verdicts: names.map((on) => ({ control: on === "eased" ? "own-1" : "c1", on })),
    });
    const refused = { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] };
    await commit(clusterId, { ...refused, catalogueVersion: "2" });
    await commit(clusterId, { ...refused, catalogueVersion: "2+own" });
    const contents = { same: "a/1", mended: "b/1", touched: "a/2", eased: "b/1" };
    const resources = Object.entries(contents).map(([name, content]) => ({ name, content }));
    const back = { resources, catalogueVersion: "2+own", returnedKinds: { "apps/Deployment": 1 } };
    await commit(clusterId, { ...back, verdicts: ["same", "mended", "touched"].map((on) => ({ control: "c3", on })) });
    expect(await causesAt(clusterId, "opened_cause", "opened_seq", 4)).toEqual(["c3 mended assessed", "c3 same new-catalogue", "c3 touched new-catalogue"]);
    expect(await causesAt(clusterId, "closed_cause", "closed_seq", 4)).toEqual([
      "c1 mended fixed",
      "c1 same control-changed",
      "c1 touched control-changed",
      "own-1 eased fixed",
    ]);

    const changed = { resources: [{ name: "same", content: "b/1" }], verdicts: [], settingsChange: { fails: ["c3 same"], controls: ["c3"] } };
    await commit(clusterId, { ...changed, catalogueVersion: "3" });
    expect(await causesAt(clusterId, "closed_cause", "closed_seq", 5)).toContain("c3 same control-changed");
  });

  it("never closes what could not be read: it stays open and stale, and is fresh again once it is read", async () => {
    const clusterId = await addCluster();
    const world: World = { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart" }] };
    await commit(clusterId, world);
    const stale: unknown[] = [];
    const input = makeSnapshot(clusterId, { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] });
    await commitSnapshot(used.database.pool, {
      ...input,
      finish: (findings) => {
        stale.push(...findings);
        return input.finish(findings);
      },
    });
    const finding = { controlId: "c1", layer: "container", scope: "workload", namespace: "shop", severity: "high" };
    expect(stale).toEqual([{ ...finding, state: "fail", askedIn: null, failedIn: null }]);
    await commit(clusterId, world);
    const rows = await Promise.all([1, 2, 3].map(async (seq) => (await list(clusterId, seq)).rows[0]));
    expect(rows.map((row) => row?.isStale)).toEqual([false, true, false]);
    expect(rows.map((row) => row?.openSinceSeq)).toEqual([1, 1, 1]);
    expect((await findResource(used.database.pool, clusterId, keyOf("cart"), 2))?.goneAt).toBeNull();
  });

  it("keeps a failure open and stale when its control could not be assessed", async () => {
    const clusterId = await addCluster();
    const resources = [{ name: "cart", content: "a" }];
    await commit(clusterId, { resources, verdicts: [{ control: "c1", on: "cart" }] });
    const { counts } = await commit(clusterId, { resources, verdicts: [{ control: "c1", on: "cart", state: "unknown", note: "not read" }] });
    expect(counts).toMatchObject({ stale: 1, unknown: 0, closed: { workload: 0 } });
    expect((await list(clusterId, 2)).rows[0]).toMatchObject({ state: "fail", isStale: true });
  });

  it("gives the reason of its time for what could not be assessed again, and writes nothing while that stays the same", async () => {
    const clusterId = await addCluster();
    const world = (state: "fail" | "unknown", note: string): World => ({
      resources: [{ name: "cart", content: "a" }],
      verdicts: [{ control: "c1", on: "cart", state, note }],
    });
    await commit(clusterId, world("fail", "x"));
    await commit(clusterId, world("unknown", "The image has no digest."));
    expect((await commit(clusterId, world("unknown", "The image has no digest."))).transitions).toBe(0);
    await commit(clusterId, world("unknown", "Pods are refused."));
    await commit(clusterId, { resources: [], verdicts: [], staleKinds: ["apps/Deployment"] });
    await commit(clusterId, world("fail", "x"));
    const rows = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seq) => (await list(clusterId, seq)).rows));
    expect(rows.map((found) => found.length)).toEqual([1, 1, 1, 1, 1, 1]);
    const reasons = [null, "The image has no digest.", "The image has no digest.", "Pods are refused.", "apps/Deployment is refused.", null];
    expect(rows.map(([row]) => row?.staleReason)).toEqual(reasons);
    expect(rows.map(([row]) => [row?.state, row?.reason, row?.openSinceSeq])).toEqual(reasons.map(() => ["fail", "x", 1]));
  });

  it("asks an open question anew: what needed a review is not assessed where nobody can tell", async () => {
    const clusterId = await addCluster();
    const resources = [{ name: "cart", content: "a" }];
    await commit(clusterId, { resources, verdicts: [{ control: "c1", on: "cart", state: "manual", note: "Ask a person." }] });
    const { counts } = await commit(clusterId, { resources, verdicts: [{ control: "c1", on: "cart", state: "unknown", note: "not read" }] });
    expect(counts).toMatchObject({ stale: 0, unknown: 1, manual: 0 });
    expect((await list(clusterId, 2)).rows).toMatchObject([{ state: "unknown", reason: "not read", isStale: false }]);
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
  }, 60_000);

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
          expect(await listTallies(used.database.pool, clusterId, seq, "control")).toMatchObject([{ key: "c1", failing: steps[at]?.failing }]);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
