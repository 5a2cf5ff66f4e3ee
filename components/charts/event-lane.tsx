"use client";
import type { ReactNode } from "react";
import { eventSides, shareLabels } from "./event-sides";
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

const widthOf = (label: string): number => label.length * CHAR_PX + 12;

/** A lane under the time axis: catalogue change, exception end, first scan, cap. */
export function EventLane({ events, plot, y, marginRight }: EventLaneProps): ReactNode {
  const sorted = [...events].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const placed = sorted.map((event) => ({ ...event, x: plot.x(Date.parse(event.at)) }));
  const place = (groups: ReturnType<typeof shareLabels<(typeof placed)[number]>>) => {
    const marks = groups.map(({ label, events: own }) => ({ first: own[0]?.x ?? 0, last: own.at(-1)?.x ?? 0, width: widthOf(label) }));
    const sides = eventSides(marks, plot.left - 40, plot.right + marginRight);
    return groups.map((group, index) => ({ ...group, ...(marks[index] ?? { first: 0, last: 0 }), side: sides[index] ?? null }));
  };
  const shared = place(shareLabels(placed, widthOf));
  // A shared label is longer: where it has no room, each says what it can.
  const groups = shared.every(({ side }) => side !== null) ? shared : place(placed.map((event) => ({ label: event.label, events: [event] })));
  return groups.map(({ first, last, side, ...group }) => (
    <g key={`${group.events[0]?.at} ${group.label}`}>
      {first === last ? null : <path d={`M${first} ${y - 4}H${last}`} stroke="var(--line-strong)" />}
      {group.events.map(({ at, x, label }) => (
        <g key={`${at}${label}`}>
          {/* Open where the words of the axis stand: a label may be in the way. */}
          <path d={`M${x} ${plot.bottom}v${TICK_PX}M${x} ${plot.bottom + AXIS_WORDS_PX}V${y - 9}`} stroke="var(--line-strong)" />
          <circle cx={x} cy={y - 4} r="3.5" fill="var(--bg)" stroke="var(--ink-2)" strokeWidth="1.5">
            <title>{label}</title>
          </circle>
        </g>
      ))}
      {side === null ? null : (
        <text x={side === "end" ? first - 8 : last + 8} y={y} textAnchor={side} style={{ fill: "var(--ink-2)" }}>
          {group.label}
        </text>
      )}
    </g>
  ));
}
