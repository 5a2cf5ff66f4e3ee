import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { STOOD_STILL } from "@/lib/store/scans";

/** Nothing keeps a scan from its timers for so long, and a database puts off a transaction that waits as long. */
const TOO_LONG_MS = 10 * 60_000;
const LOOK_EVERY_MS = 15_000;

export interface Standstill extends Disposable {
  /** Throws when this process stood still for long since the beginning: what was read before is no picture of now, under which it would be filed. */
  refuse(): void;
}

/** Watches by `clock`, which goes on while a machine sleeps or a process is stopped, as timers do not. */
export function watchStandstill(clock: () => number = Date.now): Standstill {
  let seenMs = clock();
  let longestMs = 0;
  const look = (): void => {
    const nowMs = clock();
    longestMs = Math.max(longestMs, nowMs - seenMs);
    seenMs = nowMs;
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    refuse() {
      look();
      if (longestMs > TOO_LONG_MS) throw new AppError("conflict", STOOD_STILL);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
