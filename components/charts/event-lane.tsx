"use client";
import type { ReactNode } from "react";
import type { Plot } from "./plot-overlay";
import type { TrendEvent } from "./trend-series";

const CHAR_PX = 6.2;
const TICK_PX = 4;
const AXIS_WORDS_PX = 20;

/** A lane under the time axis: catalogue change, exception end, first scan, cap. A label turns left where the next is near. */
export function EventLane({ events, plot, y }: { readonly events: readonly TrendEvent[]; readonly plot: Plot; readonly y: number }): ReactNode {
  let busyUntil = plot.left - 40;
  return [...events]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((event, index, all) => {
      const x = plot.x(Date.parse(event.at));
      const width = event.label.length * CHAR_PX + 12;
      const next = all[index + 1];
      const crowded = next !== undefined && plot.x(Date.parse(next.at)) - x < width;
      const turned = crowded && x - width > busyUntil;
      const shown = turned || !crowded;
      busyUntil = turned ? x + 6 : x + width;
      return (
        <g key={`${event.at}${event.label}`}>
          {/* Open where the words of the axis stand: a label may be in the way. */}
          <path d={`M${x} ${plot.bottom}v${TICK_PX}M${x} ${plot.bottom + AXIS_WORDS_PX}V${y - 9}`} stroke="var(--line-strong)" />
          <circle cx={x} cy={y - 4} r="3.5" fill="var(--bg)" stroke="var(--ink-2)" strokeWidth="1.5">
            <title>{event.label}</title>
          </circle>
          {shown ? (
            <text x={x + (turned ? -8 : 8)} y={y} textAnchor={turned ? "end" : "start"} style={{ fill: "var(--ink-2)" }}>
              {event.label}
            </text>
          ) : null}
        </g>
      );
    });
}
