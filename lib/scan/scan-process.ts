import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { openConnection } from "@/lib/kube/open-connection";
import { openPool, type PoolSource } from "@/lib/store/open-pool";
import { DATABASE_LOST } from "@/lib/store/scans";
import { tidy } from "@/lib/store/tidy";
import { isDatabaseLost, whyRefused } from "@/lib/store/to-database-error";
import { runScan } from "./run-scan";
import type { ScanJob, ScanResult } from "./scan-job";
import { CANCELLED, type FromScan, type ToScan } from "./scan-messages";
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

interface ScanListener {
  readonly onWork: (work: ScanWork) => void;
  /** The snapshot stands; what comes after it is housekeeping, and nobody waits for it. */
  readonly onDone: (result: ScanResult) => void;
}

async function run(job: ScanJob, database: PoolSource, signal: AbortSignal, { onWork, onDone }: ScanListener): Promise<void> {
  const connection = openConnection(job.target);
  const pool = openPool(database);
  try {
    const result = await runScan(job, { connection, pool, signal, onWork, now: () => new Date() });
    onDone(result);
    await tidy(pool, result).catch((error: unknown) => process.emitWarning(`Tidying up after a scan failed: ${String(error)}`));
  } finally {
    await connection.close();
    await pool.end();
  }
}

function toFailure(error: unknown): FromScan {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof AppError) return { type: "failed", code: error.code, message: error.message, detail };
  if (isDatabaseLost(error)) return { type: "failed", code: "unavailable", message: DATABASE_LOST, detail };
  const why = whyRefused(error);
  if (why !== null) return { type: "failed", code: "unavailable", message: why, detail };
  return {
    type: "failed",
    code: "internal",
    message: "The scan failed for a reason that it cannot explain: see the server's log. The last snapshot is kept.",
    detail,
  };
}

function post(message: FromScan): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined); // a server that was killed: its end ends this process too
}

let controller = new AbortController();
/** A job may come while there is still housekeeping after the one before. */
let before: Promise<void> = Promise.resolve();

async function start({ job, database, isFollowed }: Extract<ToScan, { type: "start" }>, signal: AbortSignal): Promise<void> {
  const onWork = createReporter((work) => post({ type: "work", work }));
  try {
    await run(job, database, signal, { onWork, onDone: (result) => post({ type: "done", result }) });
    if (isFollowed) return;
  } catch (error) {
    post(toFailure(error));
  }
  if (process.connected) process.disconnect(); // when what was sent is on its way
}

process.on("message", (message: ToScan) => {
  if (message.type === "cancel") {
    controller.abort(new AppError("conflict", CANCELLED));
    return;
  }
  controller = new AbortController();
  const { signal } = controller;
  before = before.then(() => start(message, signal));
});
// Without the server nobody waits for the snapshot, and an embedded database is gone with it.
process.on("disconnect", () => process.exit());
// A terminal tells the whole group, in which a credential plugin is not: the server says what becomes of the scan, or its end does, and that ends both.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("SIGTERM", () => process.exit(1));
