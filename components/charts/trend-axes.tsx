"use client";
import type { ReactNode } from "react";
import { XAxis, YAxis } from "recharts";
import type { Plot } from "./plot-overlay";
import { TICK } from "./recharts-props";
import type { TrendRow } from "./trend-series";
import { useTimeTicks } from "./use-time-ticks";

const SCORE_PX = 30;

const scoresOf = (big: boolean): readonly number[] => (big ? [0, 25, 50, 75, 100] : [0, 50, 100]);

export function ScoreAxis({ big }: { readonly big: boolean }): ReactNode {
  return (
    <YAxis
      width={SCORE_PX}
      domain={[0, 100]}
      ticks={scoresOf(big)}
      interval={0}
      axisLine={false}
      tickLine={false}
      // So that "100" begins where the title above it does.
      tickSize={0}
      tickMargin={7}
      tick={TICK}
    />
  );
}

/** A line through the picture at each number of the axis; at 0 there is the axis of time. */
export function ScoreGrid({ plot, big }: { readonly plot: Plot; readonly big: boolean }): ReactNode {
  return scoresOf(big)
    .filter((score) => score > 0)
    .map((score) => <path key={score} className="grid-l" d={`M${plot.left} ${Math.round(plot.y(score)) + 0.5}H${plot.right}`} />);
}

interface TrendTimeAxisProps {
  readonly first: TrendRow;
  readonly end: TrendRow;
  readonly marginRight: number;
}

export function TrendTimeAxis({ first, end, marginRight }: TrendTimeAxisProps): ReactNode {
  const ticks = useTimeTicks({ first, end }, SCORE_PX + marginRight, 6);
  return (
    <XAxis
      dataKey="atMs"
      type="number"
      domain={[first.atMs, end.atMs]}
      height={22}
      ticks={ticks.map((t) => t.atMs)}
      interval="equidistantPreserveStart"
      minTickGap={8}
      tickFormatter={(at) => ticks.find((t) => t.atMs === at)?.label ?? ""}
      axisLine={{ stroke: "var(--line-strong)" }}
      tickLine={{ stroke: "var(--line-strong)" }}
      tickSize={4}
      // Beside its tick, as what an event draws on the axis stands there too.
      tick={{ ...TICK, textAnchor: "start", dx: 3 }}
    />
  );
}
