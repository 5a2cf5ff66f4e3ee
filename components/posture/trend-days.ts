import { formatDate, formatDay, isSameYear, type TimeZone } from "@/lib/format/instant";

/** The days that a trend is of, oldest first: "31 Aug to 29 Nov 2026", "29 Nov 2025 to 29 Nov 2026" or, of a single day, "31 Aug 2026". */
export function trendDays(trend: readonly { readonly takenAt: string }[], zone: TimeZone): string {
  const [first, last] = [trend[0], trend.at(-1)].map((point) => (point === undefined ? null : new Date(point.takenAt)));
  if (!first || !last) return "";
  const [from, to] = [formatDate(first, zone), formatDate(last, zone)];
  if (from === to) return to;
  return `${isSameYear(first, last, zone) ? formatDay(first, zone) : from} to ${to}`;
}
