import "server-only";
import type { Pool } from "pg";
import { DAY_MS } from "@/lib/model/day-ms";
import { medianOf } from "@/lib/model/median";
import type { SnapshotRecord } from "../snapshots";
import { loadSnapshotTimes } from "./snapshot-log";

/** As many times as long as from one look to the next otherwise, and so that nobody takes it for a weekend. */
const TIMES = 7;
const LEAST_MS = 7 * DAY_MS;
/** Of fewer intervals none is usual. */
const FEWEST = 5;
/** What is usual is told by as many intervals before one, and after it: who scans daily from now on did not fall silent between the weekly scans before. */
const NEAR = 3;
/** Scans that follow each other sooner are one look: three on each Monday are weekly, not hourly. */
const LOOK_MS = DAY_MS / 2;

type Stamp = Pick<SnapshotRecord, "seq" | "takenAt">;

/** From the last snapshot before a long time without one, in which nobody scanned or every scan failed, to the first one after. */
export interface SilentTime {
  readonly from: Stamp;
  readonly to: Stamp;
}

interface Interval {
  readonly fromSeq: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The number of the look that begins where it ends. */
  readonly look: number;
}

const toStamp = (seq: number, atMs: number): Stamp => ({ seq, takenAt: new Date(atMs) });

/**
 * Times between snapshots that are far longer than usual, oldest first: a line through them would say that somebody had looked. `times[seq]` = when each
 * was taken, epoch ms, up to `toSeq`. The schedule of today says nothing of them: it may have been another one then.
 */
export function findSilentTimes(times: readonly number[], toSeq: number): readonly SilentTime[] {
  const looks: number[] = [];
  let long: Interval[] = [];
  let latestMs = Number.NEGATIVE_INFINITY;
  for (let seq = 1; seq <= toSeq; seq += 1) {
    const atMs = times[seq] ?? latestMs;
    // The one before was dated by a clock that was ahead, and is not redated yet: until that date comes nothing is told.
    if (atMs < latestMs) {
      long = long.filter(({ toMs }) => toMs <= atMs);
      continue;
    }
    const look = looks.at(-1);
    if (look === undefined || atMs - look >= LOOK_MS) looks.push(atMs);
    if (atMs - latestMs >= LEAST_MS && times[seq - 1] === latestMs) long.push({ fromSeq: seq - 1, fromMs: latestMs, toMs: atMs, look: looks.length - 1 });
    latestMs = atMs;
  }
  if (looks.length <= FEWEST) return [];
  const lengths = looks.slice(1).map((atMs, index) => atMs - (looks[index] ?? atMs));
  return long.flatMap(({ fromSeq, fromMs, toMs, look }): SilentTime[] => {
    const usual = Math.max(medianOf(lengths.slice(Math.max(0, look - 1 - NEAR), look - 1)), medianOf(lengths.slice(look, look + NEAR)));
    return toMs - fromMs < TIMES * usual ? [] : [{ from: toStamp(fromSeq, fromMs), to: toStamp(fromSeq + 1, toMs) }];
  });
}

/** Those that end after `fromSeq`, by all snapshots up to `toSeq`: however much of them is shown, the same are silent. */
export async function loadSilentTimes(pool: Pool, clusterId: number, fromSeq: number, toSeq: number): Promise<readonly SilentTime[]> {
  const times = await loadSnapshotTimes(pool, clusterId, toSeq);
  return findSilentTimes(times, toSeq).filter(({ to }) => to.seq > fromSeq);
}
