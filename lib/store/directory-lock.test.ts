import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { lockDirectory } from "./directory-lock";

describe("lockDirectory", () => {
  let directory: string;
  const file = () => path.join(directory, "concentric.lock");
  const take = (folder = directory) => lockDirectory(folder, (error) => expect.fail(error.message));
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), "concentric-lock-"));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true, force: true });
  });

  it("refuses a directory that a living process holds, and frees it on release", () => {
    const lock = take();
    expect(() => take()).toThrow(`Process ${process.pid} already uses the data directory ${directory}.`);
    lock.release();
    take().release();
    expect(existsSync(file())).toBe(false);
  });

  it.runIf(process.platform === "linux")("takes over from a process that is dead, even when another has its pid now", () => {
    writeFileSync(file(), `${process.pid}:1\n`);
    const lock = take();
    expect(readFileSync(file(), "utf8")).toMatch(new RegExp(`^${process.pid}:(?!1:)\\d+:\\S+\n$`));
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
    expect(() => take()).toThrow(`Process ${pid} already uses`);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => fields()[0]).toBe("Z");
    take().release();
    parent.kill("SIGKILL");
  });

  it("says in one sentence that a directory cannot be made", () => {
    writeFileSync(file(), "");
    const below = path.join(file(), "data");
    expect(() => take(below)).toThrow(`The data directory ${below} is not a directory.`);
  });

  describe("of a process in another container, whose pid says nothing here", () => {
    const elsewhere = `${process.pid}:1:another home\n`;
    const touch = (seconds: number) => utimesSync(file(), seconds, seconds);
    const watch = (act: (moment: number) => void) => {
      let moment = 0;
      vi.spyOn(Atomics, "wait").mockImplementation(() => {
        moment += 1;
        act(moment);
        return "timed-out";
      });
    };
    /** Takes the free directory, under a clock that the test moves. */
    const hold = () => {
      rmSync(file());
      vi.useFakeTimers();
      onTestFinished(() => void vi.useRealTimers());
      const onTaken = vi.fn();
      return { lock: lockDirectory(directory, onTaken), onTaken };
    };
    beforeEach(() => {
      writeFileSync(file(), elsewhere);
      touch(1);
    });

    it("refuses while that one lives, whatever time its clock shows", () => {
      watch((moment) => moment === 20 && touch(0));
      const who = "A process in another container or on another machine";
      expect(() => take()).toThrow(`${who} already uses the data directory ${directory}.`);
      expect(readFileSync(file(), "utf8")).toBe(elsewhere);
    });

    it("takes over where it gives no sign of life, or ends meanwhile", () => {
      watch(() => {});
      take().release();
      writeFileSync(file(), elsewhere);
      watch((moment) => moment === 1 && rmSync(file()));
      take().release();
    });

    it("tells its holder that another has it, whose signs of life it does not give, and leaves it to that one", () => {
      const { lock, onTaken } = hold();
      vi.advanceTimersByTime(5_000);
      expect(onTaken).not.toHaveBeenCalled();
      writeFileSync(file(), elsewhere);
      touch(1);
      vi.advanceTimersByTime(20_000);
      expect(onTaken.mock.calls).toMatchObject([[{ code: "conflict", message: expect.stringContaining(`has taken the data directory ${directory}`) }]]);
      expect(statSync(file()).mtimeMs).toBe(1_000);
      lock.release();
      expect(readFileSync(file(), "utf8")).toBe(elsewhere);
    });

    it.each([
      ["took it away from", () => rmSync(file())],
      ["emptied it under", () => writeFileSync(file(), "")],
    ])("comes back where somebody %s a holder that lives", (_what, act) => {
      const { lock, onTaken } = hold();
      const content = readFileSync(file(), "utf8");
      act();
      vi.advanceTimersByTime(5_000);
      expect(readFileSync(file(), "utf8")).toBe(content);
      expect(onTaken).not.toHaveBeenCalled();
      lock.release();
    });

    it.each([
      ["was taken away", () => rmSync(file())],
      ["was emptied", () => writeFileSync(file(), "")],
      ["is there", () => {}],
    ])("stays with another that takes it just after its holder looked, where it %s", (_what, act) => {
      const { lock, onTaken } = hold();
      act();
      const { Date: Real } = globalThis;
      vi.stubGlobal(
        "Date",
        class extends Real {
          constructor() {
            super();
            writeFileSync(file(), elsewhere);
          }
        },
      );
      onTestFinished(() => void vi.unstubAllGlobals());
      vi.advanceTimersByTime(3_000);
      expect(readFileSync(file(), "utf8")).toBe(elsewhere);
      vi.advanceTimersByTime(3_000);
      expect(onTaken).toHaveBeenCalledOnce();
      lock.release();
    });

    it("does not tell its holder that the directory is gone where the disk does not say so", () => {
      const { lock, onTaken } = hold();
      renameSync(directory, `${directory}-moved`);
      symlinkSync(directory, directory);
      vi.advanceTimersByTime(20_000);
      expect(onTaken).not.toHaveBeenCalled();
      rmSync(directory);
      renameSync(`${directory}-moved`, directory);
      lock.release();
    });

    it("tells its holder once that the directory is gone from its place, and makes no other there", () => {
      const { lock, onTaken } = hold();
      renameSync(directory, `${directory}-moved`);
      vi.advanceTimersByTime(20_000);
      expect(onTaken.mock.calls).toMatchObject([
        [{ code: "unavailable", message: expect.stringMatching(`^The data directory ${directory} is not there any more, so this process ends\\. `) }],
      ]);
      expect(existsSync(directory)).toBe(false);
      renameSync(`${directory}-moved`, directory);
      lock.release();
    });

    it("gives signs of life that come often enough, as long as it is held", () => {
      const { lock, onTaken } = hold();
      for (let round = 0; round < 3; round += 1) {
        touch(1);
        vi.advanceTimersByTime(5_000);
        expect(statSync(file()).mtimeMs).toBeGreaterThan(1_000);
      }
      expect(onTaken).not.toHaveBeenCalled();
      lock.release();
      expect(vi.getTimerCount()).toBe(0);
    });
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
      expect(() => take()).toThrow(`Process ${process.ppid} already uses`);
    });

    it("leaves it to the one that takes over from the same dead process", () => {
      writeFileSync(file(), `${process.pid}:1\n`);
      meanwhile(() => writeFileSync(file(), other()));
      expect(() => take()).toThrow(`Process ${process.ppid} already uses`);
      expect(readFileSync(file(), "utf8")).toBe(other());
    });
  });

  it("takes over a lock file that was never finished", () => {
    writeFileSync(file(), "");
    take().release();
  });
});
