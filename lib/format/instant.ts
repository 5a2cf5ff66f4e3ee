/** Zone in which a moment is written: "UTC", or an IANA name such as "Europe/Berlin". */
export type TimeZone = string;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

interface Parts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly time: string;
  readonly weekday: string;
  readonly zone: string;
}

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

/** "20 Nov 2026, 19:00 CET" */
export function formatInstant(at: Date, zone: TimeZone = "UTC"): string {
  const p = partsOf(at, zone);
  return `${p.day} ${p.month} ${p.year}, ${p.time} ${p.zone}`;
}

/** "Tue 27 Oct 2026, 07:00 CET" */
export function formatInstantWithWeekday(at: Date, zone: TimeZone = "UTC"): string {
  return `${partsOf(at, zone).weekday} ${formatInstant(at, zone)}`;
}

/** "24 Nov 07:00" */
export function formatShortInstant(at: Date, zone: TimeZone = "UTC"): string {
  const p = partsOf(at, zone);
  return `${p.day} ${p.month} ${p.time}`;
}

/** "06:00 UTC" */
export function formatTime(at: Date, zone: TimeZone = "UTC"): string {
  const p = partsOf(at, zone);
  return `${p.time} ${p.zone}`;
}

/** "24 Nov" */
export function formatDay(at: Date, zone: TimeZone = "UTC"): string {
  const p = partsOf(at, zone);
  return `${p.day} ${p.month}`;
}

/** "November 2026" */
export function formatMonth(at: Date, zone: TimeZone = "UTC"): string {
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: zone }).format(at);
}

/** "24 Nov 2026" */
export function formatDate(at: Date, zone: TimeZone = "UTC"): string {
  return `${formatDay(at, zone)} ${partsOf(at, zone).year}`;
}
