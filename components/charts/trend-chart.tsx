"use client";
import { type ReactNode, useState } from "react";
import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatScore } from "@/lib/format/numbers";
import { LAYER_WORDS } from "@/lib/format/words";
import { useTimeZone } from "../primitives/use-time-zone";
import { EventLane } from "./event-lane";
import { HatchedGaps } from "./hatched-gaps";
import { layerInk, layerMark } from "./palette";
import { type Plot, PlotOverlay } from "./plot-overlay";
import { timeTicks } from "./time-ticks";
import { findDrops, findGaps, findLastKnown, type TrendEvent, type TrendPoint, type TrendRow, type TrendSeries, toTrendRows } from "./trend-series";
import { TrendTip } from "./trend-tip";
import { usePickedKey } from "./use-picked-key";
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
  const [hovered, setHovered] = useState(false);
  const zone = useTimeZone();
  const chart = useSingleTabStop<HTMLDivElement>();
  const { onShow, onKeyDown, isHidden, onMouseEnter } = usePickedKey(onPick);
  const rows = toTrendRows(series.points);
  const gaps = findGaps(series.points);
  const last = findLastKnown(series.points);
  const first = rows[0];
  const end = rows.at(-1);
  if (first === undefined || end === undefined) return null;
  const color = layerMark(series.layer);
  const lineWidth = big ? 2.25 : 2;
  const marginRight = big ? 104 : 34;
  const ticks = timeTicks(first.atMs, end.atMs, zone, big ? 6 : 3);
  const still = { isAnimationActive: false, activeDot: false, dot: false, legendType: "none" } as const;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the pointer is; the chart inside takes keys.
    <div
      ref={chart}
      className={onPick === undefined ? "trend" : "trend pick"}
      style={{ height }}
      onKeyDown={onKeyDown}
      onMouseEnter={() => {
        setHovered(true);
        onMouseEnter();
      }}
      onMouseLeave={() => setHovered(false)}
      onFocus={() => setHovered(true)}
      onBlur={() => setHovered(false)}
    >
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 260, height }}>
        <ComposedChart
          data={rows}
          syncId={syncId}
          margin={{ top: 8, right: marginRight, bottom: big ? 20 : 0, left: 0 }}
          aria-label={`${LAYER_WORDS[series.layer]} over time`}
          onClick={(state) => {
            const row = rows[Number(state.activeTooltipIndex)];
            if (row !== undefined) onPick?.(row.point.seq);
          }}
        >
          <YAxis
            width={30}
            domain={[0, 100]}
            ticks={big ? [0, 25, 50, 75, 100] : [0, 50, 100]}
            interval={0}
            axisLine={false}
            tickLine={false}
            // So that "100" begins where the title above it does.
            tickSize={0}
            tickMargin={7}
            tick={{ fontSize: 12, fill: "var(--ink-3)" }}
          />
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
            tick={{ fontSize: 12, fill: "var(--ink-3)", textAnchor: "start", dx: 3 }}
          />
          <PlotOverlay
            draw={(plot) => (
              <>
                {(big ? [25, 50, 75, 100] : [50, 100]).map((v) => (
                  <path key={v} className="grid-l" d={`M${plot.left} ${Math.round(plot.y(v)) + 0.5}H${plot.right}`} />
                ))}
                <HatchedGaps gaps={gaps} plot={plot} beside={big} />
              </>
            )}
          />
          <Area {...still} dataKey="band" stroke="none" fill={color} fillOpacity={0.17} connectNulls={false} tooltipType="none" />
          <Line {...still} dataKey="without" stroke={color} strokeWidth={1.5} strokeDasharray="2 3" connectNulls={false} />
          {sinceAt === undefined ? null : <ReferenceLine x={Date.parse(sinceAt)} stroke="var(--ink-3)" strokeDasharray="2 3" ifOverflow="hidden" />}
          <Line
            {...still}
            dataKey="free"
            stroke={color}
            strokeWidth={lineWidth}
            connectNulls={false}
            activeDot={{ r: 4.5, fill: color, stroke: "var(--bg)", strokeWidth: 2 }}
          />
          <Line
            {...still}
            // From one cap to another there is no way between.
            type="stepAfter"
            dataKey="held"
            stroke={color}
            strokeWidth={lineWidth}
            connectNulls={false}
            activeDot={{ r: 4.5, fill: color, stroke: "var(--bg)", strokeWidth: 2 }}
          />
          <Tooltip
            cursor={{ stroke: "var(--ink)", strokeWidth: 1 }}
            isAnimationActive={false}
            allowEscapeViewBox={{ x: true, y: true }}
            wrapperStyle={{ zIndex: 10 }}
            offset={12}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as TrendRow | undefined;
              return active && hovered && !isHidden && row !== undefined ? (
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

const LABEL_ROW = 16;

interface EndLabelProps {
  readonly point: TrendPoint;
  readonly plot: Plot;
  readonly series: TrendSeries;
  readonly big: boolean;
}

/** The score at the end of the line; where there has been none since, a question mark, or a dash where there is nothing to judge any more. */
function EndLabel({ point, plot, series, big }: EndLabelProps): ReactNode {
  if (point.score === null) return null;
  const { x: toX, y } = plot;
  const x = toX(Date.parse(point.at));
  const ink = layerInk(series.layer);
  const newest = series.points.at(-1);
  const isLost = point.seq !== newest?.seq;
  const held = point.raw !== null && point.raw - point.score > 0.05;
  return (
    <g>
      <circle cx={x} cy={y(point.score)} r="3.5" fill={layerMark(series.layer)} stroke="var(--bg)" strokeWidth="1.5" />
      <text
        className="halo"
        x={(isLost ? plot.right : x) + 8}
        y={(isLost ? (plot.top + plot.bottom) / 2 : y(point.score)) + 4.5}
        style={{ fill: ink, fontWeight: 600, fontSize: 13 }}
      >
        {isLost ? (newest?.isEmpty === true ? "–" : "?") : formatScore(point.score)}
      </text>
      {/* Never onto the score below it, however little the cap takes. */}
      {big && held && !isLost && point.raw !== null ? (
        <text x={x + 8} y={Math.min(y(point.raw) + 4, y(point.score) + 4.5 - LABEL_ROW)} style={{ fill: ink }}>{`${formatScore(point.raw)} without cap`}</text>
      ) : null}
    </g>
  );
}
