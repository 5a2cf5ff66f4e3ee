import "server-only";
import type { Batch } from "./batch-reader";
import { isRead } from "./is-read";
import { errorResponse, frames, simpleQuery, zeroEnded } from "./wire";

/** One client as the scheduler sees it. */
export interface Session {
  readonly id: number;
  reply(bytes: Uint8Array): void;
}

interface Job {
  readonly session: Session;
  readonly batch: Batch;
  isRead: boolean;
}

type Status = "I" | "T" | "E";

const SAVE = simpleQuery("SAVEPOINT concentric_read; SET LOCAL transaction_read_only = on");
const RESTORE = simpleQuery("ROLLBACK TO SAVEPOINT concentric_read; RELEASE SAVEPOINT concentric_read");
const READ_ONLY_VIOLATION = "C25006";

/**
 * Lets many clients share the one session of an embedded database. While a client holds a transaction, plain reads of
 * others run in between, each inside a read-only savepoint; everything else waits for the holder's end.
 */
export class SessionScheduler {
  readonly #execute: (bytes: Uint8Array) => Uint8Array;
  readonly #onCommit: () => void;
  readonly #listeners = new Map<number, Session>();
  #holder: Session | null = null;
  #status: Status = "I";
  #jobs: Job[] = [];

  constructor(execute: (bytes: Uint8Array) => Uint8Array, onCommit: () => void) {
    this.#execute = execute;
    this.#onCommit = onCommit;
  }

  get isInTransaction(): boolean {
    return this.#holder !== null;
  }

  get hasWork(): boolean {
    return this.#nextIndex() >= 0;
  }

  add(session: Session, batch: Batch): void {
    this.#jobs.push({ session, batch, isRead: batch.sql.length > 0 && batch.sql.every(isRead) });
  }

  /** Forgets a client; its open transaction is rolled back. */
  remove(session: Session): void {
    this.#jobs = this.#jobs.filter((job) => job.session !== session);
    this.#listeners.delete(session.id);
    if (this.#holder !== session) return;
    this.#execute(simpleQuery("ROLLBACK"));
    this.#holder = null;
    this.#status = "I";
  }

  /** Executes the next batch that may run now; false = nothing can. */
  runNext(): boolean {
    const index = this.#nextIndex();
    const job = index < 0 ? undefined : this.#jobs.splice(index, 1)[0];
    if (job === undefined) return false;
    if (job.batch.refusal !== null) job.session.reply(errorResponse("ERROR", "0A000", job.batch.refusal));
    else if (this.#holder === null || this.#holder === job.session) this.#runOwn(job);
    else this.#runBetween(job);
    return true;
  }

  #nextIndex(): number {
    const holder = this.#holder;
    if (holder === null) return this.#jobs.length > 0 ? 0 : -1;
    return this.#jobs.findIndex((job) => job.session === holder || (job.isRead && this.#status === "T"));
  }

  #runOwn(job: Job): void {
    const wasHeld = this.#holder !== null;
    const output = this.#execute(job.batch.bytes);
    const status = statusOf(output);
    this.#status = status;
    this.#holder = status === "I" ? null : job.session;
    if (job.batch.sql.some((sql) => /^\s*listen\b/i.test(sql))) this.#listeners.set(job.session.id, job.session);
    if (status === "I" && (wasHeld || !job.isRead)) this.#onCommit();
    this.#deliver(job.session, output);
  }

  #runBetween(job: Job): void {
    this.#execute(SAVE);
    const output = this.#execute(job.batch.bytes);
    this.#execute(RESTORE);
    if (violatesReadOnly(output)) {
      job.isRead = false;
      this.#jobs.unshift(job);
      return;
    }
    markIdle(output);
    this.#deliver(job.session, output);
  }

  /** Notifications come out of whichever batch ran: they go to the clients that listen. */
  #deliver(session: Session, output: Uint8Array): void {
    if (this.#listeners.size > 0) {
      for (const { type, bytes } of frames(output)) {
        if (type !== "A") continue;
        for (const listener of this.#listeners.values()) if (listener !== session) listener.reply(bytes.slice());
      }
    }
    session.reply(output);
  }
}

function statusOf(output: Uint8Array): Status {
  const code = output[output.length - 1];
  return code === 0x54 ? "T" : code === 0x45 ? "E" : "I";
}

function markIdle(output: Uint8Array): void {
  if (output[output.length - 6] === 0x5a) output[output.length - 1] = 0x49;
}

function violatesReadOnly(output: Uint8Array): boolean {
  if (statusOf(output) !== "E") return false;
  for (const frame of frames(output)) {
    if (frame.type !== "E") continue;
    for (let at = 5; at < frame.bytes.length; ) {
      const field = zeroEnded(frame.bytes, at);
      if (field.value === READ_ONLY_VIOLATION) return true;
      at = field.next;
    }
  }
  return false;
}
