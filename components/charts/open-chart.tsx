"use client";
import type { ReactNode } from "react";
import { Area, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount } from "@/lib/format/numbers";
import type { Severity } from "@/lib/model/severity";
import { useTimeZone } from "../primitives/use-time-zone";
import { FlowBars } from "./flow-bars";
import { HatchedGaps } from "./hatched-gaps";
import { niceCeiling, niceTicks } from "./nice-scale";
import { criticalMax, findOpenGaps, type FlowBin, type OpenPoint, type OpenRow, stackMax, toOpenRows } from "./open-series";
import { OpenTip } from "./open-tip";
import { severityArea, severityEdge } from "./palette";
import { type Plot, PlotOverlay } from "./plot-overlay";
import { SeverityLabels } from "./severity-labels";
import { timeTicks } from "./time-ticks";
import { usePickedKey } from "./use-picked-key";
import { useSingleTabStop } from "./use-single-tab-stop";

export interface OpenChartProps {
  readonly points: readonly OpenPoint[];
  readonly flow: readonly FlowBin[];
  readonly gapReason?: string;
  readonly onPick?: (seq: number) => void;
}

const STACK: readonly Severity[] = ["info", "low", "medium", "high"];
const LANE_PX = 56;
const STACK_PX = 166;
const FLOW_PX = 122;
export const OPEN_HEIGHT = LANE_PX + STACK_PX + FLOW_PX;
const MARGIN = { right: 116, left: 0 };
/** Room above the highest value. */
const HEADROOM = 1.07;
const TICK = { fontSize: 12, fill: "var(--ink-3)" };

