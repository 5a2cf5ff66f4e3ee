"use client";
import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { formatInstantWithWeekday, formatTime } from "@/lib/format/instant";
import { useTimeZone } from "../primitives/use-time-zone";

export interface TipPlace {
  readonly canPick: boolean;
  /** Told which snapshot is shown; null = none any more. */
  readonly onShow: (seq: number | null) => void;
}

const EDGE_PX = 8;
/** From the right of the crosshair to its left: twice the distance that charts keep a tip from it. */
const ACROSS_PX = 24;

/** Moves a tip that reaches beyond the window to the other side of the crosshair or, where there is no room either, to the edge. */
function keepInWindow(tip: HTMLElement): void {
  tip.style.translate = "none";
  const { left, right, width } = tip.getBoundingClientRect();
  const beyond = right - (document.documentElement.clientWidth - EDGE_PX);
  if (beyond <= 0) return;
  const across = width + ACROSS_PX;
  tip.style.translate = `${-(left - across >= EDGE_PX ? across : Math.min(beyond, left - EDGE_PX))}px`;
}

/** What a chart says of one snapshot: local time with UTC beside it, its values, and how to go there. */
export function SnapshotTip({
  at,
  seq,
  canPick,
  onShow,
  children,
}: TipPlace & { readonly at: string; readonly seq: number; readonly children: ReactNode }): ReactNode {
  useEffect(() => {
    onShow(seq);
    return () => onShow(null);
  }, [seq, onShow]);
  const zone = useTimeZone();
  const instant = new Date(at);
  const tip = useRef<HTMLDivElement>(null);
  // After each drawing: the chart moves its tip by itself, without telling what is in it.
  useLayoutEffect(() => {
    if (tip.current !== null) keepInWindow(tip.current);
  });
  return (
    // Spoken: the arrow keys lead from snapshot to snapshot.
    <div ref={tip} className="chart-tip" role="status">
      <b>
        {formatInstantWithWeekday(instant, zone)} {zone === "UTC" ? null : <span>{formatTime(instant, "UTC")}</span>}
      </b>
      {children}
      <div className="muted">
        Snapshot {seq}
        {canPick ? (
          <>
            . <span className="by-pointer">Click or Enter</span>
            <span className="by-finger">Tap</span>: everything as of it
          </>
        ) : null}
      </div>
    </div>
  );
}
