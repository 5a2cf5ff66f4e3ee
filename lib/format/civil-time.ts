import { offsetMs, type TimeZone } from "./instant";

/** What a clock on a wall shows, in milliseconds as if its zone were UTC: a day begins where it divides by one. */
export type CivilTime = number & { readonly isCivil: true };

export function toCivil(atMs: number, zone: TimeZone): CivilTime {
  return (atMs + offsetMs(atMs, zone)) as CivilTime;
}

/** The moment at which the clock shows it; where a clock is put forward over it, one after that change: a day that begins so begins then. */
export function fromCivil(civil: CivilTime, zone: TimeZone): number {
  const near = civil - offsetMs(civil, zone);
  const at = civil - offsetMs(near, zone);
  return toCivil(at, zone) === civil ? at : Math.max(near, at);
}
