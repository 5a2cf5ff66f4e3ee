import "server-only";
import type { MessagePort } from "node:worker_threads";

export interface WorkerOptions {
  readonly dataDir: string;
  /** Path of the Unix socket on which other processes are served. */
  readonly socket: string;
}

/** Main thread -> worker. */
export type WorkerRequest = { readonly kind: "attach"; readonly port: MessagePort } | { readonly kind: "close" };

/** Worker -> main thread. */
export type WorkerReport =
  | { readonly kind: "ready" }
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly reason: string; readonly code: string | null }
  | { readonly kind: "lost"; readonly reason: string; readonly code: string | null };

/** Sent on an attached port: one more connection, whose bytes travel on its own port. */
export interface ConnectRequest {
  readonly connection: MessagePort;
}
