import "server-only";
import { type ChildProcess, fork } from "node:child_process";
import os from "node:os";
import { AppError } from "@/lib/errors/app-error";
import type { PoolSource } from "@/lib/store/open-pool";
import type { ScanJob, ScanResult } from "./scan-job";
import type { FromScan, ToScan } from "./scan-messages";
import type { ScanWork } from "./scan-work";

export interface ScanProcessOptions {
  readonly job: ScanJob;
  readonly database: PoolSource;
  /** The bundled `scan-process.mjs`. */
  readonly script: string;
  readonly onWork: (work: ScanWork) => void;
}

export interface ScanProcess {
  /** Rejects with AppError; `conflict` after `cancel`. */
  readonly done: Promise<ScanResult>;
  /** Asks the process to stop, and ends it when it does not. */
  cancel(): void;
}

const MAX_HEAP_MIB = 1024;
/** Megabytes for what is parsed and dropped: in less, pages outlive their use, and are copied instead of dropped. Kilobytes for deep objects. */
const NODE_ARGS = [`--max-old-space-size=${MAX_HEAP_MIB}`, "--max-semi-space-size=16", "--stack-size=3900", "--enable-source-maps"];
const CANCEL_WITHIN_MS = 10_000;
/** What V8 ends a process with when its heap is full. */
const OUT_OF_MEMORY = "SIGABRT";

/**
 * Runs one scan in a process of its own, which yields to the server when there is little processor time: pages stay fast, a crash costs this scan
 * only, and its memory goes back to the machine when it ends.
 */
export function startScanProcess({ job, database, script, onWork }: ScanProcessOptions): ScanProcess {
  const child = fork(script, { execArgv: NODE_ARGS, serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const send = (message: ToScan) => {
    if (child.connected) child.send(message, () => undefined); // one that is ending tells so by its exit
  };
  yieldToPages(child);
  send({ type: "start", job, database });
  let timer: NodeJS.Timeout | undefined;
  let isCancelled = false;
  const done = new Promise<ScanResult>((resolve, reject) => {
    child.on("message", (message: FromScan) => {
      if (message.type === "work") onWork(message.work);
      else if (message.type === "done") resolve(message.result);
      else reject(new AppError(message.code, message.message, { cause: message.detail }));
    });
    child.once("error", (cause) => reject(new AppError("internal", "The scan could not be started: see the server's log.", { cause })));
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      reject(isCancelled ? new AppError("conflict", "The scan was cancelled.") : toCrash(code, signal));
    });
  });
  done.catch(() => undefined);
  return {
    done,
    cancel() {
      if (isCancelled) return;
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
    return new AppError("unavailable", `The cluster is too large to be scanned within ${MAX_HEAP_MIB} MiB of memory. The last snapshot stands.`);
  const cause = `The process of the scan ended with ${signal ?? `code ${code}`}.`;
  return new AppError("internal", "The scan ended before it was finished: see the server's log. The last snapshot stands.", { cause });
}
