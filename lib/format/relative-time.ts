import { formatCount } from "./numbers";
import { plural } from "./plural";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Days from which a time is said in months, and in years. */
const MONTHS_FROM = 120;
const YEARS_FROM = 730;

/** "4 days ago", "in 3 hours", "just now"; months from 120 days on, years from two years on. */
export function formatRelative(at: Date, now: Date): string {
  const distanceMs = now.getTime() - at.getTime();
  if (Math.abs(distanceMs) < MINUTE_MS) return "just now";
  const words = formatDuration(Math.abs(distanceMs));
  return distanceMs > 0 ? `${words} ago` : `in ${words}`;
}

/** The largest unit alone, rounded down: "1 minute", "19 hours", "121 days" becomes "3 months"; a quarter is said in days, as the ranges of the charts are. */
export function formatDuration(durationMs: number): string {
  const days = Math.floor(durationMs / DAY_MS);
  if (days >= YEARS_FROM) return unit(Math.floor(days / 365), "year");
  if (days >= MONTHS_FROM) return unit(Math.floor(monthsOf(days)), "month");
  if (days >= 1) return unit(days, "day");
  if (durationMs >= HOUR_MS) return unit(Math.floor(durationMs / HOUR_MS), "hour");
  if (durationMs >= MINUTE_MS) return unit(Math.floor(durationMs / MINUTE_MS), "minute");
  return unit(Math.floor(durationMs / 1000), "second");
}

/** 365 days are 12. */
const monthsOf = (days: number): number => (days * 12) / 365;

/**
 * The time between two scans, to the nearest day from two days on: daily scans are some minutes more or less than a day apart. To the nearest month where it
 * is said in months: the line of a year begins at a scan some days after its first.
 */
export function formatSpan(durationMs: number): string {
  const days = Math.round(durationMs / DAY_MS);
  if (days >= MONTHS_FROM && days < YEARS_FROM) return unit(Math.round(monthsOf(days)), "month");
  return formatDuration(days < 2 ? durationMs : days * DAY_MS);
}

/** How long a finding is open, as tables print it: "61 d", "1,095 d", "under 1 d". */
export function formatDays(durationMs: number): string {
  const days = Math.floor(durationMs / DAY_MS);
  return days < 1 ? "under 1 d" : `${formatCount(days)} d`;
}

function unit(count: number, name: string): string {
  return `${count} ${plural(count, name)}`;
}
