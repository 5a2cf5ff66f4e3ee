import { DAY_MS } from "../../model/day-ms";

/** Whole days from one instant or date to another; negative when `to` is earlier; NaN when either does not parse. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** True when `day` (the last day of something) is over at an instant. */
export function isPast(day: string, at: string): boolean {
  return at.slice(0, 10) > day;
}