/** Open findings: criticals in a lane with its own scale, the rest stacked, opened above closed below. */
export function OpenChart({ points, flow, gapReason = "not assessed", onPick }: OpenChartProps): ReactNode {
  const zone = useTimeZone();
  const chart = useSingleTabStop<HTMLDivElement>();
  const { onShow, onKeyDown, isHidden, onMouseEnter } = usePickedKey(onPick);
  const rows = toOpenRows(points);
  const first = rows[0];
  const end = rows.at(-1);
  if (first === undefined || end === undefined) return null;
  const laneTop = niceCeiling(criticalMax(points), 3);
  const stackTop = Math.max(4, stackMax(points) * HEADROOM);
  const stackTicks = niceTicks(0, stackTop, 4).filter(Number.isInteger);
  const flowTop = Math.max(1, ...flow.flatMap((bin) => [bin.opened, bin.closed])) * HEADROOM;
  const flowTick = niceTicks(0, flowTop, 3).filter(Number.isInteger).at(-1) ?? 1;
  const gaps = findOpenGaps(points, gapReason);
  const ticks = timeTicks(first.atMs, end.atMs, zone, 5);
  const still = { isAnimationActive: false, activeDot: false, dot: false } as const;
  const axis = (hidden: boolean): ReactNode => (
    <XAxis
      dataKey="atMs"
      type="number"
      domain={[first.atMs, end.atMs]}
      hide={hidden}
      height={22}
      ticks={ticks.map((t) => t.atMs)}
      interval={0}
      axisLine={false}
      tickLine={false}
      tick={TICK}
      tickFormatter={(at) => ticks.find((t) => t.atMs === at)?.label ?? ""}
    />
  );
  const tip = (words: boolean): ReactNode => (
    <Tooltip
      cursor={{ stroke: "var(--ink)", strokeWidth: 1 }}
      isAnimationActive={false}
      allowEscapeViewBox={{ x: true, y: true }}
      wrapperStyle={{ zIndex: 10 }}
      content={({ active, payload }) => {
        const row = payload?.[0]?.payload as OpenRow | undefined;
        return words && active && !isHidden && row !== undefined ? <OpenTip point={row.point} canPick={onPick !== undefined} onShow={onShow} /> : null;
      }}
    />
  );
  const pick = (state: { readonly activeTooltipIndex?: unknown }): void => {
    const row = rows[Number(state.activeTooltipIndex)];
    if (row !== undefined) onPick?.(row.point.seq);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the charts inside take the focus; Enter on one comes up to here.
    <div
      ref={chart}
      className={onPick === undefined ? "trend open" : "trend open pick"}
      style={{ height: OPEN_HEIGHT }}
      onKeyDown={onKeyDown}
      onMouseEnter={onMouseEnter}
    >
      <ResponsiveContainer width="100%" height={LANE_PX} initialDimension={{ width: 600, height: LANE_PX }}>
        <ComposedChart data={rows} syncId="open" margin={{ ...MARGIN, top: 8, bottom: 8 }} onClick={pick} aria-label="Open critical findings over time">
          <YAxis width={44} domain={[0, laneTop]} ticks={[0, laneTop]} interval={0} axisLine={false} tickLine={false} tick={TICK} />
          {axis(true)}
          <Area {...still} dataKey="critical" type="stepAfter" stroke="none" fill={severityArea("critical")} fillOpacity={1} connectNulls={false} />
          {tip(false)}
          <PlotOverlay
            draw={(plot) => (
              <>
                <path className="axis-l" d={`M${plot.left} ${plot.bottom + 0.5}H${plot.right}`} />
                <HatchedGaps gaps={gaps} plot={plot} beside={false} />
                <SeverityLabels x={plot.right + 8} labels={[{ severity: "critical", count: end.critical ?? 0, y: plot.y((end.critical ?? 0) / 2) }]} />
              </>
            )}
          />
        </ComposedChart>
      </ResponsiveContainer>
      <ResponsiveContainer width="100%" height={STACK_PX} initialDimension={{ width: 600, height: STACK_PX }}>
        <ComposedChart data={rows} syncId="open" margin={{ ...MARGIN, top: 8, bottom: 8 }} onClick={pick} aria-label="Open findings by severity over time">
          <YAxis
            width={44}
            domain={[0, stackTop]}
            ticks={stackTicks}
            interval={0}
            axisLine={false}
            tickLine={false}
            tick={TICK}
            tickFormatter={(v: number) => formatCount(v)}
          />
          {axis(true)}
          <PlotOverlay
            draw={(plot) =>
              stackTicks.map((v) => <path key={v} className={v === 0 ? "axis-l" : "grid-l"} d={`M${plot.left} ${Math.round(plot.y(v)) + 0.5}H${plot.right}`} />)
            }
          />
          {STACK.map((severity) => (
            <Area
              key={severity}
              {...still}
              dataKey={severity}
              stackId="open"
              type="linear"
              fill={severityArea(severity)}
              fillOpacity={1}
              stroke={severityEdge(severity)}
              strokeWidth={1.5}
              connectNulls={false}
            />
          ))}
          {tip(true)}
          <PlotOverlay
            draw={(plot) => (
              <>
                <HatchedGaps gaps={gaps} plot={plot} beside={false} />
                <SeverityLabels x={plot.right + 8} labels={stackLabels(end, plot.y)} />
              </>
            )}
          />
        </ComposedChart>
      </ResponsiveContainer>
      <ResponsiveContainer width="100%" height={FLOW_PX} initialDimension={{ width: 600, height: FLOW_PX }}>
        <ComposedChart data={rows} syncId="open" margin={{ ...MARGIN, top: 8, bottom: 0 }} accessibilityLayer={false} aria-hidden="true">
          <YAxis
            width={44}
            domain={[-flowTop, flowTop]}
            // The line below is there for the shared crosshair only: its values are no part of this scale.
            allowDataOverflow
            ticks={flow.length === 0 ? [0] : [-flowTick, 0, flowTick]}
            interval={0}
            axisLine={false}
            tickLine={false}
            tick={TICK}
            tickFormatter={(v: number) => (v === 0 ? "" : formatCount(Math.abs(v)))}
          />
          {axis(false)}
          {flow.length === 0 ? null : <Line {...still} dataKey="critical" stroke="none" />}
          {tip(false)}
          <PlotOverlay draw={(plot) => (flow.length === 0 ? <NoFlow plot={plot} /> : <FlowBars bins={flow} top={flowTick} plot={plot} />)} />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Said in place of an empty scale. */
function NoFlow({ plot }: { readonly plot: Plot }): ReactNode {
  return (
    <text x={(plot.left + plot.right) / 2} y={plot.y(0)} textAnchor="middle" style={{ fill: "var(--ink-3)" }}>
      What opened and closed shows from the second scan on
    </text>
  );
}

function stackLabels(row: OpenRow, y: (value: number) => number): { severity: Severity; count: number; y: number }[] {
  let base = 0;
  return STACK.map((severity) => {
    const count = row[severity] ?? 0;
    const middle = base + count / 2;
    base += count;
    return { severity, count, y: y(middle) };
  }).filter((label) => label.count > 0 && (label.severity !== "info" || label.count > base * 0.04));
}
