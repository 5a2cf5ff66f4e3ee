import "server-only";
import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "@/lib/errors/app-error";
import { openConnection } from "@/lib/kube/open-connection";
import { openPool } from "@/lib/store/open-pool";
import { runScan } from "./run-scan";
import type { FromWorker, ScanWorkerData, ToWorker } from "./scan-messages";
import type { ScanResult } from "./scan-job";
import type { ScanWork } from "./scan-work";

const REPORT_EVERY_MS = 100;

/** Passes on what is new at most every 100 ms, and always a new phase. */
function createReporter(send: (work: ScanWork) => void): (work: ScanWork) => void {
  let sentAt = Number.NEGATIVE_INFINITY;
  let phase = "";
  return (work) => {
    const now = performance.now();
    if (work.phase === phase && now - sentAt < REPORT_EVERY_MS) return;
    sentAt = now;
    phase = work.phase;
    send(work);
  };
}

async function run({ job, database }: ScanWorkerData, signal: AbortSignal, onWork: (work: ScanWork) => void): Promise<ScanResult> {
  const connection = openConnection(job.target);
  const pool = openPool(database);
  try {
    return await runScan(job, { connection, pool, signal, onWork, now: () => new Date() });
  } finally {
    await connection.close();
    await pool.end();
  }
}

function toFailure(error: unknown): FromWorker {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof AppError) return { type: "failed", code: error.code, message: error.message, detail };
  return {
    type: "failed",
    code: "internal",
    message: "The scan failed for a reason that it cannot explain: see the server's log. The last snapshot stands.",
    detail,
  };
}

if (parentPort) {
  const port = parentPort;
  const controller = new AbortController();
  const post = (message: FromWorker) => port.postMessage(message);
  port.on("message", (message: ToWorker) => {
    if (message.type === "cancel") controller.abort(new AppError("conflict", "The scan was cancelled."));
  });
  const data = workerData as ScanWorkerData; // safe: only start-scan-worker.ts starts this file
  run(
    data,
    controller.signal,
    createReporter((work) => post({ type: "work", work })),
  )
    .then(
      (result) => post({ type: "done", result }),
      (error: unknown) => post(toFailure(error)),
    )
    .finally(() => {
      port.close();
      if (data.database.kind === "pglite") data.database.port.close();
    });
}
