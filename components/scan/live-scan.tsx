"use client";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ScanProgress as ScanProgressDto } from "@/lib/contracts/clusters";
import { useScanEvents } from "./use-scan-events";

/** Loaded where there is something to say: most pages are read while no scan runs. */
const ScanBar = dynamic(() => import("./scan-bar").then((module) => module.ScanBar));

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

/**
 * The live bar while a scan runs, what went wrong when the last one failed, and that it was cancelled where that was asked for. A finished
 * scan refreshes the page, also one of which this tab saw nothing because it slept: else the frame would go on calling an old snapshot "now",
 * and put it into copied links.
 */
export function LiveScan({ cluster, name, initial, outdated, shownSeq, unfilled }: LiveScanProps): ReactNode {
  const router = useRouter();
  const scan = useScanEvents(cluster, initial);
  const seenRunning = useRef<string | null>(null);
  const [cancelAsked, setCancelAsked] = useState<string | null>(null);
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
  const stopped = unfilled !== null && unfilled.days > 0 ? unfilled : null;
  // A demo scans day after day: the one that was cancelled may not be the one that was seen.
  const isCancelAsked = cancelAsked !== null && (stopped !== null || cancelAsked === scan?.id);
  const isSaid = isRunning || scan?.state === "failed" || stopped !== null || (scan?.state === "cancelled" && isCancelAsked);
  if (outdated === null && (!scan || !isSaid)) return null;
  return (
    <ScanBar {...{ cluster, name, scan, isRunning, outdated, shownSeq, isCancelAsked }} unfilled={stopped} onCancel={() => setCancelAsked(scan?.id ?? null)} />
  );
}
