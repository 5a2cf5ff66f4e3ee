"use client";
import type { ReactNode } from "react";
import { formatInterval, formatPercent, formatScore } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import type { Layer } from "@/lib/model/layer";
import { SnapshotTip, type TipPlace } from "./snapshot-tip";
import type { TrendPoint } from "./trend-series";

/** Value, interval and coverage of a layer. */
export function TrendTip({ layer, point, ...place }: TipPlace & { readonly layer: Layer; readonly point: TrendPoint }): ReactNode {
  const bounds = point.lower === null || point.upper === null ? "" : formatInterval(point.lower, point.upper);
  const held = point.score !== null && point.raw !== null && point.raw - point.score > 0.05;
  // A range of one number says it twice.
  const interval = bounds === "" || bounds === formatScore(held ? point.raw : point.score) ? "" : ` (${bounds})`;
  return (
    <SnapshotTip at={point.at} seq={point.seq} {...place}>
      <div>
        {point.score === null
          ? `${LAYER_WORDS[layer]}: ${[...(point.isEmpty === true ? [] : ["not assessed"]), ...(point.reason === undefined ? [] : [point.reason])].join(", ")}`
          : `${LAYER_WORDS[layer]} ${formatScore(point.score)}${held && point.raw !== null ? `, at cap; ${formatScore(point.raw)} without` : ""}${interval}`}
        {point.coverage === null ? "" : `, coverage ${formatPercent(point.coverage)}`}
      </div>
    </SnapshotTip>
  );
}
