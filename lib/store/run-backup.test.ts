import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { startDatabases, type TestDatabases } from "./testing/test-databases";

/** Takes as long as it is let: it packs without an end, or unpacks a line at a time, for longer than anything here is waited for. */
const SLOW_TAR = `#!/bin/sh
echo $$ > "$TAR_PID.new" && mv "$TAR_PID.new" "$TAR_PID"
case "$1" in
  -czf) while :; do echo packed; sleep 0.05; done ;;
  *) while read -r line; do sleep 0.2; done ;;
esac
`;
const LINE = `${"x".repeat(4095)}\n`;

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a command about backups that is stopped while tar is at work", () => {
  let databases: TestDatabases;
  let directory: string;
  beforeAll(async () => {
    databases = await startDatabases("pglite");
    directory = mkdtempSync(path.join(os.tmpdir(), "concentric-stopped-"));
    writeFileSync(path.join(directory, "tar"), SLOW_TAR, { mode: 0o755 });
    await bundle({ backup: "lib/store/run-backup.ts" });
  });
  afterAll(async () => {
    await databases.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Up to where tar is at work. */
  async function start(command: string, why: string) {
    const { dataDir, buildDir } = await databases.createConfig();
    const folder = path.join(directory, `${command}-${why}`);
    mkdirSync(folder);
    const file = path.join(folder, "file.tar.gz");
    const tarPid = path.join(folder, "pid");
    if (command === "restore") {
      rmSync(path.join(dataDir, "postgres"), { recursive: true });
      writeFileSync(file, LINE.repeat(2_500));
    }
    const env = { ...process.env, PATH: `${directory}:${process.env.PATH}`, TAR_PID: tarPid, DATABASE_URL: "", CONCENTRIC_DATA_DIR: dataDir };
    const child = spawn(process.execPath, [path.join(buildDir, "backup.mjs"), command, file], { env, stdio: ["ignore", "ignore", "pipe"] });
    const ended = once(child, "exit");
    const said = text(child.stderr);
    await expect.poll(() => existsSync(tarPid)).toBe(true);
    return { child, dataDir, folder, ended, said, pid: Number(readFileSync(tarPid, "utf8")) };
  }

  describe.each(["backup", "restore"])("%s", (command) => {
    it("says in one sentence that another process took the data directory, and takes tar along", async () => {
      const { dataDir, ended, said, pid } = await start(command, "taken");
      writeFileSync(path.join(dataDir, "concentric.lock"), "1:1:another home\n");
      expect(await ended).toEqual([1, null]);
      const what = `Another process has taken the data directory ${dataDir} while this one stood still, as a container does that is paused`;
      expect(await said).toBe(`${what}: this one ends, and what was stored is safe.\n`);
      await expect.poll(() => isThere(pid)).toBe(false);
    });

    it.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)("leaves no tar that goes on after %s, and, unless it was killed, nothing half made", async (signal) => {
      const { child, dataDir, folder, ended, said, pid } = await start(command, signal);
      child.kill(signal);
      await expect.poll(() => isThere(pid)).toBe(false);
      expect(await ended).toEqual(signal === "SIGKILL" ? [null, signal] : [1, null]);
      if (signal === "SIGKILL") return;
      expect(await said).toBe("Stopped before it was done: nothing is left of it.\n");
      expect(readdirSync(folder).sort()).toEqual(command === "restore" ? ["file.tar.gz", "pid"] : ["pid"]);
      expect(readdirSync(dataDir).filter((name) => name.includes("making") || name.endsWith(".lock"))).toEqual([]);
    });
  });
});
