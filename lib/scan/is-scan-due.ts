import "server-only";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { ScanRecord } from "@/lib/store/scans";

/** The scheduler looks once a minute: a scan that falls due within it is not put off to the next. */
const SLACK_MS = 30_000;

/** True when the interval of a cluster has passed since its last scan began, however that ended. */
export function isScanDue(
  cluster: Pick<ClusterRecord, "scheduleIntervalMinutes" | "isSchedulePaused">,
  last: Pick<ScanRecord, "state" | "createdAt"> | null,
  now: Date,
): boolean {
  const { scheduleIntervalMinutes, isSchedulePaused } = cluster;
  if (scheduleIntervalMinutes === null || isSchedulePaused) return false;
  if (last === null) return true;
  if (last.state === "running" || last.state === "queued") return false;
  return now.getTime() - last.createdAt.getTime() >= scheduleIntervalMinutes * 60_000 - SLACK_MS;
}
