import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { formatInstant } from "@/lib/format/instant";
import { formatDuration } from "@/lib/format/relative-time";
import { CLOCK_TOLERANCE_MS } from "@/lib/model/clock-tolerance";

/**
 * The instant under which a snapshot is filed: `now`, and always later than the one before it. Periods, trends and baselines are read from these instants, and
 * what expires is judged by them. Throws AppError `conflict` when the clock is further back than clocks are put right.
 */
export function toSnapshotInstant(now: Date, last: { readonly seq: number; readonly takenAt: Date } | null): Date {
  if (last === null || now > last.takenAt) return now;
  const behindMs = last.takenAt.getTime() - now.getTime();
  if (behindMs <= CLOCK_TOLERANCE_MS) return new Date(last.takenAt.getTime() + 1);
  throw new AppError(
    "conflict",
    `The clock of this machine shows ${formatInstant(now, "UTC")}, ${formatDuration(behindMs)} before snapshot ${last.seq} was taken (${formatInstant(last.takenAt, "UTC")}): put the clock right, or, if it was wrong then, give that snapshot its true time with npm run redate ("Clock" in docs/operate.md).`,
  );
}
