import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { mountSmallDisk, removeDisk } from "../testing/small-disk";
import { findDiskFault } from "./find-disk-fault";

const disk = mountSmallDisk("8m");
afterAll(() => removeDisk(disk));

it("finds no fault in a folder of another user that anybody may write", ({ skip }) => {
  const folder = tmpdir();
  if (process.getuid?.() === 0 || statSync(folder).uid === process.getuid?.()) return skip("This user owns it, or may do all that its owner may.");
  expect(findDiskFault(folder)).toBeNull();
});

it("tells a disk that is full, and one that turned read-only, from one that can be written and from a folder that is gone", ({ skip }) => {
  if (disk === null) return skip("This user may not mount a disk.");
  expect(findDiskFault(disk)).toBeNull();
  expect(findDiskFault(path.join(disk, "gone"))).toBeNull();
  execFileSync("mount", ["-o", "remount,ro", disk]);
  expect(findDiskFault(disk)).toBe("EROFS");
  execFileSync("mount", ["-o", "remount,rw", disk]);
  writeFileSync(path.join(disk, "others"), Buffer.alloc(7 * 1024 * 1024));
  expect(findDiskFault(disk)).toBe("ENOSPC");
});
