import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { backUp } from "./back-up";
import { findCluster, saveCluster } from "./clusters";
import { commitSnapshot } from "./commit-snapshot";
import { openDatabase } from "./open-database";
import { restore } from "./restore";
import { startScan } from "./scans";
import { makeSnapshot } from "./testing/make-snapshot";
import { startDatabases, testConfig, type TestDatabases } from "./testing/test-databases";

const onLost = (error: Error) => expect.fail(error.message);
let databases: TestDatabases;
let folder: string;
beforeAll(async () => {
  databases = await startDatabases("pglite");
  folder = mkdtempSync(path.join(os.tmpdir(), "concentric-forget-"));
  await bundle({ "test-run-forget": "lib/store/run-forget.ts" });
});
afterAll(async () => {
  await databases.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("tells what would go, forgets only what is named twice, and leaves a backup that was made before as it is", { timeout: 300_000 }, async () => {
  const config = await databases.createConfig();
  const database = await openDatabase(config, { onLost });
  const { id } = await saveCluster(database.prisma, { slug: "shop", name: "Shop", source: "kubeconfig" });
  const takenAt = new Date("2026-11-26T10:00:00Z");
  await commitSnapshot(database.pool, makeSnapshot(id, { resources: [{ name: "a", content: "x" }], verdicts: [{ control: "c1", on: "a" }], takenAt }));
  // Its server was killed, less than a minute ago.
  await startScan(database.pool, id, "schedule", "a server");
  await database.close();
  const file = path.join(folder, "backup.tar.gz");
  await backUp(config, file);

  const env = { ...process.env, DATABASE_URL: "", CONCENTRIC_DATA_DIR: config.dataDir };
  const forget = (...args: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      execFile(process.execPath, [path.join(config.buildDir, "test-run-forget.mjs"), ...args], { env }, (error, stdout, stderr) => {
        resolve(`${error?.code ?? 0} ${stdout}${stderr}`.trim());
      });
    });
  for (const args of [
    ["--yes", "shop"],
    ["shop", "shop"],
  ])
    expect(await forget(...args)).toMatch(/^1 Say which cluster, by its name in addresses:/);
  const [told, how] = (await forget("shop")).split("\n");
  expect(told).toMatch(/^0 shop: 1 snapshot, of 26 Nov 2026, 1 finding, about \d+ kB\.$/);
  expect(how).toBe("Nothing was taken away. To forget it for good: npm run forget -- shop --yes shop");
  expect(await forget("shop", "--yes", "Shop")).toBe("1 Nothing was forgotten: the name of the cluster is shop.");
  expect(await forget("shop", "--yes", "shop")).toBe("0 shop is forgotten: 1 snapshot and 1 finding are gone.");

  const dataDir = path.join(folder, "data");
  await restore(file, { databaseUrl: null, dataDir });
  const restored = await openDatabase(testConfig({ dataDir }), { onLost });
  expect(await findCluster(restored.prisma, "shop")).toMatchObject({ id });
  await restored.close();
});
