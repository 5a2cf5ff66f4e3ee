import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saveCluster } from "./clusters";
import { openDatabase } from "./open-database";
import { restore } from "./restore";
import { startDatabases, type TestDatabases, testConfig } from "./testing/test-databases";

describe("backup and restore", () => {
  let databases: TestDatabases;
  let directory: string;
  beforeAll(async () => {
    databases = await startDatabases("pglite");
    directory = mkdtempSync(path.join(os.tmpdir(), "concentric-backup-"));
  }, 60_000);
  afterAll(async () => {
    await databases.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("brings everything back in another directory, and overwrites nothing", async () => {
    const database = await databases.open();
    await saveCluster(database.prisma, { slug: "kept", name: "Kept", source: "demo" });
    const file = path.join(directory, "backup.tar.gz");
    await database.backup(file);
    const dataDir = path.join(directory, "data");
    await restore(file, dataDir);
    const restored = await openDatabase(testConfig({ dataDir }), { onLost: (error) => expect.fail(error.message) });
    expect(await restored.prisma.cluster.count({ where: { slug: "kept" } })).toBe(1);
    await restored.close();
    await expect(restore(file, dataDir)).rejects.toThrow(`There is a database in ${dataDir} already`);
    await expect(database.backup(file)).rejects.toThrow(`The file ${file} exists already`);
  }, 60_000);

  it("says that a file is no backup, and leaves the directory empty", async () => {
    const file = path.join(directory, "no-backup.tar.gz");
    writeFileSync(file, "no");
    const dataDir = path.join(directory, "other");
    await expect(restore(file, dataDir)).rejects.toThrow(`The file ${file} is not a whole backup.`);
    await expect(restore(path.join(directory, "absent"), dataDir)).rejects.toMatchObject({ code: "not-found" });
  });
});
