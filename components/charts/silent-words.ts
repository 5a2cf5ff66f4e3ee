import type { SilentTimeDto } from "@/lib/contracts/score";
import type { TimeZone } from "@/lib/format/instant";
import { joinWords } from "@/lib/model/join-words";
import { trendDays } from "../posture/trend-days";
import type { ChartTable } from "./chart-table";

const daysOf = ({ from, to }: SilentTimeDto, zone: TimeZone): string => `from ${trendDays([from, to], zone)}`;

/** " No snapshot from 3 Jan to 12 Feb 2026.", for those who hear a picture; nothing where there is no such time. */
export function silentSentence(silent: readonly SilentTimeDto[], zone: TimeZone): string {
  return silent.length === 0 ? "" : ` No snapshot ${joinWords(silent.map((time) => daysOf(time, zone)))}.`;
}

/** The rows of snapshots, newest first, with one for each time between them without one. */
export function withSilence(
  rows: readonly (ChartTable["rows"][number] & { readonly seq: number })[],
  silent: readonly SilentTimeDto[],
  zone: TimeZone,
): ChartTable["rows"] {
  const told = silent.map((time) => ({ seq: time.to.seq - 0.5, cells: [`No snapshot ${daysOf(time, zone)}`] }));
  return [...rows, ...told].sort((a, b) => b.seq - a.seq);
}
