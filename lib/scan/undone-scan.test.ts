import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { saveCluster } from "@/lib/store/clusters";
import { withDatabase } from "@/lib/store/testing/with-database";
import { NO_WORK, type ScanWork } from "./scan-work";
import { startScan } from "./start-scan";

const folder = mkdtempSync(path.join(tmpdir(), "undone-scan-"));
const used = withDatabase("pglite");
afterAll(() => rmSync(folder, { recursive: true }));

it("gives back the room of what a scan wrote that came to no end, and looks for none where it had not begun to write", async () => {
  const { pool, prisma } = used.database;
  const cluster = await saveCluster(prisma, { slug: "c", name: "c", source: "demo", server: "http://localhost:1" });
  const failIn = async (phase: ScanWork["phase"]): Promise<number> => {
    const script = path.join(folder, `${phase}.mjs`);
    writeFileSync(script, `process.send({ type: "work", work: ${JSON.stringify({ ...NO_WORK, phase })} }, () => process.exit(3));`);
    expect(await (await startScan(used.database, cluster, { trigger: "manual", script })).ended).toMatchObject({ state: "failed" });
    return (await pool.query("SELECT pg_relation_size('evidence')::int AS bytes")).rows[0].bytes;
  };
  const client = await pool.connect();
  await client.query("BEGIN");
  await client.query("INSERT INTO evidence SELECT $1, int4send(at), '{}', repeat('a', 500) FROM generate_series(1, 5000) AS at", [cluster.id]);
  await client.query("ROLLBACK");
  client.release();
  expect(await failIn("reading")).toBeGreaterThan(2_000_000);
  expect(await failIn("storing")).toBeLessThan(100_000);
});
