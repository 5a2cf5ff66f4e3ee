import "server-only";
import type { Endpoint } from "./endpoint";
import type { ReadFault } from "./read-fault";
import type { RequestMeter } from "./request-meter";

export type Answer = { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly fault: ReadFault };

export interface GetOptions {
  readonly signal?: AbortSignal;
  readonly accept?: string;
  /** For this request alone, when they are tighter than the connection's. */
  readonly limits?: RequestLimits;
}

/** How hard one request is tried before its failure is told. */
export interface RequestLimits {
  /** For one whole answer. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Of these, how many may run out of time; left out = two. */
  readonly slowAttempts?: number;
  /** No other attempt begins later than this after the first, whatever the server asks to wait; left out = as long as it asks. */
  readonly againWithinMs?: number;
}

/** One cluster that can be read. Faults of a path are data; faults of the whole (unreachable, not signed in) are thrown as AppError. */
export interface KubeConnection {
  readonly server: string;
  readonly context: string;
  /** Says which cluster this is and how it was found. */
  readonly description: string;
  readonly meter: RequestMeter;
  /** Where the API server is, for whoever looks at it from outside. */
  readonly endpoint: Endpoint;
  get(path: string, options?: GetOptions): Promise<Answer>;
  /** Gives the memory of an answer back, when nothing of it is read any more. */
  release(body: Buffer): void;
  close(): Promise<void>;
}
