"use client";
import { type ReactNode, useEffect } from "react";
import { formatInstantWithWeekday, formatTime } from "@/lib/format/instant";
import { formatInterval, formatPercent, formatScore } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import type { Layer } from "@/lib/model/layer";
import { useTimeZone } from "../primitives/use-time-zone";
import type { TrendPoint } from "./trend-series";

/** Local time with UTC beside it, value, interval, coverage, snapshot. */
export function TrendTip({
  layer,
  point,
  canPick,
  onShow,
}: {
  readonly layer: Layer;
  readonly point: TrendPoint;
  readonly canPick: boolean;
  /** Told which snapshot is shown; null = none any more. */
  readonly onShow: (seq: number | null) => void;
}): ReactNode {
  useEffect(() => {
    onShow(point.seq);
    return () => onShow(null);
  }, [point.seq, onShow]);
  const zone = useTimeZone();
  const at = new Date(point.at);
  const interval = point.lower === null || point.upper === null ? "" : ` (${formatInterval(point.lower, point.upper)})`;
  const held = point.score !== null && point.raw !== null && point.raw - point.score > 0.05;
  return (
    <div className="chart-tip">
      <b>
        {formatInstantWithWeekday(at, zone)} {zone === "UTC" ? null : <span>{formatTime(at, "UTC")}</span>}
      </b>
      <div>
        {point.score === null
          ? `${LAYER_WORDS[layer]}: not assessed${point.reason === undefined ? "" : `, ${point.reason}`}`
          : `${LAYER_WORDS[layer]} ${formatScore(point.score)}${held && point.raw !== null ? `, at cap; ${formatScore(point.raw)} without` : ""}${interval}`}
        {point.coverage === null ? "" : `, coverage ${formatPercent(point.coverage)}`}
      </div>
      <div className="muted">
        Snapshot {point.seq}
        {canPick ? ". Click or Enter: everything as of it" : ""}
      </div>
    </div>
  );
}
