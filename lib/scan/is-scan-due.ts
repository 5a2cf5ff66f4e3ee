import "server-only";
import { CLOCK_TOLERANCE_MS } from "@/lib/model/clock-tolerance";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { ScanRecord } from "@/lib/store/scans";

/** The scheduler looks once a minute: a scan that falls due within it is not put off to the next. */
const SLACK_MS = 30_000;

/**
 * True when the interval of a cluster has passed since its last scan began, however that ended, or when that is worth a retry. `now` is by the clock of the
 * database, as that beginning is. A scan that began in the future did so by a clock that was wrong: nobody waits for it.
 */
export function isScanDue(
  cluster: Pick<ClusterRecord, "scheduleIntervalMinutes" | "isSchedulePaused">,
  last: (Pick<ScanRecord, "state" | "createdAt"> & { readonly isWorthRetry: boolean }) | null,
  now: Date,
): boolean {
  const { scheduleIntervalMinutes, isSchedulePaused } = cluster;
  if (scheduleIntervalMinutes === null || isSchedulePaused) return false;
  if (last === null) return true;
  if (last.state === "running" || last.state === "queued") return false;
  if (last.isWorthRetry) return true;
  const passedMs = now.getTime() - last.createdAt.getTime();
  return passedMs >= scheduleIntervalMinutes * 60_000 - SLACK_MS || passedMs < -CLOCK_TOLERANCE_MS;
}
