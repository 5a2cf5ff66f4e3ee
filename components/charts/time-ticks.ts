import { type CivilTime, fromCivil, toCivil } from "@/lib/format/civil-time";
import { formatDay, formatTime, type TimeZone } from "@/lib/format/instant";
import { DAY_MS } from "@/lib/model/day-ms";

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

/** Ticks of a time axis where the reader is: months from 45 days on, else days a nice number apart, under 2 days hours; of one moment, its day. */
export function timeTicks(fromMs: number, toMs: number, zone: TimeZone, maxTicks = 6): readonly TimeTick[] {
  const days = (toMs - fromMs) / DAY_MS;
  if (days === 0) return [{ atMs: fromMs, label: formatDay(new Date(fromMs), zone) }];
  if (!(days > 0)) return [];
  if (days >= 45) return monthTicks(fromMs, toMs, zone, maxTicks);
  const stepMs = days <= 2 ? hourStep(days, maxTicks) : Math.ceil(days / maxTicks) * DAY_MS;
  const ticks: TimeTick[] = [];
  for (let civil = Math.ceil(toCivil(fromMs, zone) / stepMs) * stepMs; ; civil += stepMs) {
    const atMs = fromCivil(civil as CivilTime, zone);
    if (atMs > toMs) return ticks;
    const moment = new Date(atMs);
    // Where a clock is put forward, two hours of it are one moment.
    if (atMs >= fromMs && atMs !== ticks.at(-1)?.atMs)
      ticks.push({ atMs, label: days <= 2 && civil % DAY_MS !== 0 ? formatTime(moment, zone).slice(0, 5) : formatDay(moment, zone) });
  }
}

function hourStep(days: number, maxTicks: number): number {
  const hours = (days * 24) / maxTicks;
  return ([1, 2, 3, 6, 12].find((h) => h >= hours) ?? 12) * 3_600_000;
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
