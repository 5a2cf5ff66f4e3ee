import "server-only";
import type { ErrorCode } from "@/lib/errors/app-error";
import type { PoolSource } from "@/lib/store/open-pool";
import type { ScanJob, ScanResult } from "./scan-job";
import type { ScanWork } from "./scan-work";

/** What a scan that was cancelled ends with, by which it is told from one that failed. */
export const CANCELLED = "The scan was cancelled.";

/** From the server to the process that scans. */
export type ToScan =
  /** `isFollowed`: the process waits for another job when this one is done. */
  { readonly type: "start"; readonly job: ScanJob; readonly database: PoolSource; readonly isFollowed: boolean } | { readonly type: "cancel" };

export type FromScan =
  | { readonly type: "work"; readonly work: ScanWork }
  | { readonly type: "done"; readonly result: ScanResult }
  /** `message` is one sentence fit for people; `detail` is for the log. */
  | { readonly type: "failed"; readonly code: ErrorCode; readonly message: string; readonly detail: string };
