"use client";
import { type ReactNode, useState } from "react";
import { clusterApiPath } from "@/lib/client/api-path";
import { useChange } from "@/lib/client/use-change";
import type { ScanProgress as ScanProgressDto } from "@/lib/contracts/clusters";
import { Button } from "../primitives/button";
import { ScanProgress } from "../shell/scan-progress";

interface ScanBarProps {
  readonly cluster: string;
  readonly name: string;
  readonly scan: ScanProgressDto | null;
  readonly isRunning: boolean;
  /** Why this server neither scans nor saves any more; null = it does. */
  readonly outdated: string | null;
  /** Snapshot that stays on screen meanwhile; null = there is none yet. */
  readonly shownSeq: number | null;
  /** How many days of its history a demo has while nobody makes the others; null = all, or they are being made. */
  readonly unfilled: { readonly days: number; readonly of: number } | null;
}

/** The bar of a running scan, or what became of one, with what can be done about it. */
export function ScanBar({ cluster, name, scan, isRunning, outdated, shownSeq, unfilled }: ScanBarProps): ReactNode {
  const [dismissed, setDismissed] = useState<string | null>(null);
  const { isAsking, problem, ask } = useChange();
  const path = `${clusterApiPath(cluster)}/scans`;
  const scanAgain = (): void => void ask({ path, method: "POST" });
  if (outdated !== null) {
    return (
      <section className="scan" role="alert">
        <span>
          <b>This server is too old for its database.</b> {outdated} It shows what it can read, and neither scans nor saves.
        </span>
      </section>
    );
  }
  if (!scan) return null;
  if (isRunning) {
    const state = {
      cluster: name,
      isJudging: scan.phase === "judging" || scan.phase === "storing",
      kindsRead: scan.kindsDone,
      kindsTotal: scan.kindsTotal,
      objectsSeen: scan.objects,
      currentKind: scan.kind,
      gaps: scan.gaps,
      shownSeq,
    };
    return <ScanProgress scan={state} isCancelling={isAsking} problem={problem} onCancel={() => void ask({ path, method: "DELETE" })} />;
  }
  if (dismissed === scan.id) return null;
  if (unfilled !== null && scan.state !== "failed") {
    return (
      <section className="scan" aria-label="Demo stopped">
        <span>
          <b>
            The demo stops after {unfilled.days} of its {unfilled.of} days.
          </b>{" "}
          These stay as they are. {problem}
        </span>
        <span className="acts">
          <Button disabled={isAsking} onClick={scanAgain}>
            Go on
          </Button>
          <Button onClick={() => setDismissed(scan.id)}>Hide</Button>
        </span>
      </section>
    );
  }
  return (
    <section className="scan" role="alert">
      <span>
        <b>The last scan failed.</b> {scan.error} {shownSeq === null ? "There is no snapshot yet." : `You still see snapshot ${shownSeq}.`} {problem}
      </span>
      <span className="acts">
        <Button disabled={isAsking} onClick={scanAgain}>
          Scan again
        </Button>
        <Button onClick={() => setDismissed(scan.id)}>Hide</Button>
      </span>
    </section>
  );
}
