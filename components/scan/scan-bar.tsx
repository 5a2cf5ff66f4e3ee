"use client";
import { type ReactNode, useState } from "react";
import { clusterApiPath } from "@/lib/client/api-path";
import { useChange } from "@/lib/client/use-change";
import type { ScanProgress as ScanProgressDto } from "@/lib/contracts/clusters";
import { Button } from "../primitives/button";
import { ScanProgress } from "../shell/scan-progress";
import type { DayOfDemo } from "./find-day";

interface ScanBarProps {
  readonly cluster: string;
  readonly name: string;
  readonly scan: ScanProgressDto | null;
  readonly isRunning: boolean;
  /** The day of a demo that is being made; null = it is no demo, or it is whole. */
  readonly day: DayOfDemo | null;
  /** Why this server neither scans nor saves any more; null = it does. */
  readonly outdated: string | null;
  /** Snapshot that stays on screen meanwhile; null = there is none yet. */
  readonly shownSeq: number | null;
  /** How many days of its history a demo has while nobody makes the others; null = all, or they are being made. */
  readonly unfilled: { readonly days: number; readonly of: number } | null;
  /** It was asked here to be cancelled. */
  readonly isCancelAsked: boolean;
  readonly onCancel: () => void;
}

interface EndedProps {
  readonly path: string;
  readonly say: string;
  /** What the button that starts a scan is called. */
  readonly again: string;
  /** Takes the focus of the button that cancelled, which is gone. */
  readonly takesFocus: boolean;
  readonly children: ReactNode;
}

/** What became of a scan, with the way to start another. It asks by itself: the answer to a cancel may come later than its effect, and must not keep it waiting. */
function Ended({ path, say, again, takesFocus, children }: EndedProps): ReactNode {
  const [isHidden, setIsHidden] = useState(false);
  const { isAsking, problem, ask } = useChange();
  const hide = (): void => {
    setIsHidden(true);
    document.getElementById("page")?.focus(); // the button goes, and would take the keyboard's place with it
  };
  if (isHidden) return null;
  return (
    <section className="scan" role="alert">
      <span>
        <b>{say}</b> {children} {problem}
      </span>
      <span className="acts">
        <Button autoFocus={takesFocus} disabled={isAsking} onClick={() => void ask({ path, method: "POST" })}>
          {again}
        </Button>
        <Button onClick={hide}>Hide</Button>
      </span>
    </section>
  );
}

/** The bar of a running scan, or what became of one, with what can be done about it. */
export function ScanBar({ cluster, name, scan, isRunning, day, outdated, shownSeq, unfilled, isCancelAsked, onCancel }: ScanBarProps): ReactNode {
  const { isAsking, problem, ask } = useChange();
  const path = `${clusterApiPath(cluster)}/scans`;
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
      isWaiting: scan.state === "queued",
      isJudging: scan.phase === "judging" || scan.phase === "storing",
      kindsRead: scan.kindsDone,
      kindsTotal: scan.kindsTotal,
      objectsSeen: scan.objects,
      currentKind: scan.kind,
      gaps: scan.gaps,
      shownSeq,
      day,
    };
    const cancel = (): void => {
      onCancel();
      void ask({ path, method: "DELETE" });
    };
    return <ScanProgress scan={state} isCancelling={isAsking} problem={problem} onCancel={cancel} />;
  }
  if (unfilled !== null && scan.state !== "failed") {
    return (
      <Ended key={scan.id} path={path} say={`The demo stops after ${unfilled.days} of its ${unfilled.of} days.`} again="Go on" takesFocus={isCancelAsked}>
        These stay as they are.
      </Ended>
    );
  }
  return (
    <Ended
      key={scan.id}
      path={path}
      say={scan.state === "cancelled" ? "The scan was cancelled." : "The last scan failed."}
      again="Scan again"
      takesFocus={isCancelAsked}
    >
      {scan.error} {shownSeq === null ? "There is no snapshot yet." : `You still see snapshot ${shownSeq}.`}
    </Ended>
  );
}
