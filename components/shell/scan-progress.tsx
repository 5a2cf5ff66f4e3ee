"use client";
import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { Button } from "../primitives/button";
import type { DayOfDemo } from "../scan/find-day";

export interface ScanState {
  readonly cluster: string;
  /** For other scans; nothing was asked of the cluster yet. */
  readonly isWaiting: boolean;
  /** Everything was read; what is left is to judge and to store it. */
  readonly isJudging: boolean;
  readonly kindsRead: number;
  readonly kindsTotal: number;
  readonly objectsSeen: number;
  /** Kind being read. */
  readonly currentKind: string | null;
  /** Kinds that could not be read so far. */
  readonly gaps: number;
  /** Snapshot that stays on screen meanwhile; null = there is none yet. */
  readonly shownSeq: number | null;
  /** The day of a demo that is being made; null = it is no demo, or it is whole. */
  readonly day: DayOfDemo | null;
}

/** What is done, of how much. */
function toDone({ day, kindsRead, kindsTotal }: ScanState): { readonly done: number; readonly of: number } {
  return day === null ? { done: kindsRead, of: kindsTotal } : { done: day.seq - 1, of: day.of };
}

function toWords({ cluster, day, isWaiting, isJudging, kindsRead, kindsTotal, objectsSeen }: ScanState): string {
  if (day !== null) return `Making day ${day.seq} of ${day.of} of ${cluster}`;
  if (isWaiting) return `Waiting for other scans, then reading ${cluster}`;
  if (isJudging) return `Judging and storing ${cluster}: ${formatNoun(objectsSeen, "object")}`;
  if (kindsTotal === 0) return `Connecting to ${cluster}`;
  return `Reading ${cluster}: ${formatCount(kindsRead)} of ${formatCount(kindsTotal)} kinds, ${formatNoun(objectsSeen, "object")}`;
}

/** Live bar of a running scan; old results stay until the new ones are whole. */
export function ScanProgress({
  scan,
  isCancelling,
  problem,
  onCancel,
}: {
  readonly scan: ScanState;
  readonly isCancelling: boolean;
  /** Why it could not be cancelled. */
  readonly problem: string | null;
  readonly onCancel: () => void;
}): ReactNode {
  const { done, of } = toDone(scan);
  const words = toWords(scan);
  const now = scan.day === null ? scan.currentKind && `Now: ${scan.currentKind}.` : "Each is scanned as a day of a real cluster would be.";
  return (
    <section className="scan" aria-label="Scan running">
      <span>
        <b>{words}</b>
        {now === null ? null : <span className="cap only-desk"> {now}</span>}
        {scan.gaps === 0 ? null : <span className="cap"> {formatNoun(scan.gaps, "kind")} could not be read.</span>}
        {scan.shownSeq === null ? null : <span className="cap only-desk"> You still see snapshot {scan.shownSeq}.</span>}
        {problem === null ? null : (
          <span role="alert" className="block">
            {problem}
          </span>
        )}
      </span>
      <Button disabled={isCancelling} onClick={onCancel}>
        {scan.day === null ? (isCancelling ? "Cancelling…" : "Cancel the scan") : isCancelling ? "Stopping…" : "Stop here"}
      </Button>
      <div className="prog" role="progressbar" aria-label={words} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
        <div style={{ width: `${of === 0 ? 0 : (done / of) * 100}%` }} />
      </div>
    </section>
  );
}
