"use client";
import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { Button } from "../primitives/button";

export interface ScanState {
  readonly cluster: string;
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
}

/** Live bar of a running scan; old results stay until the new ones are whole. */
export function ScanProgress({
  scan,
  isCancelling = false,
  problem = null,
  onCancel,
}: {
  readonly scan: ScanState;
  readonly isCancelling?: boolean;
  /** Why it could not be cancelled. */
  readonly problem?: string | null;
  readonly onCancel?: () => void;
}): ReactNode {
  const share = scan.kindsTotal === 0 ? 0 : scan.kindsRead / scan.kindsTotal;
  const words = scan.isJudging
    ? `Judging and storing ${scan.cluster}: ${formatNoun(scan.objectsSeen, "object")}`
    : scan.kindsTotal === 0
      ? `Connecting to ${scan.cluster}`
      : `Reading ${scan.cluster}: ${formatCount(scan.kindsRead)} of ${formatCount(scan.kindsTotal)} kinds, ${formatNoun(scan.objectsSeen, "object")}`;
  const notes = [
    scan.currentKind === null ? null : `Now: ${scan.currentKind}.`,
    scan.gaps === 0 ? null : `${formatNoun(scan.gaps, "kind")} could not be read.`,
    scan.shownSeq === null ? null : `You still see snapshot ${scan.shownSeq}.`,
  ]
    .filter((note) => note !== null)
    .join(" ");
  return (
    <section className="scan" aria-label="Scan running">
      <span>
        <b>{words}</b> <span className="cap only-desk">{notes}</span>
        {problem === null ? null : (
          <span role="alert" className="block">
            {problem}
          </span>
        )}
      </span>
      {onCancel === undefined ? (
        <span />
      ) : (
        <Button disabled={isCancelling} onClick={onCancel}>
          {isCancelling ? "Cancelling…" : "Cancel the scan"}
        </Button>
      )}
      <div className="prog" role="progressbar" aria-label={words} aria-valuemin={0} aria-valuemax={scan.kindsTotal} aria-valuenow={scan.kindsRead}>
        <div style={{ width: `${share * 100}%` }} />
      </div>
    </section>
  );
}
