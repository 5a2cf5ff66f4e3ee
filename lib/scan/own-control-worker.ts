import "server-only";
import { parentPort, workerData } from "node:worker_threads";
import { openPool, type PoolSource } from "@/lib/store/open-pool";
import { type OwnControlTrial, runOwnControlTrial } from "./own-control-trial";

export interface OwnControlWorkerData {
  readonly trial: OwnControlTrial;
  readonly database: PoolSource;
}

if (parentPort) {
  const port = parentPort;
  const { trial, database } = workerData as OwnControlWorkerData; // safe: only test-own-control.ts starts this file
  const pool = openPool(database);
  runOwnControlTrial(pool, trial, () => performance.now())
    .then(
      (answer) => port.postMessage({ answer }),
      (error: unknown) => port.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    .finally(async () => {
      await pool.end();
      port.close();
    });
}
