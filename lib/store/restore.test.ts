import { execFile } from "node:child_process";
import { constants, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { backUp } from "./back-up";
import { saveCluster } from "./clusters";
import { openDatabase } from "./open-database";
import { restore } from "./restore";
import { mountSmallDisk, removeDisk } from "./testing/small-disk";
import { startDatabases, type TestDatabases, testConfig } from "./testing/test-databases";

const onLost = (error: Error) => expect.fail(error.message);

describe("backup and restore", () => {
  let databases: TestDatabases;
  let directory: string;
  beforeAll(async () => {
    databases = await startDatabases("pglite");
    directory = mkdtempSync(path.join(os.tmpdir(), "concentric-backup-"));
  });
  afterAll(async () => {
    await databases.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it("brings everything back in another directory, and overwrites nothing", async () => {
    const config = await databases.createConfig();
    const database = await openDatabase(config, { onLost });
    await saveCluster(database.prisma, { slug: "kept", name: "Kept", source: "demo" });
    await database.close();
    const file = path.join(directory, "backup.tar.gz");
    const linked = path.join(directory, "of-somebody-else");
    writeFileSync(linked, "theirs", { mode: 0o666 });
    symlinkSync(linked, `${file}.making`);
    await backUp(config, file);
    expect(readFileSync(linked, "utf8")).toBe("theirs");
    expect(lstatSync(file).mode).toBe(constants.S_IFREG | 0o600);
    const dataDir = path.join(directory, "data");
    await restore(file, { databaseUrl: null, dataDir });
    const restored = await openDatabase(testConfig({ dataDir }), { onLost });
    expect(await restored.prisma.cluster.count({ where: { slug: "kept" } })).toBe(1);
    await restored.close();
    await expect(restore(file, { databaseUrl: null, dataDir })).rejects.toThrow(`There is a database in ${dataDir} already`);
    await expect(backUp(config, file)).rejects.toThrow(`The file ${file} exists already`);
  });

  it("keeps the database of an older version as it is, for the version to go back to", async () => {
    const older = path.join(directory, "older-migrations");
    cpSync(testConfig({}).migrationsDir, older, { recursive: true });
    const last = readdirSync(older)
      .filter((name) => name.startsWith("2"))
      .sort()
      .at(-1);
    rmSync(path.join(older, last ?? ""), { recursive: true });
    const [config, restored] = ["before", "after"].map((name) => testConfig({ dataDir: path.join(directory, name), migrationsDir: older }));
    if (!config || !restored) throw new TypeError("two names give two configurations");
    await (await openDatabase(config, { onLost })).close();
    const file = path.join(directory, "older.tar.gz");
    await backUp(testConfig({ dataDir: config.dataDir }), file);
    await restore(file, restored);
    await (await openDatabase(restored, { onLost })).close();
    await (await openDatabase(testConfig({ dataDir: restored.dataDir }), { onLost })).close();
    await expect(openDatabase(restored, { onLost })).rejects.toThrow(`migration ${last}`);
  });

  it("is done by the commands as they are bundled", async () => {
    await bundle({ backup: "lib/store/run-backup.ts" });
    const { dataDir, buildDir } = await databases.createConfig();
    const file = path.join(directory, "command.tar.gz");
    const run = async (command: string, CONCENTRIC_DATA_DIR: string): Promise<string> => {
      const env = { ...process.env, DATABASE_URL: "", CONCENTRIC_DATA_DIR };
      return (await promisify(execFile)(process.execPath, [path.join(buildDir, "backup.mjs"), command, file], { cwd: path.dirname(buildDir), env })).stdout;
    };
    expect(await run("backup", dataDir)).toBe(`Wrote ${file}.\n`);
    const into = path.join(directory, "by-command");
    expect(await run("restore", into)).toBe(`Restored ${file} into ${into}.\n`);
    await (await openDatabase(testConfig({ dataDir: into }), { onLost })).close();
  });

  it("makes no database to back it up or to date its snapshots anew, and leaves PostgreSQL to its own tools", async () => {
    const config = testConfig({ dataDir: path.join(directory, "nothing") });
    await expect(backUp(config, path.join(directory, "nothing.tar.gz"))).rejects.toMatchObject({ code: "not-found" });
    expect(existsSync(config.dataDir)).toBe(false);
    await expect(backUp({ ...config, databaseUrl: "postgresql://a@b/c" }, "x")).rejects.toThrow("use pg_dump for PostgreSQL");
    await expect(restore("x", { ...config, databaseUrl: "postgresql://a@b/c" })).rejects.toThrow("DATABASE_URL names another");
    await bundle({ redate: "lib/store/run-redate.ts" });
    const env = { ...process.env, DATABASE_URL: "", CONCENTRIC_DATA_DIR: config.dataDir };
    const redate = promisify(execFile)(process.execPath, [path.join(config.buildDir, "redate.mjs"), "harbour", "1", "2026-11-26T10:00Z"], { env });
    await expect(redate).rejects.toThrow(`There is no database in ${config.dataDir}`);
    expect(existsSync(config.dataDir)).toBe(false);
  });

  it("says that a file is no backup, and leaves the directory empty", async () => {
    const file = path.join(directory, "no-backup.tar.gz");
    writeFileSync(file, "no");
    const dataDir = path.join(directory, "other");
    await expect(restore(file, { databaseUrl: null, dataDir })).rejects.toThrow(`The file ${file} is not a whole backup.`);
    const absent = path.join(directory, "absent");
    await expect(restore(absent, { databaseUrl: null, dataDir })).rejects.toThrow(`The backup ${absent} does not exist.`);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("tells what is wrong with the place of a backup, not of the database", async () => {
    const config = await databases.createConfig();
    await (await openDatabase(config, { onLost })).close();
    const file = path.join(directory, "no-such-folder", "backup.tar.gz");
    await expect(backUp(config, file)).rejects.toThrow(`The backup ${file} cannot be written: its folder does not exist.`);
  });

  it("tells a disk that is too small from a broken backup, and leaves no part of one", async ({ skip }) => {
    const disk = mountSmallDisk("1m");
    if (disk === null) return skip("This user may not mount a disk.");
    try {
      const config = await databases.createConfig();
      await (await openDatabase(config, { onLost })).close();
      const tooLarge = path.join(disk, "backup.tar.gz");
      await expect(backUp(config, tooLarge)).rejects.toThrow(`The backup ${tooLarge} cannot be written: no space is left.`);
      expect(readdirSync(disk)).toEqual([]);
      const file = path.join(directory, "whole.tar.gz");
      await backUp(config, file);
      await expect(restore(file, { databaseUrl: null, dataDir: disk })).rejects.toThrow(`The data directory ${disk} is on a full disk.`);
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      await removeDisk(disk);
    }
  });
});
