import { describe, expect, it } from "vitest";
import { commitSnapshot } from "./commit-snapshot";
import { loadStanding } from "./findings/load-standing";
import { findResource } from "./resources";
import { keyOf, makeSnapshot, type World } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withCommits } from "./testing/with-commits";

describe.each(DATABASE_KINDS)("what could not be assessed, in snapshots on %s", (kind) => {
  const { used, addCluster, commit, list } = withCommits(kind);

  it("never closes what could not be read: it stays open and stale, and is fresh again once it is read", async () => {
    const clusterId = await addCluster();
    const place = { kind: "Namespace", name: "prod" };
    const world: World = {
      resources: [
        { name: "cart", content: "a" },
        { ...place, content: "a" },
      ],
      verdicts: [
        { control: "c1", on: "cart" },
        { control: "c1", on: place.name, kind: place.kind },
      ],
    };
    await commit(clusterId, world);
    const stale: unknown[] = [];
    const input = makeSnapshot(clusterId, { resources: [], verdicts: [], staleKinds: ["apps/Deployment", "apps/Namespace"] });
    await commitSnapshot(used.database.pool, {
      ...input,
      finish: (findings) => {
        stale.push(...findings);
        return input.finish(findings);
      },
    });
    const finding = { controlId: "c1", layer: "container", scope: "workload", namespace: "shop", severity: "high" };
    const kept = { ...finding, state: "fail", askedIn: null, failedIn: null };
    expect(stale).toEqual([kept, { ...kept, namespace: place.name }]);
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
    const wanted = { keys: new Set([keyOf("cart")]), controls: new Set(["c1"]) };
    const standing = await Promise.all([1, 2].map((seq) => loadStanding(used.database.pool, clusterId, seq, wanted)));
    expect(standing.flatMap(({ of }) => of("c1", keyOf("cart")).map(({ state, isStale }) => `${state} ${isStale}`))).toEqual(["fail false", "fail true"]);
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
});
