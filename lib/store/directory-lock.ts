import "server-only";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";
import { toDirectoryError } from "./to-database-error";

export interface DirectoryLock {
  release(): void;
}

/** What processes that start at once need to read, remove and make a file: ample. */
const MOMENT_MS = 200;

/** States of a process that has ended, and whose parent has not asked how. */
const ENDED = new Set(["Z", "X"]);

/** Start time of a living process in clock ticks (field 22 of /proc/pid/stat): tells a process from a later one with its pid. */
function startTime(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", ...fields] = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return ENDED.has(state) ? null : (fields[18] ?? null);
  } catch {
    return null;
  }
}

function isAlive(pid: number, started: string): boolean {
  if (existsSync("/proc/self/stat")) return startTime(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function tryCreate(file: string, content: string): boolean {
  try {
    const descriptor = openSync(file, "wx", 0o600);
    writeSync(descriptor, content);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Takes the data directory for this process. The embedded database has no lock of its own, and two processes on one
 * directory lose rows silently. Throws AppError: `conflict` when another process holds it. Works on one host only.
 */
export function lockDirectory(directory: string): DirectoryLock {
  try {
    return takeLock(directory);
  } catch (error) {
    throw toDirectoryError(error, directory);
  }
}

function takeLock(directory: string): DirectoryLock {
  // Not always recursive: Node never comes back from that where the parent refuses with ENOENT, as /proc does.
  if (!existsSync(directory)) mkdirSync(directory, { recursive: !existsSync(path.dirname(directory)), mode: 0o700 });
  const file = path.join(directory, "concentric.lock");
  const content = `${process.pid}:${startTime(process.pid) ?? "?"}\n`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    // Another that took over from the same dead process may have removed this file for that one's: it is there a moment later, or was lost.
    if (tryCreate(file, content) && (attempt === 0 || readLater(file) === content)) return { release: () => releaseLock(file, content) };
    const found = readLock(file) || readLater(file); // whoever made it may not have written into it yet
    const [pid = "", started = ""] = found.trim().split(":");
    if (pid !== "" && isAlive(Number(pid), started)) {
      const what = "Stop that process, or set CONCENTRIC_DATA_DIR to another directory.";
      throw new AppError("conflict", `Process ${pid} already uses the data directory ${directory}. ${what}`);
    }
    releaseLock(file, found);
  }
  throw new AppError("conflict", `Several processes start on the data directory ${directory} at once. Start one of them again.`);
}

function readLock(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function readLater(file: string): string {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MOMENT_MS);
  return readLock(file);
}

function releaseLock(file: string, content: string): void {
  if (readLock(file) === content) rmSync(file, { force: true });
}
