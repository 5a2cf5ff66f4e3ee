import type { ScanProgress } from "@/lib/contracts/clusters";

/** One day of a demo's history, from 1. */
export interface DayOfDemo {
  readonly seq: number;
  readonly of: number;
}

/**
 * The day of a demo that is being made; null = none is. Between two days it is the next one: without it the bar would go and come again, and throw the
 * page up and down every second. `newestSeq` is the newest snapshot that anybody told of, `daysToFill` null where nobody makes days.
 */
export function findDay(state: ScanProgress["state"] | undefined, newestSeq: number, daysToFill: number | null): DayOfDemo | null {
  const isGoingOn = state === "queued" || state === "running" || state === "done";
  return daysToFill === null || newestSeq >= daysToFill || !isGoingOn ? null : { seq: newestSeq + 1, of: daysToFill };
}
