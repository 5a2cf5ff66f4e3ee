"use client";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { formatSpan } from "@/lib/format/relative-time";
import type { FlowBin } from "./open-series";
import type { Plot } from "./plot-overlay";
import type { TrendGap } from "./trend-series";

interface FlowBarsProps {
  readonly bins: readonly FlowBin[];
  /** Drawn below the bars: one that stands in such a time has a ground of its own. */
  readonly gaps: readonly TrendGap[];
  readonly top: number;
  readonly plot: Plot;
}

/** Of the ground round a bar. */
const EDGE_PX = 4;

/** Opened upwards and filled, closed downwards and outlined; the figures are those of the last bar, which say of how long. */
export function FlowBars({ bins, gaps, top, plot }: FlowBarsProps): ReactNode {
  const zero = plot.y(0);
  const last = bins.at(-1);
  return (
    <g>
      {[top, -top].map((v) => (
        <path key={v} className="grid-l" d={`M${plot.left} ${Math.round(plot.y(v)) + 0.5}H${plot.right}`} />
      ))}
      {bins.map((bin) => {
        const [fromMs, toMs] = [Date.parse(bin.fromAt), Date.parse(bin.toAt)];
        const [from, to] = [plot.x(fromMs), plot.x(toMs)];
        const width = Math.max(3, Math.min(18, to - from - 5));
        const x = (from + to) / 2 - width / 2;
        return (
          <g key={bin.fromAt}>
            {bin.opened + bin.closed > 0 && gaps.some((gap) => fromMs < gap.toMs && toMs > gap.fromMs) ? (
              <rect
                x={x - EDGE_PX}
                y={plot.y(bin.opened) - EDGE_PX}
                width={width + 2 * EDGE_PX}
                height={plot.y(-bin.closed) - plot.y(bin.opened) + 2 * EDGE_PX}
                fill="var(--bg)"
              />
            ) : null}
            <rect x={x} y={plot.y(bin.opened)} width={width} height={Math.max(0, zero - plot.y(bin.opened))} fill="var(--ink-2)" />
            {bin.closed === 0 ? null : (
              <rect
                x={x + 0.75}
                y={zero}
                width={Math.max(width - 1.5, 1)}
                height={Math.max(1, plot.y(-bin.closed) - zero)}
                fill="var(--bg)"
                stroke="var(--ink-2)"
                strokeWidth="1.5"
              />
            )}
          </g>
        );
      })}
      <path className="axis-l" d={`M${plot.left} ${Math.round(zero) + 0.5}H${plot.right}`} />
      {last === undefined ? null : (
        <>
          <text x={plot.right + 8} y={zero - 13} style={{ fill: "var(--ink)" }}>{`Opened ${formatCount(last.opened)}`}</text>
          <text x={plot.right + 8} y={zero + 4}>{`in ${formatSpan(Date.parse(last.toAt) - Date.parse(last.fromAt))}`}</text>
          <text x={plot.right + 8} y={zero + 21} style={{ fill: "var(--ink)" }}>{`Closed ${formatCount(last.closed)}`}</text>
        </>
      )}
    </g>
  );
}
