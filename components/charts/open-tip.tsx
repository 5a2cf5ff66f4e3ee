"use client";
import { type ReactNode, useEffect } from "react";
import { formatInstantWithWeekday, formatTime } from "@/lib/format/instant";
import { formatCount } from "@/lib/format/numbers";
import { SEVERITIES } from "@/lib/model/severity";
import { SeverityTag } from "../primitives/severity-tag";
import { useTimeZone } from "../primitives/use-time-zone";
import type { OpenPoint } from "./open-series";

export function OpenTip({
  point,
  canPick,
  onShow,
}: {
  readonly point: OpenPoint;
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
  const { counts } = point;
  return (
    <div className="chart-tip">
      <b>
        {formatInstantWithWeekday(at, zone)} {zone === "UTC" ? null : <span>{formatTime(at, "UTC")}</span>}
      </b>
      {counts === null ? (
        <div>Not assessed</div>
      ) : (
        SEVERITIES.filter((s) => counts[s] > 0).map((s) => (
          <div key={s} style={{ display: "flex", justifyContent: "space-between", gap: 16 }}>
            <SeverityTag severity={s} />
            <span>{formatCount(counts[s])}</span>
          </div>
        ))
      )}
      <div className="muted">
        Snapshot {point.seq}
        {canPick ? ". Click or Enter: everything as of it" : ""}
      </div>
    </div>
  );
}
