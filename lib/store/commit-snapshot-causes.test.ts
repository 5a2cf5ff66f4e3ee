import { describe, expect, it } from "vitest";
import { commitSnapshot } from "./commit-snapshot";
import { toFingerprint } from "./digests";
import { countChanges } from "./findings/count-changes";
import { listChanges } from "./findings/list-changes";
import { keyOf, makeSnapshot, type World } from "./testing/make-snapshot";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withCommits } from "./testing/with-commits";

describe.each(DATABASE_KINDS)("what settings and releases did, in snapshots on %s", (kind) => {
  const { used, addCluster, commit, list } = withCommits(kind);

  const causesAt = async (clusterId: number, end: "opened" | "closed", seq: number): Promise<string[]> => {
    const { rows } = await used.database.pool.query<{ told: string }>(
      `SELECT f.control_id || ' ' || r.name || ' ' || s.${end}_cause AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id
       JOIN resource r ON r.id = f.resource_id WHERE s.cluster_id = $1 AND s.${end}_seq = $2 AND s.${end}_cause <> 'reread' ORDER BY 1`,
      [clusterId, seq],
    );
    return rows.map(({ told }) => told);
  };

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
        { control: "mended", on: "cart" },
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
    expect(await causes("closed")).toEqual([
      "eased cart settings",
      "eased web settings",
      "edited cart control-changed",
      "mended cart fixed",
      "mended web fixed",
    ]);
    expect(await causes("opened")).toEqual(["stricter cart settings", "stricter late new-resource", "stricter web settings"]);
    const { counts } = await listChanges(used.database.pool, clusterId, { fromSeq: 1, toSeq: 2, unread: [] }, 10);
    const told = Object.fromEntries(Object.entries(counts.workload).filter(([, count]) => count > 0));
    expect(told).toEqual({ new: 1, "opened-by-settings": 2, fixed: 2, "other-closed": 3 });
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
      verdicts: [...fails("c1", "same", "mended", "touched", "gone"), ...fails("own-1", "same", "touched"), ...fails("own-3", "same")],
    });
    const contents = { same: "a/1", mended: "b/1", touched: "a/2", broken: "b/1", moved: "a/2", late: "a/1" };
    await commit(clusterId, {
      resources: Object.entries(contents).map(([name, content]) => ({ name, content })),
      verdicts: [...fails("c2", "same", "broken", "moved", "late"), ...fails("own-2", "same"), { control: "own-3", on: "same", severity: "low" }],
      catalogueVersion: "2",
    });
    expect(await causesAt(clusterId, "closed", 2)).toEqual([
      "c1 gone resource-gone",
      "c1 mended fixed",
      "c1 same control-changed",
      "c1 touched control-changed",
      "own-1 same fixed",
      "own-1 touched fixed",
      "own-3 same changed",
    ]);
    expect(await causesAt(clusterId, "opened", 2)).toEqual([
      "c2 broken changed-resource",
      "c2 late new-resource",
      "c2 moved new-catalogue",
      "c2 same new-catalogue",
      "own-2 same changed-context",
      "own-3 same changed",
    ]);
  });

  it("takes nothing for new that may have been there unread or untold, nor for the doing of a release that nobody can tell of", async () => {
    const openedBy = async (last: Partial<World>): Promise<string[]> => {
      const clusterId = await addCluster();
      await commit(clusterId, { resources: [], verdicts: [] });
      await commit(clusterId, { resources: [{ name: "late", content: "a" }], verdicts: ["c1", "c2"].map((control) => ({ control, on: "late" })), ...last });
      return causesAt(clusterId, "opened", 2);
    };
    const [kind, ofControl] = ["apps/Deployment", "apps/Deployment c1"];
    expect(await openedBy({})).toEqual(["c1 late new-resource", "c2 late new-resource"]);
    expect(await openedBy({ returnedKinds: { [kind]: null, [ofControl]: 1 } })).toEqual(["c1 late changed-context", "c2 late assessed"]);
    expect(await openedBy({ returnedKinds: { [ofControl]: null } })).toEqual(["c1 late assessed", "c2 late new-resource"]);
    expect(await openedBy({ returnedKinds: { [kind]: null }, catalogueVersion: "2" })).toEqual(["c1 late assessed", "c2 late assessed"]);
  });

  it("says of what a Job left that it is over before it asks the settings, and asks them of what does not apply any more", async () => {
    const clusterId = await addCluster();
    const resources = [{ name: "cart", content: "a" }];
    const verdicts = ["c1", "c2", "c3"].map((control) => ({ control, on: "cart" }));
    await commit(clusterId, { resources, verdicts });
    const why = new Map([
      [toFingerprint("c1", keyOf("cart"), ""), "finished"],
      [toFingerprint("c2", keyOf("cart"), ""), "not-applicable"],
      [toFingerprint("c3", keyOf("cart"), ""), "not-applicable"],
    ] as const);
    await commitSnapshot(used.database.pool, {
      ...makeSnapshot(clusterId, { resources, verdicts: [], settingsChange: { fails: ["c1 cart", "c2 cart"] } }),
      whyUnfixed: (fingerprint) => why.get(fingerprint) ?? null,
    });
    expect(await causesAt(clusterId, "closed", 2)).toEqual(["c1 cart finished", "c2 cart settings", "c3 cart not-applicable"]);
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
    expect(await causesAt(clusterId, "opened", 4)).toEqual(["c3 mended assessed", "c3 same new-catalogue", "c3 touched new-catalogue"]);
    expect(await causesAt(clusterId, "closed", 4)).toEqual(["c1 mended fixed", "c1 same control-changed", "c1 touched control-changed", "own-1 eased fixed"]);

    const changed = { resources: [{ name: "same", content: "b/1" }], verdicts: [], settingsChange: { fails: ["c3 same"], controls: ["c3"] } };
    await commit(clusterId, { ...changed, catalogueVersion: "3" });
    expect(await causesAt(clusterId, "closed", 5)).toContain("c3 same control-changed");
  });
});
