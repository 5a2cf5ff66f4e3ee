import "server-only";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors/app-error";
import type { PoolSource } from "@/lib/store/open-pool";
import type { ScanJob, ScanResult } from "./scan-job";
import type { FromWorker, ScanWorkerData, ToWorker } from "./scan-messages";
import type { ScanWork } from "./scan-work";

export interface ScanWorkerOptions {
  readonly job: ScanJob;
  readonly database: PoolSource;
  /** The bundled `scan-worker.mjs`. */
  readonly script: string;
  readonly onWork: (work: ScanWork) => void;
}

export interface ScanWorker {
  /** Rejects with AppError; `conflict` after `cancel`. */
  readonly done: Promise<ScanResult>;
  /** Asks the worker to stop, and ends it when it does not. */
  cancel(): void;
}

/** Heap of one scan. A small young generation keeps what is parsed and dropped from piling up. */
const LIMITS = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 12, stackSizeMb: 4 };
const CANCEL_WITHIN_MS = 10_000;

/** Runs one scan in a thread of its own, so that pages stay fast and a crash costs this scan only. */
export function startScanWorker({ job, database, script, onWork }: ScanWorkerOptions): ScanWorker {
  const data: ScanWorkerData = { job, database };
  const worker = new Worker(script, {
    workerData: data,
    transferList: database.kind === "pglite" ? [database.port] : [],
    resourceLimits: LIMITS,
    name: "scan",
  });
  let timer: NodeJS.Timeout | undefined;
  let isCancelled = false;
  const done = new Promise<ScanResult>((resolve, reject) => {
    worker.on("message", (message: FromWorker) => {
      if (message.type === "work") onWork(message.work);
      else if (message.type === "done") resolve(message.result);
      else reject(new AppError(message.code, message.message, { cause: message.detail }));
    });
    worker.once("error", (cause) => reject(toCrash(cause)));
    worker.once("exit", () => {
      clearTimeout(timer);
      const message = isCancelled ? "The scan was cancelled." : "The scan ended before it was finished. The last snapshot stands.";
      reject(new AppError(isCancelled ? "conflict" : "internal", message));
    });
  });
  done.catch(() => undefined);
  return {
    done,
    cancel() {
      if (isCancelled) return;
      isCancelled = true;
      worker.postMessage({ type: "cancel" } satisfies ToWorker);
      timer = setTimeout(() => void worker.terminate(), CANCEL_WITHIN_MS);
      timer.unref();
    },
  };
}

function toCrash(cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? cause.code : "";
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new AppError(
      "unavailable",
      `The cluster is too large to be scanned within ${LIMITS.maxOldGenerationSizeMb} MiB of memory. The last snapshot stands.`,
      { cause },
    );
  }
  return new AppError("internal", "The scan crashed: see the server's log. The last snapshot stands.", { cause });
}
