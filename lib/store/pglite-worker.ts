import "server-only";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setFlagsFromString } from "node:v8";
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { BatchReader } from "./pglite/batch-reader";
import { SessionScheduler } from "./pglite/session-scheduler";
import { syncDirectory } from "./pglite/sync-directory";
import { concatBytes, errorResponse, simpleQuery, welcome } from "./pglite/wire";
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
/**
 * V8's optimising compiler takes 500 MB for one huge function of the engine, which evaluates expressions. A function keeps the compiler that it
 * was first called with, so that one and what starting needs stay with the baseline compiler; what a scan runs for long is optimised.
 */
const BASELINE_ONLY = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];
const OPTIMISE_FROM_HERE = ["--wasm-tier-up", "--wasm-dynamic-tiering"];
const EVALUATES = "SELECT relname || 'x' FROM pg_class WHERE relname LIKE 'pg%' AND relpages + 1 > 1";
const setFlags = (flags: readonly string[]) => {
  for (const flag of flags) setFlagsFromString(flag);
};
setFlags(BASELINE_ONLY);

const FLUSH_DELAY_MS = 1_000;
const TURN_MS = 4;

// Safe cast: only start-pglite.ts starts this file as a thread.
const { dataDir, socket: socketPath } = isMainThread ? { dataDir: process.argv[2] ?? "", socket: "" } : (workerData as WorkerOptions);
const main = parentPort;
const report = (message: WorkerReport) => main?.postMessage(message);
const codeOf = (error: unknown) => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null);
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A client: in this process over a port, in another over a socket. */
interface Connection {
  send(bytes: Uint8Array): void;
  close(): void;
}

/**
 * Executes what a client sent, and gives the bytes of the answer; throws when the engine itself fails. PGlite's own call for bytes reads every row of
 * an answer into objects as well, and keeps them for good; its call for streams does neither, and works at once although it returns a promise.
 */
function createExecutor(database: PGlite): (bytes: Uint8Array) => Uint8Array {
  const executeRaw = database.execProtocolRawSync.bind(database);
  let failure: { readonly error: unknown } | null = null;
  database.execProtocolRawSync = (bytes) => {
    try {
      return executeRaw(bytes);
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  return (bytes) => {
    const chunks: Uint8Array[] = [];
    failure = null;
    database.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (chunk) => void chunks.push(chunk.slice()) }).catch(() => undefined); // `failure` tells
    const failed = failure as { readonly error: unknown } | null; // set by the call above
    if (failed) throw failed.error;
    return concatBytes(chunks);
  };
}

async function serve(database: PGlite): Promise<void> {
  const executeBytes = createExecutor(database);
  const connections = new Set<Connection>();
  let flushTimer: NodeJS.Timeout | null = null;
  let flushedAtMs = 0;
  let isWorking = false;
  let connectionId = 0;
  let isLost = false;

  const execute = (bytes: Uint8Array): Uint8Array => {
    try {
      return executeBytes(bytes);
    } catch (error) {
      lose(error);
      throw error;
    }
  };
  const scheduler = new SessionScheduler(execute, scheduleFlush);

  /** After a failure of the engine itself (a panic: log not writable) nothing that it says can be trusted. */
  function lose(error: unknown): void {
    isLost = true;
    for (const connection of connections) {
      connection.send(errorResponse("FATAL", "57P02", "The embedded database stopped."));
      connection.close();
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

  /** Serves one client; what it sends goes to `take`, its end to `end`. */
  function connect(connection: Connection): { take(chunk: Uint8Array): void; end(): void } {
    connectionId += 1;
    const reader = new BatchReader();
    const session = { id: connectionId, reply: (bytes: Uint8Array) => connection.send(bytes) };
    connections.add(connection);
    return {
      take(chunk) {
        for (const incoming of reader.push(chunk)) {
          if (incoming.kind === "startup") session.reply(welcome(session.id));
          else if (incoming.kind === "terminate") connection.close();
          else scheduler.add(session, incoming.batch);
        }
        wake();
      },
      end() {
        connections.delete(connection);
        if (!isLost) scheduler.remove(session);
        wake();
      },
    };
  }

  function connectPort(port: MessagePort): void {
    const client = connect({ send: (bytes) => port.postMessage(bytes, [bytes.buffer as ArrayBuffer]), close: () => port.close() });
    port.on("message", (chunk: Uint8Array) => client.take(chunk));
    port.on("close", () => client.end());
  }

  const server = createServer((socket) => {
    const client = connect({ send: (bytes) => void socket.write(bytes), close: () => void socket.destroySoon() });
    socket.on("data", (chunk: Buffer) => client.take(chunk));
    socket.on("error", () => socket.destroy()); // the client is gone: its end follows
    socket.on("close", () => client.end());
  });

  const requests = {
    attach: ({ port }: Extract<WorkerRequest, { kind: "attach" }>) => {
      port.on("message", ({ connection }: ConnectRequest) => connectPort(connection));
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
      server.close();
      for (const connection of connections) connection.close();
      if (scheduler.isInTransaction) executeBytes(simpleQuery("ROLLBACK"));
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
  server.listen(socketPath);
  await once(server, "listening");
  report({ kind: "ready" });
}

const open = () => PGlite.create({ dataDir, postgresqlconf: SETTINGS, relaxedDurability: true });

// As a program it only makes a new data directory: that needs 450 MB, which a process gives back when it ends.
if (isMainThread) {
  await (await open()).close();
} else {
  try {
    const database = await open();
    await database.query(EVALUATES);
    setFlags(OPTIMISE_FROM_HERE);
    await serve(database);
  } catch (error) {
    report({ kind: "failed", request: "open", reason: reasonOf(error), code: codeOf(error) });
  }
}
