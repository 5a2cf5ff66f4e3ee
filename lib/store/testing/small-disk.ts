import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Unmounts when its input ends, as it does with a run of tests that is killed. Lazily: a thread that died may still hold files of it. */
const TAKE_AWAY = 'trap "" INT TERM HUP; read -r _; umount --lazy "$1" && rmdir "$1"';

const waiting = new Map<string, ChildProcess>();

/** A small disk of its own, which does not outlive this process; null where this user may not mount one. */
export function mountSmallDisk(size: string): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmdirSync(folder);
    return null;
  }
  const child = spawn("sh", ["-c", TAKE_AWAY, "sh", folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  child.unref();
  waiting.set(folder, child);
  return folder;
}

export async function removeDisk(disk: string | null): Promise<void> {
  const child = disk === null ? undefined : waiting.get(disk);
  if (disk === null || child === undefined) return;
  waiting.delete(disk);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.end();
  await ended;
  if (existsSync(disk)) throw new Error(`The small disk ${disk} was not taken away.`);
}
