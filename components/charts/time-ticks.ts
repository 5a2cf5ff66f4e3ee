import { type CivilTime, fromCivil, toCivil } from "@/lib/format/civil-time";
import { formatDay, formatTime, type TimeZone } from "@/lib/format/instant";
import { DAY_MS } from "@/lib/model/day-ms";

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

/** A day or a time of day, and what parts it from the next. */
const LABEL_PX = 46;
/** A time of day with its day before it. */
const LONG_LABEL_PX = 96;
/** How far apart the ticks of less than two days are. */
const STEPS_MIN = [1, 5, 15, 30, 60, 120, 180, 360, 720] as const;

/** As many ticks as have room beside each other, `most` at most. */
export function fittingTicks(widthPx: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(widthPx / LABEL_PX)));
}

/** Without those that would stand in the long label of the one before. */
export function apartTicks(ticks: readonly TimeTick[], x: (atMs: number) => number): readonly TimeTick[] {
  const [first] = ticks;
  if (first === undefined || !first.label.includes(" ") || !first.label.includes(":")) return ticks;
  return ticks.filter(({ atMs }) => atMs === first.atMs || x(atMs) - x(first.atMs) >= LONG_LABEL_PX);
}

/**
 * Ticks of a time axis where the reader is: months from 45 days on, else days a nice number apart, under 2 days hours or minutes, `maxTicks` at most, since a
 * picture that left out some of its own accord would leave out the days. Hours without a midnight among them say their day first. Of one moment, its day.
 */
export function timeTicks(fromMs: number, toMs: number, zone: TimeZone, maxTicks = 6): readonly TimeTick[] {
  const days = (toMs - fromMs) / DAY_MS;
  if (days === 0) return [{ atMs: fromMs, label: formatDay(new Date(fromMs), zone) }];
  if (!(days > 0)) return [];
  if (days >= 45) return monthTicks(fromMs, toMs, zone, maxTicks);
  if (days > 2) return stepTicks(fromMs, toMs, zone, Math.ceil(days / maxTicks) * DAY_MS);
  for (const minutes of STEPS_MIN) {
    if ((days * 1440) / minutes > maxTicks) continue;
    const ticks = stepTicks(fromMs, toMs, zone, minutes * 60_000);
    if (ticks.length <= maxTicks) return withDay(ticks, fromMs, zone);
  }
  return stepTicks(fromMs, toMs, zone, DAY_MS);
}

/** Those that have room below `px` of a picture, `most` at most, from its one edge to the other. */
export function fittedTicks(fromMs: number, toMs: number, zone: TimeZone, { px, most }: { readonly px: number; readonly most: number }): readonly TimeTick[] {
  return apartTicks(timeTicks(fromMs, toMs, zone, fittingTicks(px, most)), (atMs) => ((atMs - fromMs) / Math.max(toMs - fromMs, 1)) * px);
}

function stepTicks(fromMs: number, toMs: number, zone: TimeZone, stepMs: number): readonly TimeTick[] {
  const ticks: TimeTick[] = [];
  for (let civil = Math.ceil(toCivil(fromMs, zone) / stepMs) * stepMs; ; civil += stepMs) {
    const atMs = fromCivil(civil as CivilTime, zone);
    if (atMs > toMs) return ticks;
    // Where a clock is put forward, two hours of it are one moment.
    if (atMs >= fromMs && atMs !== ticks.at(-1)?.atMs)
      ticks.push({ atMs, label: civil % DAY_MS === 0 ? formatDay(new Date(atMs), zone) : timeOfDay(atMs, zone) });
  }
}

function timeOfDay(atMs: number, zone: TimeZone): string {
  return formatTime(new Date(atMs), zone).slice(0, 5);
}

function withDay(ticks: readonly TimeTick[], fromMs: number, zone: TimeZone): readonly TimeTick[] {
  const [{ atMs } = { atMs: fromMs }, ...others] = ticks;
  if (ticks.some(({ label }) => !label.includes(":"))) return ticks;
  return [{ atMs, label: `${formatDay(new Date(atMs), zone)} ${timeOfDay(atMs, zone)}` }, ...others];
}

function monthTicks(fromMs: number, toMs: number, zone: TimeZone, maxTicks: number): readonly TimeTick[] {
  const first = new Date(toCivil(fromMs, zone));
  const months = (toMs - fromMs) / (30.44 * DAY_MS);
  const every = [1, 2, 3, 6, 12].find((n) => months / n <= maxTicks) ?? 24;
  const ticks: TimeTick[] = [];
  for (let month = 0; ; month += 1) {
    const civil = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    const atMs = fromCivil(civil as CivilTime, zone);
    if (atMs > toMs) return ticks;
    const moment = new Date(civil);
    if (atMs < fromMs || moment.getUTCMonth() % every !== 0) continue;
    ticks.push({ atMs, label: every === 12 || moment.getUTCMonth() === 0 ? String(moment.getUTCFullYear()) : (formatDay(moment, "UTC").split(" ")[1] ?? "") });
  }
}
