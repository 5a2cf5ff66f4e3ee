import "server-only";
import type { JsonRecord } from "@/lib/model/json";

/** Takes what is read. An object may come twice when its list had to start again: the later one counts. */
export interface CollectionSink {
  add(body: JsonRecord): void;
  /** `kind` as in `SLICE_KINDS`, or a workload kind. */
  markRead(kind: string): void;
  markMissing(kind: string, reason: string): void;
}
