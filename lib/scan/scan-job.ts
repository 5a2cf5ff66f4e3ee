import "server-only";
import type { Settings } from "@/lib/inventory/inventory";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import type { ClusterIdentity } from "./cluster-identity";

/** What a worker is asked to do. Plain data. */
export interface ScanJob {
  /** Its row, which must say at the end that it still runs; left out = it has none. */
  readonly scanId?: string;
  readonly clusterId: number;
  readonly target: ClusterTarget;
  /** The cluster that the target led to so far; null = whatever answers is read. */
  readonly identity: ClusterIdentity | null;
  /** `discovery` = the server found the cluster of its machine and nobody had scanned it. */
  readonly trigger: "manual" | "schedule" | "demo" | "discovery";
  readonly settings: Settings;
  /** ISO instant that the snapshot is filed under; null = when the reading ends. For histories that are made up. */
  readonly at: string | null;
}

export interface ScanResult {
  readonly seq: number;
  /** Rows written or changed, the snapshot's own not counted. */
  readonly transitions: number;
}
