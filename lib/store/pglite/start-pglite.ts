import "server-only";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors/app-error";
import { dig, text } from "@/lib/model/json";
import { messageOf } from "@/lib/model/message-of";
import { type LockMark, toTakenError } from "../directory-lock";
import { makeAside } from "../make-aside";
import { toDirectoryError } from "../to-database-error";
import { findDiskFault } from "./find-disk-fault";
import type { WorkerOptions, WorkerReport, WorkerRequest } from "./worker-messages";

export interface PgliteHost {
  /** For `openPool` in this thread. */
  readonly port: MessagePort;
  /** Where other processes of this user find the database, as `pg` looks for a socket. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface PgliteHostOptions {
  readonly dataDir: string;
  /** Of the directory that holds it. */
  readonly lock: LockMark;
  /** The bundled `pglite-worker.mjs`. */
  readonly script: string;
  /** The engine stopped by itself: the data directory is whole up to the last commit, but this process must start again. */
  readonly onLost: (error: AppError) => void;
}

/** The name by which `pg` and libpq find it in its folder. */
const SOCKET = ".s.PGSQL.5432";
const FOLDER = "concentric-";
/** What a system lets a socket be named by. */
const LONGEST_ADDRESS = process.platform === "linux" ? 107 : 103;
/** For its owner alone: everybody may read and write the files that the engine makes. */
const CLOSED = 0o700;

/**
 * Runs the embedded database in a worker thread, so that no statement ever blocks the pages. A new one is made aside
 * and moved into place, so that a stop in the middle leaves nothing half made.
 */
export async function startPglite(options: PgliteHostOptions): Promise<PgliteHost> {
  if (!existsSync(options.script)) throw new AppError("internal", `The database worker ${options.script} is missing. Run npm run build.`);
  if (!existsSync(options.dataDir)) {
    await makeAside(options.dataDir, async (making) => {
      await makeDirectory(options.script, making).catch((cause: unknown) => {
        const code = findDiskFault(making);
        throw code === null ? cause : Object.assign(new Error("The disk cannot be written.", { cause }), { code });
      });
      return making;
    }).catch((error: unknown) => {
      throw toDirectoryError(error, options.dataDir);
    });
  }
  closeToOthers(options.dataDir);
  return startWorker(options);
}

/** The process ends with this one, by the end of its input. */
function makeDirectory(script: string, dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, dataDir], (error, _output, errors) => {
      if (error === null) resolve();
      // Linux kills so where the machine or the container has no memory left; nobody else knows of this process.
      else reject(Object.assign(new Error(errors, { cause: error }), error.signal === "SIGKILL" && { code: "ENOMEM" }));
    });
  });
}

/** One that was made by an earlier version, or came out of a backup. */
function closeToOthers(dataDir: string): void {
  try {
    chmodSync(dataDir, CLOSED);
  } catch {
    return; // another user's, who decides who comes in
  }
}

function removeFolder(folder: string): void {
  if (!path.basename(folder).startsWith(FOLDER)) return;
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    return; // another user's: what it costs is an empty folder, and no reason not to start
  }
}

/** Only this user may enter it: the database asks nobody for a password. */
function makeTemporary(): string {
  const refuse = (why: string, cause?: unknown): AppError =>
    new AppError("unavailable", `The folder for temporary files, ${tmpdir()}, cannot be used (${why}): set TMPDIR to another that can be written.`, { cause });
  if (Buffer.byteLength(path.join(tmpdir(), `${FOLDER}XXXXXX`, SOCKET)) > LONGEST_ADDRESS) throw refuse("its path is too long");
  try {
    return mkdtempSync(path.join(tmpdir(), FOLDER));
  } catch (cause) {
    throw refuse(text(dig(cause, "code")) ?? messageOf(cause), cause);
  }
}

/** A folder for the socket; `note` remembers it, so that the next start takes away what a process that was killed left. */
function makeFolder(note: string): string {
  removeFolder(existsSync(note) ? readFileSync(note, "utf8") : "");
  const folder = makeTemporary();
  writeFileSync(note, folder, { mode: 0o600 });
  return folder;
}

async function startWorker({ dataDir, lock, script, onLost }: PgliteHostOptions): Promise<PgliteHost> {
  const folder = makeFolder(`${dataDir}.socket`);
  const options: WorkerOptions = { dataDir, lock, socket: path.join(folder, SOCKET) };
  const worker = new Worker(script, { workerData: options, name: "pglite" });
  const send = (request: WorkerRequest) => worker.postMessage(request, request.kind === "attach" ? [request.port] : []);
  let isClosing = false;

  function next(kind: "ready" | "closed"): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        worker.off("message", onMessage);
        worker.off("error", onError);
        worker.off("exit", onExit);
        act();
      };
      const onMessage = (message: WorkerReport) => {
        if (message.kind === kind) settle(resolve);
        else if (message.kind === "taken") settle(() => reject(toTakenError(lock.file)));
        else if (message.kind === "failed" || message.kind === "lost") settle(() => reject(toFailure(message)));
      };
      const onError = (error: unknown) => settle(() => reject(toDirectoryError(error, dataDir)));
      const onExit = (code: number) => settle(() => reject(toDirectoryError(new Error(`The database worker ended with ${code}.`), dataDir)));
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.on("exit", onExit);
    });
  }

  function toFailure(message: Extract<WorkerReport, { kind: "failed" | "lost" }>): AppError {
    // Also of one that cannot be opened: what the engine could not write is no reason to put a backup in its place.
    const code = message.code ?? findDiskFault(dataDir);
    return toDirectoryError(Object.assign(new Error(message.reason), { code }), dataDir);
  }

  try {
    await next("ready");
  } catch (error) {
    await worker.terminate();
    removeFolder(folder);
    throw error;
  }
  const lose = (error: AppError) => {
    if (isClosing) return;
    isClosing = true;
    onLost(error);
  };
  worker.on("message", (message: WorkerReport) => {
    if (message.kind === "taken") lose(toTakenError(lock.file));
    else if (message.kind === "lost") lose(toFailure(message));
  });
  worker.on("error", (error) => lose(toDirectoryError(error, dataDir)));
  let isGone = false;
  worker.on("exit", (code) => {
    isGone = true;
    lose(toDirectoryError(new Error(`The database worker ended with ${code}.`), dataDir));
  });
  worker.unref();
  const { port1: port, port2 } = new MessageChannel();
  send({ kind: "attach", port: port2 });
  port.unref();

  return {
    port,
    folder,
    async close() {
      isClosing = true;
      if (!isGone) {
        const closed = next("closed");
        worker.ref();
        send({ kind: "close" });
        await closed;
        await worker.terminate();
      }
      removeFolder(folder);
    },
  };
}
