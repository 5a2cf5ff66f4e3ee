"use client";
import { type ReactNode, useEffect } from "react";
import { formatInstantWithWeekday, formatTime } from "@/lib/format/instant";
import { useTimeZone } from "../primitives/use-time-zone";

export interface TipPlace {
  readonly canPick: boolean;
  /** Told which snapshot is shown; null = none any more. */
  readonly onShow: (seq: number | null) => void;
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
  return (
    <div className="chart-tip">
      <b>
        {formatInstantWithWeekday(instant, zone)} {zone === "UTC" ? null : <span>{formatTime(instant, "UTC")}</span>}
      </b>
      {children}
      <div className="muted">
        Snapshot {seq}
        {canPick ? ". Click or Enter: everything as of it" : ""}
      </div>
    </div>
  );
}
