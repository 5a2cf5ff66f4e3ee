import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { mountSmallDisk, removeDisk } from "../testing/small-disk";
import { findDiskFault } from "./find-disk-fault";

const disk = mountSmallDisk("8m");
afterAll(() => removeDisk(disk));

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
