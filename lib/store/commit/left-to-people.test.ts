import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { listChanges } from "../findings/list-changes";
import { listFindings } from "../findings/list-findings";
import { makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";

const used = withDatabase("pglite");

/** One snapshot a step: what a release said of each object, with its content. */
async function commitAll(
  slug: string,
  steps: readonly { readonly release: string; readonly objects: Readonly<Record<string, [content: string, World["verdicts"][0]["state"]]>> }[],
) {
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  for (const { release, objects } of steps) {
    const named = Object.entries(objects);
    const resources = named.map(([name, [content]]) => ({ name, content }));
    const verdicts = named.map(([on, [, state = "fail"]]) => ({ control: "c1", on, state }));
    await commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts, catalogueVersion: release }));
  }
  return {
    async list(sinceSeq: number, seq: number, tab: "opened" | "closed") {
      const options = { seq, sinceSeq, filter: {}, tab, order: "object", isReversed: false, cursor: null, limit: 10 } as const;
      const { rows, tabs } = await listFindings(used.database.pool, id, options);
      expect(tabs[tab]).toBe(rows.length);
      return rows.map(
        ({ resource, openSinceSeq, openedCause, closedCause }) => `${resource.name} ${openSinceSeq} ${tab === "opened" ? openedCause : closedCause}`,
      );
    },
    async count(fromSeq: number, toSeq: number) {
      const { counts } = await listChanges(used.database.pool, id, { fromSeq, toSeq, unread: [] }, 0);
      return Object.fromEntries(Object.entries(counts.workload).filter(([, count]) => count > 0));
    },
  };
}

it("opens what only people could judge when it fails, for what made it fail, and ends it for what made it pass", async () => {
  const cluster = await commitAll("judged", [
    { release: "1", objects: { cart: ["a", "manual"], web: ["a", "manual"] } },
    { release: "2", objects: { cart: ["b", "fail"], web: ["a", "fail"] } },
    { release: "3", objects: { cart: ["c", "manual"], web: ["a", "manual"] } },
    { release: "3", objects: { cart: ["b", "fail"], web: ["a", "manual"] } },
  ]);
  expect(await cluster.list(1, 2, "opened")).toEqual(["cart 2 changed-resource", "web 2 new-catalogue"]);
  expect(await cluster.count(1, 2)).toEqual({ new: 1, "opened-by-control": 1 });
  expect(await cluster.list(2, 3, "closed")).toEqual(["cart 2 fixed", "web 2 control-changed"]);
  expect(await cluster.count(2, 3)).toEqual({ fixed: 1, "other-closed": 1 });
  expect(await cluster.list(3, 4, "opened")).toEqual(["cart 4 changed-resource"]);
  expect(await cluster.count(3, 4)).toEqual({ reopened: 1 });
});

it("lists what was accepted and fails now with what opened, as the ledger counts it", async () => {
  const cluster = await commitAll("accepted", [
    { release: "1", objects: { cart: ["a", "fail"] } },
    { release: "1", objects: { cart: ["a", "waived"] } },
    { release: "1", objects: { cart: ["a", "fail"] } },
  ]);
  expect(await cluster.list(2, 3, "opened")).toEqual(["cart 1 changed"]);
  expect(await cluster.count(2, 3)).toEqual({ reopened: 1 });
  expect([await cluster.list(1, 3, "opened"), await cluster.count(1, 3)]).toEqual([[], {}]);
  const first = await commitAll("accepted at first", [
    { release: "1", objects: { cart: ["a", "waived"] } },
    { release: "1", objects: { cart: ["a", "fail"] } },
  ]);
  expect(await first.count(1, 2)).toEqual({ reopened: 1 });
});

it("begins anew what people were asked to look at once they accept it, and goes on with what is only accepted", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "asked", name: "asked", source: "demo" });
  const resources = [{ name: "cart", content: "a" }];
  for (const state of ["manual", "waived", "fail", "waived"] as const)
    await commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts: [{ control: "c1", on: "cart", state }] }));
  const { rows } = await used.database.pool.query(
    "SELECT state || ' ' || open_since_seq || ' ' || coalesce(closed_cause, 'open') AS told FROM finding_span WHERE cluster_id = $1 ORDER BY opened_seq",
    [id],
  );
  expect(rows.map(({ told }) => told)).toEqual(["manual 1 exception", "waived 2 changed", "fail 2 exception", "waived 2 open"]);
});

it("counts what failed as closed once only people can judge it, and goes on with it since it failed", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "left", name: "left", source: "demo" });
  const resources = [{ name: "cart", content: "a" }];
  const commit = (state: "fail" | "manual") =>
    commitSnapshot(used.database.pool, makeSnapshot(id, { resources, verdicts: [{ control: "c1", on: "cart", state }] }));
  await commit("fail");
  expect((await commit("manual")).counts.closed).toEqual({ workload: 1, platform: 0 });
  const { rows } = await used.database.pool.query("SELECT open_since_seq FROM finding_span WHERE cluster_id = $1 AND state = 'manual'", [id]);
  expect(rows).toEqual([{ open_since_seq: 1 }]);
});

it("says of what went that it is gone, also where its control was switched off at the same time", async () => {
  const { id } = await saveCluster(used.database.prisma, { slug: "went", name: "went", source: "demo" });
  const web = { name: "web", content: "a" };
  const verdicts = ["cart", "web"].map((on) => ({ control: "c1", on }));
  await commitSnapshot(used.database.pool, makeSnapshot(id, { resources: [web, { ...web, name: "cart" }], verdicts }));
  await commitSnapshot(used.database.pool, { ...makeSnapshot(id, { resources: [web], verdicts: [] }), isJudged: () => false });
  const { rows } = await used.database.pool.query(
    `SELECT r.name || ' ' || s.closed_cause AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id JOIN resource r ON r.id = f.resource_id
     WHERE s.cluster_id = $1 ORDER BY 1`,
    [id],
  );
  expect(rows.map(({ told }) => told)).toEqual(["cart resource-gone", "web control-off"]);
});
