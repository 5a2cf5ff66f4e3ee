"use client";
import type { ReactNode } from "react";
import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip } from "recharts";
import { LAYER_WORDS } from "@/lib/format/words";
import { EventLane } from "./event-lane";
import { HatchedGaps } from "./hatched-gaps";
import { layerMark } from "./palette";
import { PlotOverlay } from "./plot-overlay";
import { AT_ONCE, CROSSHAIR, STILL } from "./recharts-props";
import { ScoreAxis, ScoreGrid, TrendTimeAxis } from "./trend-axes";
import { EndLabel } from "./trend-end-label";
import { findAlone, joinParts, partAtSilence, toSilentGaps } from "./silent-times";
import { findDrops, findGaps, findLastKnown, type TrendEvent, type TrendRow, type TrendSeries, toTrendRows } from "./trend-series";
import { TrendTip } from "./trend-tip";
import { useChartTip } from "./use-chart-tip";
import { useSingleTabStop } from "./use-single-tab-stop";

export interface TrendChartProps {
  readonly series: TrendSeries;
  readonly height: number;
  /** big = the layer's own page: finer axis, event lane, words beside marks */
  readonly big?: boolean;
  readonly events?: readonly TrendEvent[];
  /** Dotted vertical at the baseline, ISO instant. */
  readonly sinceAt?: string;
  /** Charts with the same id share one crosshair. */
  readonly syncId: string;
  readonly onPick?: (seq: number) => void;
}

/** One layer over time: line, honest interval behind it, hatch where nothing was assessed, the cap as a drop. */
export function TrendChart({ series, height, big = false, events = [], sinceAt, syncId, onPick }: TrendChartProps): ReactNode {
  const chart = useSingleTabStop<HTMLDivElement>();
  const parts = partAtSilence(series.points, series.silent);
  const rows = joinParts(parts.map(toTrendRows), (row) => ({ ...row, band: null, free: null, freeAgain: null, held: null, without: null }));
  const { onShow, isHere, pick, handlers } = useChartTip(chart, rows, onPick);
  const gaps = [...parts.flatMap(findGaps), ...toSilentGaps(series.silent)];
  const last = findLastKnown(series.points);
  const first = rows[0];
  const end = rows.at(-1);
  if (first === undefined || end === undefined) return null;
  const color = layerMark(series.layer);
  const lineWidth = big ? 2.25 : 2;
  const marginRight = big ? 104 : 34;
  const still = { ...STILL, legendType: "none" } as const;
  const score = {
    ...still,
    stroke: color,
    strokeWidth: lineWidth,
    connectNulls: false,
    activeDot: { r: 4.5, fill: color, stroke: "var(--bg)", strokeWidth: 2 },
  };
  return (
    <div ref={chart} className={onPick === undefined ? "trend" : "trend pick"} style={{ height }} {...handlers}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 260, height }}>
        <ComposedChart
          data={rows}
          syncId={syncId}
          margin={{ top: 8, right: marginRight, bottom: big ? 20 : 0, left: 0 }}
          aria-label={`${LAYER_WORDS[series.layer]} over time`}
          {...AT_ONCE}
          onClick={pick}
        >
          <ScoreAxis big={big} />
          <TrendTimeAxis first={first} end={end} marginRight={marginRight} />
          <PlotOverlay
            draw={(plot) => (
              <>
                <ScoreGrid plot={plot} big={big} />
                <HatchedGaps gaps={gaps} plot={plot} words={big ? "beside" : "within"} />
              </>
            )}
          />
          <Area {...still} dataKey="band" stroke="none" fill={color} fillOpacity={0.17} connectNulls={false} tooltipType="none" />
          <Line {...still} dataKey="without" stroke={color} strokeWidth={1.5} strokeDasharray="2 3" connectNulls={false} />
          {sinceAt === undefined ? null : <ReferenceLine x={Date.parse(sinceAt)} stroke="var(--ink-3)" strokeDasharray="2 3" ifOverflow="hidden" />}
          <Line {...score} dataKey="free" />
          <Line {...score} dataKey="freeAgain" />
          {/* From one cap to another there is no way between. */}
          <Line {...score} dataKey="held" type="stepAfter" />
          <Tooltip
            {...CROSSHAIR}
            offset={12}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as TrendRow | undefined;
              return active && isHere && row !== undefined ? (
                <TrendTip layer={series.layer} point={row.point} canPick={onPick !== undefined} onShow={onShow} />
              ) : null;
            }}
          />
          <PlotOverlay
            draw={(plot) => (
              <>
                {findDrops(rows).map((d) => (
                  <path key={d.atMs} d={`M${plot.x(d.atMs)} ${plot.y(d.from)}V${plot.y(d.to)}`} stroke={color} strokeWidth={lineWidth} strokeLinecap="round" />
                ))}
                {findAlone(rows, ({ free, freeAgain, held }) => (free ?? freeAgain ?? held) !== null).map(({ atMs, point }) => (
                  <circle key={atMs} cx={plot.x(atMs)} cy={plot.y(point.score ?? 0)} r="2.5" fill={color} />
                ))}
                {last === null ? null : <EndLabel point={last} plot={plot} series={series} big={big} />}
                {big && events.length > 0 ? <EventLane events={events} plot={plot} y={height - 6} marginRight={marginRight} /> : null}
              </>
            )}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
