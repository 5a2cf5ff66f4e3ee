/** Zone in which a moment is written: "UTC", or an IANA name such as "Europe/Berlin". */
export type TimeZone = string;

/** Where the browser says its zone to the server, so that a page has one for all of its days. */
export const ZONE_COOKIE = "concentric-zone";

const MONTHS: readonly string[] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Parts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly time: string;
  readonly weekday: string;
  readonly zone: string;
}

/** Each takes 40 KB, and a cookie may name one zone in thousands of spellings. */
const KEPT = 50;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Throws RangeError for a zone that is not known here. */
function formatterOf(zone: TimeZone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "numeric",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "short",
    });
    formatters.set(zone, formatter);
    const [oldest] = formatters.keys();
    if (formatters.size > KEPT && oldest !== undefined) formatters.delete(oldest);
  }
  return formatter;
}

/** The zone of that name, or UTC: a browser calls that of a machine without a proper one "Etc/Unknown", and can write no moment in it. */
export function toTimeZone(name: string | undefined): TimeZone {
  try {
    if (name !== undefined && formatterOf(name)) return name;
  } catch {}
  return "UTC";
}

function partsOf(at: Date, zone: TimeZone): Parts {
  const parts = new Map<string, string>(
    formatterOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const part = (name: string): string => parts.get(name) ?? "";
  return {
    day: String(Number(part("day"))),
    month: MONTHS[Number(part("month")) - 1] ?? "",
    year: part("year"),
    time: `${part("hour")}:${part("minute")}`,
    weekday: part("weekday"),
    zone: part("timeZoneName"),
  };
}

/** How far a clock there is ahead of UTC, in milliseconds. */
export function offsetMs(atMs: number, zone: TimeZone): number {
  const p = partsOf(new Date(atMs), zone);
  const [hour, minute] = p.time.split(":").map(Number);
  const wall = Date.UTC(Number(p.year), MONTHS.indexOf(p.month), Number(p.day), hour, minute);
  return wall - Math.floor(atMs / 60_000) * 60_000;
}

/** "20 Nov 2026, 19:00 CET" */
export function formatInstant(at: Date, zone: TimeZone): string {
  const p = partsOf(at, zone);
  return `${p.day} ${p.month} ${p.year}, ${p.time} ${p.zone}`;
}

/** "Tue 27 Oct 2026, 07:00 CET" */
export function formatInstantWithWeekday(at: Date, zone: TimeZone): string {
  return `${partsOf(at, zone).weekday} ${formatInstant(at, zone)}`;
}

/** "24 Nov 07:00" */
export function formatShortInstant(at: Date, zone: TimeZone): string {
  const p = partsOf(at, zone);
  return `${p.day} ${p.month} ${p.time}`;
}

/** "06:00 UTC" */
export function formatTime(at: Date, zone: TimeZone): string {
  const p = partsOf(at, zone);
  return `${p.time} ${p.zone}`;
}

/** "24 Nov" */
export function formatDay(at: Date, zone: TimeZone): string {
  const p = partsOf(at, zone);
  return `${p.day} ${p.month}`;
}

/** Whether a day of the one may be written without its year beside the other. */
export function isSameYear(one: Date, other: Date, zone: TimeZone): boolean {
  return partsOf(one, zone).year === partsOf(other, zone).year;
}

const UTC_MOMENT = /\b(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}), (\d{2}):(\d{2}) UTC\b/g;

/** A sentence of the API, which names its moments in UTC, with the same moments in another zone. */
export function toZone(sentence: string, zone: TimeZone): string {
  return sentence.replaceAll(UTC_MOMENT, (words: string, day: string, month: string, year: string, hour: string, minute: string) => {
    const index = MONTHS.indexOf(month);
    return index === -1 ? words : formatInstant(new Date(Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute))), zone);
  });
}

/** "November 2026" */
export function formatMonth(at: Date, zone: TimeZone): string {
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: zone }).format(at);
}

/** "24 Nov 2026" */
export function formatDate(at: Date, zone: TimeZone): string {
  return `${formatDay(at, zone)} ${partsOf(at, zone).year}`;
}
