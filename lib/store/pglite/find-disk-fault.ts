import "server-only";
import { statfsSync, utimesSync } from "node:fs";
import { dig, text } from "@/lib/model/json";

const SMALLEST_ROOM = 2 * 1024 * 1024;

function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < SMALLEST_ROOM;
}

/** The code of what keeps a folder from being written; null = nothing does, or it is gone. The engine says only that it aborted. */
export function findDiskFault(folder: string): string | null {
  try {
    if (isFull(folder)) return "ENOSPC";
    // A disk that turned read-only by a fault of its own still says that it can be written, until somebody does.
    const now = new Date();
    utimesSync(folder, now, now);
    return null;
  } catch (error) {
    const code = text(dig(error, "code")) ?? null;
    // EPERM: it is another user's, as on a volume that a group writes, and only its owner sets its times.
    return code === "ENOENT" || code === "EPERM" ? null : code;
  }
}
