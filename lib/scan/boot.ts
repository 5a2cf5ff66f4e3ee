import "server-only";
import { getConfig } from "@/lib/config/get-config";
import { AppError } from "@/lib/errors/app-error";
import { setDatabase } from "@/lib/store/database-handle";
import { type Database, openDatabase } from "@/lib/store/open-database";
import { recoverScans } from "@/lib/store/scans";
import { toServerError } from "@/lib/store/to-database-error";
import { getLogger } from "@/lib/telemetry/logger";
import { findLocalTarget } from "./find-local-target";
import { followLocalCluster } from "./follow-local-cluster";
import { endScans } from "./running-scans";
import { scanFound } from "./scan-found";
import { type Schedules, startSchedules } from "./schedules";

const STOP_WITHIN_MS = 8_000;

/** What start-up began and the end of the process stops. */
interface Stopping {
  schedules: Schedules | null;
  cluster: (() => void) | null;
}

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
    onWait: () =>
      getLogger().warn(
        "the start waits for another session of the database, which holds the tables that this version changes: a backup, a transaction that was left open, or another server, which starts or stores a scan",
      ),
    // Whoever has it started again by itself, where a disk was not mounted or a folder was moved, learns why nothing is remembered.
    onNew: () => getLogger().info(`there was no database in ${config.dataDir}: a new one was made`),
  });
  setDatabase(database);
  const stopping: Stopping = { schedules: null, cluster: null };
  listenForEnd(database, stopping);
  if (config.role === "web") return;
  const ended = await recoverScans(database.pool, { all: database.kind === "pglite" });
  if (ended > 0) getLogger().info({ scans: ended }, "scans of a process that ended were closed");
  stopping.schedules = await startSchedules(database).catch((error: unknown) => {
    throw config.databaseUrl === null ? error : toServerError(error, config.databaseUrl);
  });
  stopping.cluster = followLocalCluster(database, {
    findTarget: () => findLocalTarget(config),
    onFound: (found) => scanFound(database, found),
  });
}

function listenForEnd(database: Database, stopping: Readonly<Stopping>): void {
  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stopping.cluster?.();
    await endScans();
    await stopping.schedules?.stop().catch(() => undefined);
    setDatabase(null);
    await database.close();
    process.exit(0);
  };
  let ending: Promise<void> | null = null;
  // Ctrl-C comes twice, from the terminal and from npm: a second one that nobody listens to would end the process at once.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void (ending ??= stop()));
}

/** A server that cannot work must not look as if it did: Next would go on without what failed here. */
function endWith(error: unknown): never {
  try {
    const log = getLogger();
    if (error instanceof AppError) log.fatal({ err: error.cause }, error.message);
    else log.fatal({ err: error }, "Concentric could not start.");
  } finally {
    // There is no log either where the environment is what is wrong.
    process.stderr.write(`${error instanceof AppError ? error.message : "Concentric could not start: see the line above."}\n`);
    process.exit(1);
  }
}
