import "server-only";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { getConfig } from "@/lib/config/get-config";
import type { TestOwnControlResponse } from "@/lib/contracts/own-controls";
import { findOwnControlProblem } from "@/lib/controls/own/own-control";
import { AppError } from "@/lib/errors/app-error";
import type { OwnControl } from "@/lib/model/own-control";
import { readCoverage } from "@/lib/reads/read-coverage";
import { getCluster } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { findTrialGap } from "./find-trial-gap";
import type { OwnControlWorkerData } from "./own-control-worker";
import { parseSettings } from "./parse-settings";

/** A thread that has not answered by then is ended: whatever the expression does, the server goes on. */
const LIMIT_MS = 10_000;
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
const AT_ONCE = 2;
let running = 0;

function nothing(problem: string, seq: number | null): TestOwnControlResponse {
  const samples = { failing: [], passing: [], notAssessed: [] };
  return { problem, seq, unread: null, failing: 0, passing: 0, notAssessed: 0, notApplicable: 0, isCut: false, durationMs: 0, samples };
}

type FromWorker = { readonly answer: TestOwnControlResponse } | { readonly error: string };

function runThread(script: string, data: OwnControlWorkerData, limitMs: number): Promise<TestOwnControlResponse> {
  const { trial } = data;
  const worker = new Worker(script, { workerData: data, resourceLimits: LIMITS, name: "own-control" });
  return new Promise<TestOwnControlResponse>((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(nothing(`It did not end within ${limitMs / 1000} seconds and was stopped.`, trial.seq));
      void worker.terminate();
    }, limitMs);
    worker.on("message", (message: FromWorker) => {
      if ("answer" in message) resolve(message.answer);
      else reject(new AppError("internal", "The control could not be tried: see the server's log.", { cause: message.error }));
    });
    worker.once("error", (cause) => {
      const code = cause instanceof Error && "code" in cause ? cause.code : "";
      if (code === "ERR_WORKER_OUT_OF_MEMORY")
        resolve(nothing(`It asked for more than ${LIMITS.maxOldGenerationSizeMb} MiB of memory and was stopped.`, trial.seq));
      else reject(new AppError("internal", "The control could not be tried: see the server's log.", { cause }));
    });
    worker.once("exit", () => {
      clearTimeout(timer);
      resolve(nothing("It was stopped before it was done.", trial.seq));
    });
  });
}

/** Tries a control that is being written on the latest snapshot, in a thread of its own. Throws not-found, conflict. */
export async function testOwnControl(
  database: Database,
  slug: string,
  spec: OwnControl,
  { script, limitMs = LIMIT_MS }: { readonly script?: string; readonly limitMs?: number } = {},
): Promise<TestOwnControlResponse> {
  const cluster = await getCluster(database.prisma, slug);
  const problem = findOwnControlProblem(spec);
  const latest = await findLatestSnapshot(database.pool, cluster.id);
  if (problem !== null) return nothing(problem, latest?.seq ?? null);
  if (!latest) return nothing("There is no snapshot to try it on yet: scan the cluster first.", null);
  if (running >= AT_ONCE) throw new AppError("conflict", "Other controls are being tried just now. Try again in a moment.");
  running += 1;
  try {
    // One that is switched off is tried like any other: people want to know whether to switch it on.
    const settings = { ...parseSettings(cluster.settings), disabledControls: {} };
    const trial = { spec, clusterId: cluster.id, seq: latest.seq, observedAt: latest.takenAt.toISOString(), settings };
    const unread = findTrialGap(spec, await readCoverage(database.pool, cluster.id, latest));
    const answer = await runThread(script ?? path.join(getConfig().buildDir, "own-control-worker.mjs"), { trial, database: database.createSource() }, limitMs);
    return { ...answer, unread };
  } finally {
    running -= 1;
  }
}
