import "server-only";
import type { ErrorCode } from "@/lib/errors/app-error";
import type { PoolSource } from "@/lib/store/open-pool";
import type { ScanJob, ScanResult } from "./scan-job";
import type { ScanWork } from "./scan-work";

/** What a scan worker is started with. */
export interface ScanWorkerData {
  readonly job: ScanJob;
  /** Its `port`, if any, is transferred. */
  readonly database: PoolSource;
}

export type ToWorker = { readonly type: "cancel" };

export type FromWorker =
  | { readonly type: "work"; readonly work: ScanWork }
  | { readonly type: "done"; readonly result: ScanResult }
  /** `message` is one sentence fit for people; `detail` is for the log. */
  | { readonly type: "failed"; readonly code: ErrorCode; readonly message: string; readonly detail: string };
