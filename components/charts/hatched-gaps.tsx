"use client";
import type { ReactNode } from "react";
import { HATCH, RULED } from "./palette";
import type { Plot } from "./plot-overlay";
import type { TrendGap } from "./trend-series";

const MIN_PX = 5;
const ROOM_FOR_WORDS_PX = 60;

interface HatchedGapsProps {
  readonly gaps: readonly TrendGap[];
  readonly plot: Plot;
  /** beside = also where there is no room within it, and nothing else in the way; none = what it is stands above */
  readonly words: "within" | "beside" | "none";
}

/** Hatch over the full height where nothing was assessed, with the reason; ruled where there is no snapshot. */
export function HatchedGaps({ gaps, plot, words }: HatchedGapsProps): ReactNode {
  return gaps.map((gap) => {
    const left = plot.x(gap.fromMs);
    const width = Math.max(plot.x(gap.toMs) - left, MIN_PX);
    const said = gap.reason.split(" ");
    const half = Math.ceil(said.length / 2);
    const middle = left + width / 2;
    const next = Math.min(plot.right, ...gaps.filter(({ fromMs }) => fromMs > gap.fromMs).map(({ fromMs }) => plot.x(fromMs)));
    return (
      <g key={`${gap.fromMs} ${gap.toMs}`}>
        <rect x={left} y={plot.top} width={width} height={plot.bottom - plot.top} fill={gap.isSilent ? RULED : HATCH}>
          <title>{gap.isSilent ? "No snapshot" : `Not assessed: ${gap.reason}`}</title>
        </rect>
        {words === "none" ? null : width > ROOM_FOR_WORDS_PX ? (
          // On a ground of its own: between the lines of the hatch no letter can be read.
          <text className="halo" textAnchor="middle" style={{ fill: "var(--ink)", strokeWidth: "0.5rem" }}>
            <tspan x={middle} y={(plot.top + plot.bottom) / 2 - 5}>
              {said.slice(0, half).join(" ")}
            </tspan>
            <tspan x={middle} dy="18">
              {said.slice(half).join(" ")}
            </tspan>
          </text>
        ) : words === "beside" && next - left - width > 220 ? (
          <text className="halo" x={left + width + 6} y={plot.bottom - 8} style={{ fill: "var(--ink-2)" }}>
            {gap.isSilent ? gap.reason : `${gap.reason}: not assessed`}
          </text>
        ) : null}
      </g>
    );
  });
}
