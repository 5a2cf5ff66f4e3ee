import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";
import { loadFindingIdentities } from "./finding-identities";

const used = withDatabase("pglite");

it("takes nothing from a scan that is still being stored: of what it writes later, some ids are lower", async () => {
  const { pool, prisma } = used.database;
  const { id: clusterId } = await saveCluster(prisma, { slug: "c", name: "C", source: "demo" });
  const world: World = { resources: [{ name: "cart", content: "a" }], verdicts: [{ control: "c1", on: "cart" }] };
  await commitSnapshot(pool, makeSnapshot(clusterId, world));
  const client = await pool.connect();
  const add = (id: number, control: string) =>
    client.query(
      `INSERT INTO finding (id, cluster_id, public_id, fingerprint, control_id, layer, resource_id, locator, first_seq)
       SELECT $1, cluster_id, $2, decode(md5($2), 'hex'), $2, layer, resource_id, '', 2 FROM finding LIMIT 1`,
      [id, control],
    );
  await client.query("BEGIN");
  await add(1_001, "written-first");
  const nobody = 7_000;
  expect((await loadFindingIdentities(pool, clusterId, 1, [nobody])).placeOf.size).toBe(1);
  await add(1_000, "written-later");
  await client.query("COMMIT");
  client.release();
  const { placeOf, controls, controlAt } = await loadFindingIdentities(pool, clusterId, 2, [1_000, 1_001]);
  const controlOf = (id: number) => controls[controlAt[placeOf.get(id) ?? -1] ?? -1];
  expect([controlOf(1_000), controlOf(1_001)]).toEqual(["written-later", "written-first"]);
});
