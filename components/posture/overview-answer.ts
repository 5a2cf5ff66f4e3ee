import type { OverviewResponse } from "@/lib/contracts/overview";
import type { TimeZone } from "@/lib/format/instant";
import { spanWords } from "@/lib/format/moment-words";
import { overviewTitle } from "@/lib/format/posture-titles";
import { toReading } from "./to-reading";

/** Where the cluster stands, in one sentence; null before the first scan. */
export function overviewAnswer({ layers, moment }: OverviewResponse, zone: TimeZone): string | null {
  if (!moment.at) return null;
  return overviewTitle(layers.map(toReading), spanWords(moment, zone)?.from ?? "the baseline");
}
