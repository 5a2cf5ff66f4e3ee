import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockDirectory } from "./directory-lock";

describe("lockDirectory", () => {
  let directory: string;
  const file = () => path.join(directory, "concentric.lock");
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "concentric-lock-"));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true, force: true });
  });

  it("refuses a directory that a living process holds, and frees it on release", () => {
    const lock = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(`Process ${process.pid} already uses the data directory ${directory}.`);
    lock.release();
    lockDirectory(directory).release();
    expect(existsSync(file())).toBe(false);
  });

  it.runIf(process.platform === "linux")("takes over from a process that is dead, even when another has its pid now", () => {
    writeFileSync(file(), `${process.pid}:1\n`);
    const lock = lockDirectory(directory);
    expect(readFileSync(file(), "utf8")).toMatch(new RegExp(`^${process.pid}:(?!1\n)\\d+\n$`));
    lock.release();
  });

  it.runIf(process.platform === "linux")("takes over from a process that was killed and that nobody has waited for", async () => {
    const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = await once(parent.stdout, "data");
    const pid = Number(String(line));
    const fields = () =>
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /, "")
        .split(" ");
    writeFileSync(file(), `${pid}:${fields()[19]}\n`);
    expect(() => lockDirectory(directory)).toThrow(`Process ${pid} already uses`);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => fields()[0]).toBe("Z");
    lockDirectory(directory).release();
    parent.kill("SIGKILL");
  });

  it("says in one sentence that a directory cannot be made", () => {
    writeFileSync(file(), "");
    const below = path.join(file(), "data");
    expect(() => lockDirectory(below)).toThrow(`The data directory ${below} is not a directory.`);
  });

  describe.runIf(process.platform === "linux")("when another process starts in the same moment", () => {
    const other = () =>
      `${process.ppid}:${
        readFileSync(`/proc/${process.ppid}/stat`, "utf8")
          .replace(/^.*\) /, "")
          .split(" ")[19]
      }\n`;
    const meanwhile = (act: () => void) =>
      vi.spyOn(Atomics, "wait").mockImplementation(() => {
        act();
        return "timed-out";
      });
    it("leaves a lock to the process that has made it and not written into it yet", () => {
      writeFileSync(file(), "");
      meanwhile(() => writeFileSync(file(), other()));
      expect(() => lockDirectory(directory)).toThrow(`Process ${process.ppid} already uses`);
    });

    it("leaves it to the one that takes over from the same dead process", () => {
      writeFileSync(file(), `${process.pid}:1\n`);
      meanwhile(() => writeFileSync(file(), other()));
      expect(() => lockDirectory(directory)).toThrow(`Process ${process.ppid} already uses`);
      expect(readFileSync(file(), "utf8")).toBe(other());
    });
  });

  it("takes over a lock file that was never finished", () => {
    writeFileSync(file(), "");
    lockDirectory(directory).release();
  });
});
