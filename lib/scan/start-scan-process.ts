import "server-only";
import { type ChildProcess, fork } from "node:child_process";
import os from "node:os";
import { AppError } from "@/lib/errors/app-error";
import type { PoolSource } from "@/lib/store/open-pool";
import type { ScanJob, ScanResult } from "./scan-job";
import { CANCELLED, type FromScan, type ToScan } from "./scan-messages";
import type { ScanWork } from "./scan-work";

export interface ScanProcessOptions {
  readonly job: ScanJob;
  readonly database: PoolSource;
  /** The bundled `scan-process.mjs`. */
  readonly script: string;
  readonly onWork: (work: ScanWork) => void;
  /** Another scan follows at once: it finds a process that has started already. */
  readonly isFollowed?: boolean;
}

export interface ScanProcess {
  /** Rejects with AppError; `conflict` after `cancel`. */
  readonly done: Promise<ScanResult>;
  /** Asks the process to stop, and ends it when it does not. */
  cancel(): void;
}

const MAX_HEAP_MIB = 1024;
/**
 * Megabytes for what is parsed and dropped: in less, pages outlive their use, and are copied instead of dropped. Up to 320, what stays is not looked
 * through for garbage: there is little in it, and looking took a tenth of a large scan. Kilobytes for deep objects.
 */
const NODE_ARGS = [
  `--max-old-space-size=${MAX_HEAP_MIB}`,
  "--initial-old-space-size=320",
  "--max-semi-space-size=16",
  "--stack-size=3900",
  "--enable-source-maps",
];
const CANCEL_WITHIN_MS = 10_000;
/** What V8 ends a process with when its heap is full. */
const OUT_OF_MEMORY = "SIGABRT";
/** What Linux ends a process with when the machine or the container has no memory left. */
const KILLED = "SIGKILL";

/** Nobody came: what it holds is given back. */
const IDLE_MS = 10_000;
interface Idle {
  readonly child: ChildProcess;
  readonly script: string;
  readonly forget: () => void;
}

let idle: Idle | null = null;

function forkScan(script: string): ChildProcess {
  const child = fork(script, { execArgv: NODE_ARGS, serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  yieldToPages(child);
  return child;
}

function takeIdle(script: string): ChildProcess | null {
  if (idle?.script !== script || !idle.child.connected) return null;
  const { child, forget } = idle;
  forget();
  return child;
}

function keepIdle(child: ChildProcess, script: string): void {
  endIdle();
  const timer = setTimeout(endIdle, IDLE_MS).unref();
  const forget = () => {
    clearTimeout(timer);
    child.off("exit", forget).off("error", forget);
    idle = null;
  };
  child.once("exit", forget).once("error", forget);
  idle = { child, script, forget };
}

function endIdle(): void {
  const ended = idle;
  ended?.forget();
  if (ended?.child.connected) ended.child.disconnect();
}

/**
 * Runs one scan in a process of its own, which yields to the server when there is little processor time: pages stay fast, a crash costs this scan
 * only, and its memory goes back to the machine when it ends.
 */
export function startScanProcess({ job, database, script, onWork, isFollowed = false }: ScanProcessOptions): ScanProcess {
  const child = takeIdle(script) ?? forkScan(script);
  const send = (message: ToScan) => {
    if (child.connected) child.send(message, () => undefined); // one that is ending tells so by its exit
  };
  send({ type: "start", job, database, isFollowed });
  let timer: NodeJS.Timeout | undefined;
  let isCancelled = false;
  let isOver = false;
  const done = new Promise<ScanResult>((resolve, reject) => {
    const onMessage = (message: FromScan) => {
      if (message.type === "work") onWork(message.work);
      else if (message.type === "failed") reject(new AppError(message.code, message.message, { cause: message.detail }));
      else {
        resolve(message.result);
        if (isFollowed) leave();
      }
    };
    const onError = (cause: unknown) => reject(new AppError("internal", "The scan could not be started: see the server's log.", { cause }));
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(timer);
      reject(isCancelled ? new AppError("conflict", CANCELLED) : toCrash(code, signal));
    };
    const leave = () => {
      isOver = true;
      clearTimeout(timer);
      child.off("message", onMessage).off("error", onError).off("exit", onExit);
      keepIdle(child, script);
    };
    child.on("message", onMessage).once("error", onError).once("exit", onExit);
  });
  done.catch(() => undefined);
  return {
    done,
    cancel() {
      if (isCancelled || isOver) return;
      isCancelled = true;
      send({ type: "cancel" });
      timer = setTimeout(() => child.kill("SIGKILL"), CANCEL_WITHIN_MS);
      timer.unref();
    },
  };
}

/** Not every system lets a process set priorities; then the scan has the same as the pages. */
function yieldToPages({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return;
  }
}

function toCrash(code: number | null, signal: NodeJS.Signals | null): AppError {
  if (signal === OUT_OF_MEMORY)
    return new AppError("unavailable", `The cluster is too large to be scanned within ${MAX_HEAP_MIB} MiB of memory. The last snapshot is kept.`);
  if (signal === KILLED)
    return new AppError(
      "unavailable",
      "The scan was killed from outside, as when the machine or the container has no memory left: give it more. The last snapshot is kept.",
    );
  const cause = `The process of the scan ended with ${signal ?? `code ${code}`}.`;
  return new AppError("internal", "The scan ended before it was finished: see the server's log. The last snapshot is kept.", { cause });
}
