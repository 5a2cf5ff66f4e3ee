"use client";
import type { ReactNode } from "react";
import { eventSides } from "./event-sides";
import type { Plot } from "./plot-overlay";
import type { TrendEvent } from "./trend-series";

const CHAR_PX = 6.2;
const TICK_PX = 4;
const AXIS_WORDS_PX = 20;

interface EventLaneProps {
  readonly events: readonly TrendEvent[];
  readonly plot: Plot;
  readonly y: number;
  /** Beside the plot, px: labels may stand there. */
  readonly marginRight: number;
}

/** A lane under the time axis: catalogue change, exception end, first scan, cap. */
export function EventLane({ events, plot, y, marginRight }: EventLaneProps): ReactNode {
  const sorted = [...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const marks = sorted.map(({ at, label }) => ({ x: plot.x(Date.parse(at)), width: label.length * CHAR_PX + 12 }));
  const sides = eventSides(marks, plot.left - 40, plot.right + marginRight);
  return sorted.map((event, index) => {
    const { x } = marks[index] ?? { x: plot.left };
    const side = sides[index] ?? null;
    return (
      <g key={`${event.at}${event.label}`}>
        {/* Open where the words of the axis stand: a label may be in the way. */}
        <path d={`M${x} ${plot.bottom}v${TICK_PX}M${x} ${plot.bottom + AXIS_WORDS_PX}V${y - 9}`} stroke="var(--line-strong)" />
        <circle cx={x} cy={y - 4} r="3.5" fill="var(--bg)" stroke="var(--ink-2)" strokeWidth="1.5">
          <title>{event.label}</title>
        </circle>
        {side === null ? null : (
          <text x={x + (side === "end" ? -8 : 8)} y={y} textAnchor={side} style={{ fill: "var(--ink-2)" }}>
            {event.label}
          </text>
        )}
      </g>
    );
  });
}
