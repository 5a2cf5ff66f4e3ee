import "server-only";
import { once } from "node:events";
import { createServer } from "node:net";
import { setFlagsFromString } from "node:v8";
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { isRecord } from "@/lib/model/json";
import { messageOf } from "@/lib/model/message-of";
import { isTaken } from "./directory-lock";
import { BatchReader } from "./pglite/batch-reader";
import { createFlusher } from "./pglite/flusher";
import { SessionScheduler } from "./pglite/session-scheduler";
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
 * V8's optimising compiler takes 600 MB for one huge function of the engine, which evaluates expressions. A function keeps the compiler that it was
 * first called with: that one, and little else, stays with the baseline compiler, and what a scan runs for long is optimised.
 */
const BASELINE_ONLY = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];
const OPTIMISE_FROM_HERE = ["--wasm-tier-up", "--wasm-dynamic-tiering"];
/** Too much for the engine's short cuts, nothing that it could work out beforehand, and of no table: the least that calls that function. */
const EVALUATES = "SELECT length(random()::text)";
const setFlags = (flags: readonly string[]) => {
  for (const flag of flags) setFlagsFromString(flag);
};

/** An engine whose first statement is the one to be run with the baseline compiler. */
class TieredPGlite extends PGlite {
  /** The first statement of PGlite itself: it joins and sorts, which would stay slow from then on. */
  override async _initArrayTypes(options?: { force?: boolean }): Promise<void> {
    setFlags(BASELINE_ONLY);
    await this.exec(EVALUATES);
    setFlags(OPTIMISE_FROM_HERE);
    await super._initArrayTypes(options);
  }
}

const TURN_MS = 4;
/** Whoever else takes the directory watches it for far longer. */
const LOOK_EVERY_MS = 1_000;

// Safe cast: only start-pglite.ts starts this file as a thread.
const {
  dataDir,
  lock,
  socket: socketPath,
}: WorkerOptions = isMainThread ? { dataDir: process.argv[2] ?? "", lock: { file: "", content: "" }, socket: "" } : (workerData as WorkerOptions);
const main = parentPort;
const report = (message: WorkerReport) => main?.postMessage(message);
const fail = (error: unknown) => report({ kind: "failed", reason: messageOf(error), code: codeOf(error) });
const codeOf = (error: unknown) => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null);

/** A client: in this process over a port, in another over a socket. */
interface Connection {
  send(bytes: Uint8Array): void;
  close(): void;
}

/** What PGlite keeps to itself: the entry into its engine, and the status that the engine's own errors leave it with. */
interface Engine {
  readonly mod: { _PostgresMainLoopOnce: () => void };
  readonly POSTGRES_MAIN_LONGJMP: number;
}

/**
 * Executes what a client sent, and gives the bytes of the answer. PGlite's own call for bytes reads every row of an answer into objects as well, and
 * keeps them for good; its call for streams does neither, and works at once although it returns a promise. When the engine aborts (its log cannot be
 * written, say) PGlite would call it again for ever: `onAbort` must end the thread.
 */
function createExecutor(database: PGlite, onAbort: (error: unknown) => void): (bytes: Uint8Array) => Uint8Array {
  const { mod, POSTGRES_MAIN_LONGJMP } = database as unknown as Engine; // safe: the version is pinned, and a test fills a disk
  const runOnce = mod._PostgresMainLoopOnce;
  mod._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      const isAnswered = isRecord(error) && error.status === POSTGRES_MAIN_LONGJMP;
      if (!isAnswered) onAbort(error);
      throw error;
    }
  };
  return (bytes) => {
    const chunks: Uint8Array[] = [];
    const onRawData = (chunk: Uint8Array) => void chunks.push(chunk.slice());
    database.execProtocolRawStream(bytes, { syncToFs: false, onRawData }).catch(onAbort);
    return concatBytes(chunks);
  };
}

async function serve(database: PGlite): Promise<void> {
  const connections = new Set<Connection>();
  let isWorking = false;
  let connectionId = 0;
  let isLost = false;

  let lookedAtMs = Number.NEGATIVE_INFINITY;
  const run = createExecutor(database, lose);
  const execute = (bytes: Uint8Array): Uint8Array => {
    endWhereTaken();
    return run(bytes);
  };
  const flusher = createFlusher({
    dataDir,
    checkpoint: () => execute(simpleQuery("CHECKPOINT")),
    isBusy: () => scheduler.isInTransaction,
    onError: (error) => process.emitWarning(`Flushing the database failed: ${messageOf(error)}`),
  });
  const scheduler = new SessionScheduler(execute, flusher.schedule);

  /** This thread may wake before the one that beats, in the middle of its work. */
  function endWhereTaken(): void {
    const nowMs = Date.now();
    if (Math.abs(nowMs - lookedAtMs) < LOOK_EVERY_MS) return;
    lookedAtMs = nowMs;
    if (isTaken(lock)) end({ kind: "taken" });
  }

  /** After a failure of the engine itself (a panic: log not writable) nothing that it says can be trusted, and it must not be called again. */
  function lose(error: unknown): void {
    if (!isLost) end({ kind: "lost", reason: messageOf(error), code: codeOf(error) });
  }

  function end(why: WorkerReport): never {
    isLost = true;
    flusher.stop();
    for (const connection of connections) {
      connection.send(errorResponse("FATAL", "57P02", "The embedded database stopped."));
      connection.close();
    }
    report(why);
    process.exit(1);
  }

  function work(): void {
    isWorking = false;
    const endMs = performance.now() + TURN_MS;
    while (performance.now() < endMs) if (!scheduler.runNext()) return;
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
    close: async () => {
      if (isTaken(lock)) end({ kind: "taken" });
      flusher.stop();
      isLost = true;
      server.close();
      for (const connection of connections) connection.close();
      if (scheduler.isInTransaction) execute(simpleQuery("ROLLBACK"));
      await database.close();
      await flusher.sync();
      report({ kind: "closed" });
    },
  };
  main?.on("message", (request: WorkerRequest) => {
    if (request.kind === "attach") requests.attach(request);
    else void requests.close().catch(fail);
  });
  server.listen(socketPath);
  await once(server, "listening");
  report({ kind: "ready" });
}

const options = { dataDir, postgresqlconf: SETTINGS, relaxedDurability: true };

// As a program it only makes a new data directory: that needs 450 MB, which a process gives back when it ends.
if (isMainThread) {
  // Whoever asked for it was killed: nobody would take it into use.
  process.stdin.once("end", () => process.exit(1)).resume();
  setFlags(BASELINE_ONLY);
  await (await PGlite.create(options)).close();
  process.exit();
} else {
  try {
    const database = new TieredPGlite(options);
    await database.waitReady;
    await serve(database);
  } catch (error) {
    fail(error);
  }
}
