import type { OverviewResponse } from "@/lib/contracts/overview";
import { formatDay, type TimeZone } from "@/lib/format/instant";
import { overviewTitle } from "@/lib/format/posture-titles";
import { toReading } from "./to-reading";

/** Where the cluster stands, in one sentence; null before the first scan. */
export function overviewAnswer({ layers, moment }: OverviewResponse, zone: TimeZone): string | null {
  if (!moment.at) return null;
  return overviewTitle(layers.map(toReading), moment.since ? formatDay(new Date(moment.since.takenAt), zone) : "the baseline");
}
