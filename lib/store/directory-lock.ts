import "server-only";
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/lib/errors/app-error";
import { toDirectoryError } from "./to-database-error";

export interface DirectoryLock {
  /** Where it is, and what tells it from those of others. */
  readonly mark: LockMark;
  release(): void;
}

export interface LockMark {
  readonly file: string;
  readonly content: string;
}

/** What processes that start at once need to read, remove and make a file: ample. */
const MOMENT_MS = 200;

/** Whoever holds a lock touches it as often: a sign of life for those who cannot see the process. */
const BEAT_MS = 3_000;
/** Longer than a busy process keeps its timers waiting. */
const SILENT_MS = 10_000;

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

/** Within which pids and start times tell one process from another: the system since it was started, and in it the container. */
function findHome(): string {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}.${statSync("/proc/self/ns/pid").ino}`;
  } catch {
    return "";
  }
}

/** Watches for signs of life, however the clocks go there and here. */
function beats(file: string, found: string): boolean {
  const touched = readTouched(file);
  for (let waitedMs = 0; waitedMs < SILENT_MS; waitedMs += MOMENT_MS) {
    if (readLater(file) !== found) return false;
    if (readTouched(file) !== touched) return true;
  }
  return false;
}

function readTouched(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

/** One that gives no sign of life for long loses it to the next that starts. What is only gone from where it was is nobody's yet. */
export function isTaken({ file, content }: LockMark): boolean {
  const found = readLock(file);
  return found !== "" && found !== content;
}

export function toTakenError(file: string): AppError {
  const what = `Another process has taken the data directory ${path.dirname(file)} while this one stood still, as a container does that is paused`;
  return new AppError("conflict", `${what}: this one ends, and what was stored is safe.`);
}

function toGoneError(folder: string): AppError {
  const what = "Put it back there, or set CONCENTRIC_DATA_DIR to where it is now, and start again.";
  return new AppError("unavailable", `The data directory ${folder} is not there any more, so this process ends. ${what}`);
}

function keepBeating(mark: LockMark, onTaken: (error: AppError) => void): NodeJS.Timeout {
  const { file, content } = mark;
  const folder = path.dirname(file);
  const lose = (error: AppError): void => {
    clearInterval(timer);
    onTaken(error);
  };
  const beat = (): void => {
    if (isTaken(mark)) {
      lose(toTakenError(file));
      return;
    }
    const now = new Date();
    try {
      if (readLock(file) !== "" || !(tryCreate(file, content) || tryFill(file, content))) utimesSync(file, now, now);
    } catch {
      if (isGone(folder)) lose(toGoneError(folder)); // on a disk that became read-only, whatever writes there says so
    }
  };
  const timer = setInterval(beat, BEAT_MS).unref();
  return timer;
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

/** To the next that starts, one that was emptied is nobody's; what another wrote since anybody looked stays. */
function tryFill(file: string, content: string): boolean {
  const descriptor = openSync(file, "r+");
  try {
    if (fstatSync(descriptor).size > 0) return false;
    writeSync(descriptor, content);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

/** False where a disk that does not answer leaves it open. */
function isGone(folder: string): boolean {
  try {
    return statSync(folder, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/**
 * Takes the data directory for this process. The embedded database has no lock of its own, and two processes on one
 * directory lose rows silently. Throws AppError: `conflict` when another process holds it, also in another container or on another machine.
 * `onTaken` must end this process at once: whatever it still wrote, be it to end in order, would go into the other's files, or nowhere.
 */
export function lockDirectory(directory: string, onTaken: (error: AppError) => void): DirectoryLock {
  try {
    return takeLock(directory, onTaken);
  } catch (error) {
    throw toDirectoryError(error, directory);
  }
}

function takeLock(directory: string, onTaken: (error: AppError) => void): DirectoryLock {
  // Not always recursive: Node never comes back from that where the parent refuses with ENOENT, as /proc does.
  if (!existsSync(directory)) mkdirSync(directory, { recursive: !existsSync(path.dirname(directory)), mode: 0o700 });
  const file = path.join(directory, "concentric.lock");
  const home = findHome();
  const content = `${process.pid}:${startTime(process.pid) ?? "?"}:${home}\n`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    // Another that took over from the same dead process may have removed this file for that one's: it is there a moment later, or was lost.
    if (tryCreate(file, content) && (attempt === 0 || readLater(file) === content)) return hold({ file, content }, onTaken);
    const found = readLock(file) || readLater(file); // whoever made it may not have written into it yet
    // Without a home it is of an earlier version.
    const [pid = "", started = "", itsHome = home] = found.trim().split(":");
    const isElsewhere = itsHome !== home;
    if (pid !== "" && (isElsewhere ? beats(file, found) : isAlive(Number(pid), started))) {
      const who = isElsewhere ? "A process in another container or on another machine" : `Process ${pid}`;
      const what = "Stop that process, or set CONCENTRIC_DATA_DIR to another directory.";
      throw new AppError("conflict", `${who} already uses the data directory ${directory}. ${what}`);
    }
    releaseLock(file, found);
  }
  throw new AppError("conflict", `Several processes start on the data directory ${directory} at once. Start one of them again.`);
}

function hold(mark: LockMark, onTaken: (error: AppError) => void): DirectoryLock {
  const timer = keepBeating(mark, onTaken);
  return {
    mark,
    release() {
      clearInterval(timer);
      releaseLock(mark.file, mark.content);
    },
  };
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
