import { formatDate, formatDay, formatShortInstant, type TimeZone } from "./instant";

/** The two moments as short as they can be told apart: "17 Nov" and "24 Nov", with the year of either or the time of the day where those are one. */
export function momentWords(from: Date, to: Date, zone: TimeZone): readonly [string, string] {
  const year = (at: Date): string => formatDate(at, zone).slice(-4);
  const format = year(from) === year(to) ? formatDay : formatDate;
  const words = [format(from, zone), format(to, zone)] as const;
  return words[0] === words[1] ? [formatShortInstant(from, zone), formatShortInstant(to, zone)] : words;
}

type Taken = { readonly takenAt: string } | null;

/** The ends of what a page measures, as instants in ISO: both named as above; null = nothing is measured. */
export function spanWords({ since, at }: { readonly since: Taken; readonly at: Taken }, zone: TimeZone): { readonly from: string; readonly to: string } | null {
  if (since === null || at === null) return null;
  const [from, to] = momentWords(new Date(since.takenAt), new Date(at.takenAt), zone);
  return { from, to };
}
