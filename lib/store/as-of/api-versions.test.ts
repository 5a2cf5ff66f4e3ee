import { describe, expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { listChanges } from "../findings/list-changes";
import { findResource } from "../resources";
import { keyOf, makeSnapshot } from "../testing/make-snapshot";
import { DATABASE_KINDS } from "../testing/test-databases";
import { withDatabase } from "../testing/with-database";

describe.each(DATABASE_KINDS)("the API version of an object on %s", (kind) => {
  const used = withDatabase(kind);

  it("is that of its last day for what was gone before the cluster served another one, and stays that of each day for the rest", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "c", name: "C", source: "demo" });
    const commit = async (version: string, failing: readonly string[], ...names: readonly string[]) => {
      const input = makeSnapshot(id, {
        resources: names.map((name) => ({ name, content: "a" })),
        verdicts: failing.map((on) => ({ control: "c1", on })),
      });
      const coverage = [{ group: "apps", kind: "Deployment", version, status: "read" }];
      await commitSnapshot(pool, { ...input, finish: async (stale) => ({ ...(await input.finish(stale)), coverage }) });
    };
    await commit("v1beta1", ["gone", "fixed", "last"], "gone", "fixed", "last");
    await commit("v1beta1", ["fixed", "last"], "fixed", "last");
    await commit("v1", [], "fixed");
    const told = async (name: string, seq: number) => (await findResource(pool, id, keyOf(name), seq))?.apiVersion;
    expect(await Promise.all([told("gone", 3), told("fixed", 3), told("gone", 1), told("fixed", 2)])).toEqual([
      "apps/v1beta1",
      "apps/v1",
      "apps/v1beta1",
      "apps/v1beta1",
    ]);
    const { changes } = await listChanges(pool, id, { fromSeq: 1, toSeq: 3, unread: [] }, 10);
    expect(changes.map(({ change, finding: { resource } }) => `${resource.name} ${change} ${resource.apiVersion}`).sort()).toEqual([
      "fixed fixed apps/v1",
      "gone gone apps/v1beta1",
      "last gone apps/v1beta1",
    ]);
  });

  it("is the one in which it was read last, where the cluster serves another one and refuses the kind", async () => {
    const { pool, prisma } = used.database;
    const { id } = await saveCluster(prisma, { slug: "refused", name: "refused", source: "demo" });
    for (const [version, status] of [
      ["v1beta1", "read"],
      ["v1", "forbidden"],
    ] as const) {
      const isRead = status === "read";
      const input = makeSnapshot(id, { resources: isRead ? [{ name: "a", content: "a" }] : [], verdicts: [], staleKinds: isRead ? [] : ["apps/Deployment"] });
      const coverage = [{ group: "apps", kind: "Deployment", version, status }];
      await commitSnapshot(pool, { ...input, finish: async (stale) => ({ ...(await input.finish(stale)), coverage }) });
    }
    // The row of an object knows the newest alone.
    await pool.query("UPDATE resource SET version = 'v2' WHERE cluster_id = $1", [id]);
    expect(await findResource(pool, id, keyOf("a"), 2)).toMatchObject({ apiVersion: "apps/v1beta1", goneAt: null });
  });
});
