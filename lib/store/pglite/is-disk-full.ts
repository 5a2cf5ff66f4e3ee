import "server-only";
import { statfsSync } from "node:fs";

const SMALLEST_ROOM = 2 * 1024 * 1024;

/** The engine says only that it aborted. */
export function isDiskFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < SMALLEST_ROOM;
  } catch {
    return false;
  }
}
