import "server-only";
import { writeFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { BatchReader } from "./pglite/batch-reader";
import { SessionScheduler } from "./pglite/session-scheduler";
import { syncDirectory } from "./pglite/sync-directory";
import { errorResponse, simpleQuery, welcome } from "./pglite/wire";
import type { ConnectRequest, WorkerOptions, WorkerReport, WorkerRequest } from "./pglite/worker-messages";

/** Small memory, no helper processes (there are none in WebAssembly), and a log that is recycled early. */
const SETTINGS = [
  "shared_buffers=16MB",
  "work_mem=16MB",
  "maintenance_work_mem=32MB",
  "temp_buffers=2MB",
  "max_wal_size=64MB",
  "min_wal_size=32MB",
  "wal_init_zero=off",
  "jit=off",
  "max_parallel_workers_per_gather=0",
  "random_page_cost=1.1",
  "timezone=UTC",
];
/** V8's optimising compiler takes 450 MB for one huge function of the engine, and saves no time in what we do. */
const BASELINE_COMPILER = ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]; // the first implies the others only on a command line
for (const flag of BASELINE_COMPILER) setFlagsFromString(flag);

const FLUSH_DELAY_MS = 1_000;
const TURN_MS = 4;

const dataDir = isMainThread ? (process.argv[2] ?? "") : (workerData as WorkerOptions).dataDir;
const main = parentPort;
const report = (message: WorkerReport) => main?.postMessage(message);
const codeOf = (error: unknown) => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null);
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function serve(database: PGlite): Promise<void> {
  const connections = new Set<MessagePort>();
  let flushTimer: NodeJS.Timeout | null = null;
  let flushedAtMs = 0;
  let isWorking = false;
  let connectionId = 0;
  let isLost = false;

  const execute = (bytes: Uint8Array): Uint8Array => {
    try {
      return database.execProtocolRawSync(bytes);
    } catch (error) {
      lose(error);
      throw error;
    }
  };
  const scheduler = new SessionScheduler(execute, scheduleFlush);

  /** After a failure of the engine itself (a panic: log not writable) nothing that it says can be trusted. */
  function lose(error: unknown): void {
    isLost = true;
    for (const port of connections) {
      port.postMessage(errorResponse("FATAL", "57P02", "The embedded database stopped."));
      port.close();
    }
    report({ kind: "lost", reason: reasonOf(error), code: codeOf(error) });
    setImmediate(() => process.exit(1));
  }

  async function flush(): Promise<void> {
    const sinceMs = flushedAtMs - 2_000;
    flushedAtMs = Date.now();
    execute(simpleQuery("CHECKPOINT"));
    await syncDirectory(dataDir, sinceMs);
  }

  function scheduleFlush(): void {
    flushTimer ??= setTimeout(() => {
      flushTimer = null;
      if (isLost) return;
      if (scheduler.isInTransaction) scheduleFlush();
      else void flush().catch((error: unknown) => process.emitWarning(`Flushing the database failed: ${reasonOf(error)}`));
    }, FLUSH_DELAY_MS);
  }

  function work(): void {
    isWorking = false;
    const endMs = performance.now() + TURN_MS;
    try {
      while (performance.now() < endMs) if (!scheduler.runNext()) return;
    } catch (error) {
      if (!isLost) lose(error);
      return;
    }
    wake();
  }

  function wake(): void {
    if (isLost || isWorking || !scheduler.hasWork) return;
    isWorking = true;
    setImmediate(work);
  }

  function connect(port: MessagePort): void {
    connectionId += 1;
    const reader = new BatchReader();
    const session = { id: connectionId, reply: (bytes: Uint8Array) => port.postMessage(bytes, [bytes.buffer as ArrayBuffer]) };
    connections.add(port);
    port.on("message", (chunk: Uint8Array) => {
      for (const incoming of reader.push(chunk)) {
        if (incoming.kind === "startup") session.reply(welcome(session.id));
        else if (incoming.kind === "terminate") port.close();
        else scheduler.add(session, incoming.batch);
      }
      wake();
    });
    port.on("close", () => {
      connections.delete(port);
      if (!isLost) scheduler.remove(session);
      wake();
    });
  }

  const requests = {
    attach: ({ port }: Extract<WorkerRequest, { kind: "attach" }>) => {
      port.on("message", ({ connection }: ConnectRequest) => connect(connection));
    },
    dump: async ({ file }: Extract<WorkerRequest, { kind: "dump" }>) => {
      await flush();
      const blob = await database.dumpDataDir("gzip");
      await writeFile(file, Buffer.from(await blob.arrayBuffer()), { flag: "wx", mode: 0o600 });
      report({ kind: "dumped" });
    },
    close: async () => {
      if (flushTimer !== null) clearTimeout(flushTimer);
      isLost = true;
      for (const port of connections) port.close();
      if (scheduler.isInTransaction) database.execProtocolRawSync(simpleQuery("ROLLBACK"));
      await database.close();
      await syncDirectory(dataDir, flushedAtMs - 2_000);
      report({ kind: "closed" });
    },
  };
  main?.on("message", (request: WorkerRequest) => {
    const fail = (error: unknown) => {
      if (request.kind !== "attach") report({ kind: "failed", request: request.kind, reason: reasonOf(error), code: codeOf(error) });
    };
    if (request.kind === "attach") requests.attach(request);
    else if (request.kind === "dump") void requests.dump(request).catch(fail);
    else void requests.close().catch(fail);
  });
  report({ kind: "ready" });
}

const open = () => PGlite.create({ dataDir, postgresqlconf: SETTINGS, relaxedDurability: true });

// As a program it only makes a new data directory: that needs 450 MB, which a process gives back when it ends.
if (isMainThread) {
  await (await open()).close();
} else {
  try {
    await serve(await open());
  } catch (error) {
    report({ kind: "failed", request: "open", reason: reasonOf(error), code: codeOf(error) });
  }
}
