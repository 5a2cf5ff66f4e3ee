"use client";
import type { ReactNode } from "react";
import type { Severity } from "@/lib/model/severity";
import { useElementWidth } from "../primitives/use-element-width";
import { useTimeZone } from "../primitives/use-time-zone";
import { type HistorySpan, toStripSpans } from "./history-spans";
import { placeLabels } from "./label-rows";
import { HATCH, RULED, severityMark } from "./palette";
import { fittedTicks } from "./time-ticks";

interface HistoryStripProps {
  readonly spans: readonly HistorySpan[];
  readonly fromAt: string;
  readonly toAt: string;
  readonly severity: Severity;
  /** Spoken: "Open 2 to 3 September, not assessed 9 to 11 October, reopened 20 November". */
  readonly summary: string;
}

const BAR = 16;
const ROW = 16;

/** One finding over time: severity colour = failing, hatch = not assessed, ruled = no snapshot, blank = absent or passing. */
export function HistoryStrip({ spans, fromAt, toAt, severity, summary }: HistoryStripProps): ReactNode {
  const zone = useTimeZone();
  const [ref, width] = useElementWidth<HTMLDivElement>(1000);
  const strip = toStripSpans(spans, fromAt, toAt);
  const labels = placeLabels(
    strip.filter(({ isRest }) => !isRest).map((s) => ({ text: s.label, at: s.left + s.width / 2 })),
    width,
  );
  const top = (Math.max(0, ...labels.map((l) => l.row)) + 1) * ROW + 2;
  const [start, end] = [Date.parse(fromAt), Date.parse(toAt)];
  const px = (percent: number): number => (percent / 100) * width;
  return (
    <div ref={ref}>
      <svg className="to-paper" width="100%" height={top + BAR + 26} viewBox={`0 0 ${width} ${top + BAR + 26}`} role="img" aria-label={summary}>
        {labels.map((l, index) => (
          <text key={`${l.text}${index}`} x={l.x} y={top - 6 - l.row * ROW} textAnchor={l.anchor} style={{ fill: "var(--ink-2)" }}>
            {l.text}
          </text>
        ))}
        <rect x=".5" y={top + 0.5} width={Math.max(width - 1, 0)} height={BAR - 1} fill="none" stroke="var(--line-strong)" />
        {strip.map((s) => (
          <rect
            key={`${s.state} ${s.left}`}
            x={Math.min(px(s.left), width - 4)}
            y={top}
            width={Math.max(px(s.width), 4)}
            height={BAR}
            fill={s.state === "failing" ? severityMark(severity) : s.state === "no-snapshot" ? RULED : HATCH}
          >
            <title>{s.label}</title>
          </rect>
        ))}
        {fittedTicks(start, end, zone, { px: width, most: 5 }).map((tick) => {
          const x = ((tick.atMs - start) / Math.max(end - start, 1)) * width;
          return (
            <g key={tick.atMs}>
              <path className="axis-l" d={`M${x} ${top + BAR}v5`} />
              <text x={x} y={top + BAR + 19} textAnchor={x < 24 ? "start" : x > width - 24 ? "end" : "middle"}>
                {tick.label}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
