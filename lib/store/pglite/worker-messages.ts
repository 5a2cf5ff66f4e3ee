import "server-only";
import type { MessagePort } from "node:worker_threads";
import type { LockMark } from "../directory-lock";

export interface WorkerOptions {
  readonly dataDir: string;
  /** Of the directory that holds it. */
  readonly lock: LockMark;
  /** Path of the Unix socket on which other processes are served. */
  readonly socket: string;
}

/** Main thread -> worker. */
export type WorkerRequest = { readonly kind: "attach"; readonly port: MessagePort } | { readonly kind: "close" };

/** Worker -> main thread. */
export type WorkerReport =
  | { readonly kind: "ready" }
  | { readonly kind: "closed" }
  /** Another process has the directory by now. */
  | { readonly kind: "taken" }
  | { readonly kind: "failed"; readonly reason: string; readonly code: string | null }
  | { readonly kind: "lost"; readonly reason: string; readonly code: string | null };

/** Sent on an attached port: one more connection, whose bytes travel on its own port. */
export interface ConnectRequest {
  readonly connection: MessagePort;
}
