import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { getCluster, holdClusters, listClusters, saveCluster } from "./clusters";
import { inTransaction } from "./in-transaction";
import { DATABASE_KINDS } from "./testing/test-databases";
import { withDatabase } from "./testing/with-database";

describe.each(DATABASE_KINDS)("clusters on %s", (kind) => {
  const used = withDatabase(kind);

  it("are listed by name as people sort, and the demo after all that are real", async () => {
    const { prisma } = used.database;
    for (const name of ["zoo", "Éclair", "bank", "alpine", "Dairy"])
      await saveCluster(prisma, { slug: name, name, source: name === "alpine" ? "demo" : "kubeconfig", isDemo: name === "alpine" });
    expect((await listClusters(prisma)).map(({ name }) => name)).toEqual(["bank", "Dairy", "Éclair", "zoo", "alpine"]);
  });

  it("that are held are saved while another has one of them to change, and neither waits for what the other has", async () => {
    const { pool, prisma } = used.database;
    const input = { slug: "held", name: "held", source: "kubeconfig" } as const;
    await saveCluster(prisma, input);
    const held = Promise.withResolvers<void>();
    let saving: Promise<unknown> = Promise.resolve();
    await inTransaction(pool, async (client) => {
      await client.query("SELECT settings FROM cluster WHERE slug = 'held' FOR UPDATE");
      saving = holdClusters(prisma, (table) => {
        held.resolve();
        return saveCluster(table, { ...input, name: "renamed" });
      });
      saving.catch(() => {});
      // The embedded database lets it begin only afterwards.
      await Promise.race([held.promise, setTimeout(500)]);
      await client.query(`UPDATE cluster SET settings = '{"own": 1}' WHERE slug = 'held'`);
    });
    await saving;
    expect(await getCluster(prisma, "held")).toMatchObject({ name: "renamed", settings: { own: 1 } });
  });
});
