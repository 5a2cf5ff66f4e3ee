import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A small disk of its own; null where this user may not mount one. */
export function mountSmallDisk(size: string): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), "concentric-small-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

export function removeDisk(disk: string | null): void {
  if (disk === null) return;
  execFileSync("umount", ["--lazy", disk]); // the thread that died may still hold its files
  rmSync(disk, { recursive: true });
}
