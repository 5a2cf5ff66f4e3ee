import "server-only";
import { getConfig } from "@/lib/config/get-config";
import { AppError } from "@/lib/errors/app-error";
import { setDatabase } from "@/lib/store/database-handle";
import { type Database, openDatabase } from "@/lib/store/open-database";
import { recoverScans } from "@/lib/store/scans";
import { findLatestSnapshot } from "@/lib/store/snapshots";
import { getLogger } from "@/lib/telemetry/logger";
import { findLocalTarget } from "./find-local-target";
import { registerCluster } from "./register-cluster";
import { setLocalClusterState } from "./local-cluster-state";
import { listRunningScans } from "./running-scans";
import { type Schedules, startSchedules } from "./schedules";
import { startScan } from "./start-scan";

const STOP_WITHIN_MS = 8_000;

/** Next starts a module twice in development: what is running is kept on globalThis. */
const holder = globalThis as { concentricBoot?: Promise<void> };

/** Opens the database and starts scans and schedules, once per process. Ends the process with one sentence when that is impossible. */
export function boot(): Promise<void> {
  holder.concentricBoot ??= start().catch((error: unknown) => endWith(error));
  return holder.concentricBoot;
}

async function start(): Promise<void> {
  const config = getConfig();
  if (config.isBuilding) return;
  const database = await openDatabase(config, {
    onLost: endWith,
    onConnectionError: (error) => getLogger().warn({ err: error }, "a connection to the database broke"),
  });
  setDatabase(database);
  const stopping: { schedules: Schedules | null } = { schedules: null };
  listenForEnd(database, stopping);
  if (config.role === "web") return;
  const ended = await recoverScans(database.pool, { all: database.kind === "pglite" });
  if (ended > 0) getLogger().info({ scans: ended }, "scans of a process that ended were closed");
  stopping.schedules = await startSchedules(database);
  void readLocalCluster(database);
}

/** Does not hold up the first page: a cluster that does not answer is one line in the log. */
async function readLocalCluster(database: Database): Promise<void> {
  const log = getLogger();
  const target = findLocalTarget(getConfig());
  if (target === null || target.source === "url") {
    const problem = "There is no kubeconfig, and no service account of a pod.";
    setLocalClusterState({ context: null, server: null, problem });
    return log.info(`no cluster is read: ${problem}`);
  }
  try {
    const { cluster, description } = await registerCluster(database, target);
    setLocalClusterState({ context: cluster.context, server: cluster.server, problem: null });
    log.info({ cluster: cluster.slug }, `reading ${description}`);
    if ((await findLatestSnapshot(database.pool, cluster.id)) === null) await startScan(database, cluster, { trigger: "manual" });
  } catch (error) {
    setLocalClusterState({
      context: null,
      server: null,
      problem: error instanceof AppError ? error.message : "The cluster of the kubeconfig could not be read: see the server's log.",
    });
    log.warn(error instanceof AppError ? {} : { err: error }, `no cluster is read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function listenForEnd(database: Database, stopping: { readonly schedules: Schedules | null }): void {
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    const running = listRunningScans();
    for (const scan of running) scan.cancel();
    await Promise.all(running.map((scan) => scan.ended));
    await stopping.schedules?.stop().catch(() => undefined);
    setDatabase(null);
    await database.close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}

/** A server that cannot work must not look as if it did: Next would go on without what failed here. */
function endWith(error: unknown): never {
  const log = getLogger();
  if (error instanceof AppError) log.fatal({ err: error.cause }, error.message);
  else log.fatal({ err: error }, "Concentric could not start.");
  process.stderr.write(`${error instanceof AppError ? error.message : "Concentric could not start: see the line above."}\n`);
  process.exit(1);
}
