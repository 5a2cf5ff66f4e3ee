import { afterEach, expect, it } from "vitest";
import { startFaultServer } from "../../e2e/api-server/start";
import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { openConnection } from "@/lib/kube/open-connection";
import { saveCluster } from "@/lib/store/clusters";
import { unpackManifest } from "@/lib/store/manifest-body";
import { withDatabase } from "@/lib/store/testing/with-database";
import { runScan } from "./run-scan";
import { plantedWorld } from "./testing-planted";
import { createTestClock, jobFor } from "./testing-world";

const used = withDatabase("pglite");
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(slug: string) {
  const world = plantedWorld();
  const server = await startFaultServer({ source: world.objects });
  closing.push(() => server.stop());
  const cluster = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  const clock = createTestClock();
  const scan = async () => {
    const connection = openConnection({ source: "url", server: server.url }, { timeoutMs: 60_000, attempts: 2 });
    closing.push(() => connection.close());
    return runScan(jobFor(server, cluster.id), { connection, pool: used.database.pool, now: clock });
  };
  return { world, server, cluster, scan };
}

const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await used.database.pool.query(sql, [...values])).rows;

/** Everything that the database holds, table by table, with manifests unpacked. */
async function dump(): Promise<string> {
  const tables = await query(
    "SELECT table_schema || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
  );
  const rows = (await Promise.all(tables.map(({ name }) => query(`SELECT * FROM ${name}`)))).flat();
  const toText = (value: unknown) => (value instanceof Uint8Array ? "" : (JSON.stringify(value) ?? ""));
  const bodies = (await query("SELECT body FROM resource_version")).map(({ body }) => unpackManifest(body as Uint8Array));
  return [...rows.flatMap((row) => Object.values(row).map(toText)), ...bodies].join("\n");
}

it("stores of a cluster no credential, wherever somebody wrote it", async () => {
  const { world, scan, cluster } = await start("planted");
  await scan();
  const stored = await dump();
  expect([...new Set([...world.places].filter(([text]) => stored.includes(text)).map(([, place]) => place))]).toEqual([]);
  const kinds = await query("SELECT DISTINCT kind FROM resource WHERE cluster_id = $1", [cluster.id]);
  expect(kinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["HTTPRoute", "StorageClass", "PersistentVolume", "CiliumNetworkPolicy", "ClusterPolicy", "StatefulSet", "Pod"]),
  );
  // What is no credential stays.
  for (const kept of [
    "registry.example/app:1.2.3",
    "shop.example.com",
    "hooks.example.com",
    "abc12345-label",
    "csi-creds-1",
    "shop/basic-auth-2",
    "/ready?verbose=1",
    "//files/x",
  ])
    expect(stored).toContain(kept);
});

it("knows what it hid again: a second look changes nothing, nor do other credentials of the same lengths", async () => {
  const { server, scan, cluster } = await start("again");
  await scan();
  const count = () =>
    query(
      "SELECT (SELECT count(*) FROM finding_span WHERE cluster_id = $1) AS spans, (SELECT count(*) FROM resource_version WHERE cluster_id = $1) AS versions",
      [cluster.id],
    );
  const before = await count();
  expect(await scan()).toMatchObject({ seq: 2, transitions: 0 });
  server.replace(plantedWorld("other").objects);
  expect(await scan()).toMatchObject({ seq: 3, transitions: 0 });
  expect(await count()).toEqual(before);
});

it("has a credential planted in an object of each kind with texts of its own", () => {
  const planted = new Set(plantedWorld().objects.map((object) => ("kind" in object ? object.kind : "")));
  const collected = ALL_COLLECTORS.flatMap(({ kinds }) => kinds.map(({ kind }) => kind));
  expect(collected.filter((kind) => planted.has(kind)).length).toBeGreaterThan(25);
});
