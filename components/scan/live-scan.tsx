"use client";
import { useRouter } from "next/navigation";
import { lazy, type ReactNode, useEffect, useRef, useState } from "react";
import type { ScanProgress as ScanProgressDto } from "@/lib/contracts/clusters";
import { PartBoundary } from "../primitives/part-boundary";
import { UnloadedNote } from "../primitives/unloaded-note";
import { usePageNewest } from "../shell/page-newest";
import { findDay } from "./find-day";
import { useScanEvents } from "./use-scan-events";

/** Loaded where there is something to say: most pages are read while no scan runs. */
const ScanBar = lazy(() => import("./scan-bar").then((module) => ({ default: module.ScanBar })));

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
  /** How many days a demo is to have whose history is being made, one scan a day; null = it is not. */
  readonly daysToFill: number | null;
}

/**
 * The live bar while a scan runs, what went wrong when the last one failed, and that it was cancelled where it was seen to run. A finished
 * scan refreshes the page, also one of which this tab saw nothing because it slept, or hears only from a page that was gone to: else the frame would go on
 * calling an old snapshot "now".
 */
export function LiveScan({ cluster, name, initial, outdated, shownSeq, unfilled, daysToFill }: LiveScanProps): ReactNode {
  const router = useRouter();
  const { refresh } = router;
  const scan = useScanEvents(cluster, initial, refresh);
  const seenRunning = useRef<string | null>(null);
  const [cancelAsked, setCancelAsked] = useState<string | null>(null);
  // The scan that the bar last showed: whoever looked on is told that it was cancelled, also from another window.
  const [shownId, setShownId] = useState<string | null>(null);
  const [spoken, setSpoken] = useState("");
  // The next day of a demo begins before the page shows the last one.
  const [lastSeq, setLastSeq] = useState(0);
  const newestSeq = Math.max(lastSeq, shownSeq ?? 0, scan?.snapshotSeq ?? 0);
  if (newestSeq > lastSeq) setLastSeq(newestSeq);
  const isWaiting = scan?.state === "queued";
  const isScanning = scan?.state === "running" || isWaiting;
  if (isScanning && scan.id !== shownId) setShownId(scan.id);
  const day = findDay(scan?.state, newestSeq, daysToFill);
  const isRunning = isScanning || day !== null;
  const isOutdated = scan?.state === "done" && scan.snapshotSeq !== null && scan.snapshotSeq > (shownSeq ?? 0);
  useEffect(() => {
    if (!scan) return;
    if (isScanning) seenRunning.current = scan.id;
    else if (seenRunning.current === scan.id || isOutdated) {
      seenRunning.current = null;
      router.refresh();
    }
  }, [scan, isScanning, isOutdated, router]);
  const isBehindPage = (usePageNewest() ?? 0) > (shownSeq ?? 0);
  useEffect(() => {
    if (isBehindPage) router.refresh();
  }, [isBehindPage, router]);
  const wasRunning = useRef(false);
  const isFilling = day !== null;
  const isDone = scan?.state === "done";
  useEffect(() => {
    if (isRunning) setSpoken(isFilling ? "The days of the demo are being made." : `A scan of ${name} ${isWaiting ? "waits for other scans" : "is running"}.`);
    else if (wasRunning.current) setSpoken(isDone ? "The scan is done; the page shows what it found." : "");
    wasRunning.current = isRunning;
  }, [isRunning, isWaiting, isFilling, isDone, name]);
  const stopped = unfilled !== null && unfilled.days > 0 ? unfilled : null;
  // A demo scans day after day: the one that was cancelled may not be the one that was seen.
  const isCancelAsked = cancelAsked !== null && (stopped !== null || cancelAsked === scan?.id);
  const isSaid = isRunning || scan?.state === "failed" || stopped !== null || (scan?.state === "cancelled" && (isCancelAsked || scan.id === shownId));
  return (
    <>
      {/* Of the bar, only that it comes and goes: its figures change several times a second. */}
      <p className="sr" role="status">
        {spoken}
      </p>
      {outdated === null && (!scan || !isSaid) ? null : (
        <PartBoundary instead={<UnloadedNote />}>
          <ScanBar
            {...{ cluster, name, scan, isRunning, day, outdated, shownSeq, isCancelAsked }}
            unfilled={stopped}
            onCancel={() => setCancelAsked(scan?.id ?? null)}
          />
        </PartBoundary>
      )}
    </>
  );
}
