"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useChange } from "@/lib/client/use-change";
import type { ScanProgress as ScanProgressDto } from "@/lib/contracts/clusters";
import { Button } from "../primitives/button";
import { ScanProgress } from "../shell/scan-progress";
import { useScanEvents } from "./use-scan-events";

interface LiveScanProps {
  readonly cluster: string;
  readonly name: string;
  readonly initial: ScanProgressDto | null;
  /** Why this server neither scans nor saves any more; null = it does. */
  readonly outdated: string | null;
  /** Snapshot that stays on screen meanwhile; null = there is none yet. */
  readonly shownSeq: number | null;
  /** How many days of its history a demo has while nobody makes the others; null = all, or they are being made. */
  readonly unfilled: { readonly days: number; readonly of: number } | null;
}

const scansPath = (cluster: string): string => `/api/v1/clusters/${encodeURIComponent(cluster)}/scans`;

/**
 * The live bar while a scan runs, and what went wrong when the last one failed. A finished scan refreshes the page, also one of which
 * this tab saw nothing because it slept: else the frame would go on calling an old snapshot "now", and put it into copied links.
 */
export function LiveScan({ cluster, name, initial, outdated, shownSeq, unfilled }: LiveScanProps): ReactNode {
  const router = useRouter();
  const scan = useScanEvents(cluster, initial);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const seenRunning = useRef<string | null>(null);
  const isRunning = scan?.state === "running" || scan?.state === "queued";
  const isOutdated = scan?.state === "done" && scan.snapshotSeq !== null && scan.snapshotSeq > (shownSeq ?? 0);
  useEffect(() => {
    if (!scan) return;
    if (isRunning) seenRunning.current = scan.id;
    else if (seenRunning.current === scan.id || isOutdated) {
      seenRunning.current = null;
      router.refresh();
    }
  }, [scan, isRunning, isOutdated, router]);
  const { isAsking, problem, ask } = useChange();
  const scanAgain = (): void => void ask({ path: scansPath(cluster), method: "POST" });
  const cancel = (): void => void ask({ path: scansPath(cluster), method: "DELETE" });
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
      kindsRead: scan.kindsDone,
      kindsTotal: scan.kindsTotal,
      objectsSeen: scan.objects,
      currentKind: scan.kind,
      refused: 0,
      shownSeq,
    };
    return <ScanProgress scan={state} isCancelling={isAsking} problem={problem} onCancel={cancel} />;
  }
  if (dismissed === scan.id) return null;
  if (unfilled !== null && unfilled.days > 0 && scan.state !== "failed") {
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
  if (scan.state !== "failed") return null;
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
