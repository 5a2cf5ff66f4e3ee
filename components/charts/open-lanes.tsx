"use client";
import type { ComponentProps, ReactNode } from "react";
import { Area, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount } from "@/lib/format/numbers";
import type { Severity } from "@/lib/model/severity";
import { FlowBars } from "./flow-bars";
import { HatchedGaps } from "./hatched-gaps";
import { countAxisPx, niceCeiling, niceTicks } from "./nice-scale";
import { criticalMax, type FlowBin, type OpenPoint, type OpenRow, STACKED, stackLabels, stackMax } from "./open-series";
import { severityArea, severityEdge } from "./palette";
import { type Plot, PlotOverlay } from "./plot-overlay";
import { AT_ONCE, CROSSHAIR, STILL, TICK } from "./recharts-props";
import { SeverityLabels } from "./severity-labels";
import { findAlone } from "./silent-times";
import type { TrendGap } from "./trend-series";
import { useTimeTicks } from "./use-time-ticks";

export const LANE_PX = 56;
export const STACK_PX = 166;
export const FLOW_PX = 122;
const MARGIN = { top: 8, right: 116, bottom: 8, left: 0 };
const ALONE_PX = 3;
/** Room above the highest value. */
const HEADROOM = 1.07;
const COUNT_AXIS = { interval: 0, axisLine: false, tickLine: false, tick: TICK, tickFormatter: formatCount } as const;

/** What the lanes share: one axis of time for all, and one crosshair. */
export interface OpenLane {
  /** Oldest first. */
  readonly rows: readonly OpenRow[];
  readonly first: OpenRow;
  readonly end: OpenRow;
}

interface PickedLane extends OpenLane {
  readonly gaps: readonly TrendGap[];
  readonly onClick: (state: { readonly activeTooltipIndex?: unknown }) => void;
}

/** The same in all lanes, which share their axis of time. */
const axisPx = (rows: readonly OpenRow[]): number => countAxisPx(stackMax(rows.map((row) => row.point)) * HEADROOM);

type FrameProps = ComponentProps<typeof ComposedChart> & { readonly rows: readonly OpenRow[]; readonly height: number };

function LaneFrame({ rows, height, ...chart }: FrameProps): ReactNode {
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
      <ComposedChart data={rows} syncId="open" margin={MARGIN} {...AT_ONCE} {...chart} />
    </ResponsiveContainer>
  );
}

function TimeAxis({ rows, first, end, hide }: OpenLane & { readonly hide: boolean }): ReactNode {
  const ticks = useTimeTicks({ first, end }, axisPx(rows) + MARGIN.right, 5);
  return (
    <XAxis
      dataKey="atMs"
      type="number"
      domain={[first.atMs, end.atMs]}
      hide={hide}
      height={22}
      ticks={ticks.map((t) => t.atMs)}
      // Five dates have no room beside each other on a phone; those that stay are as far apart as each other.
      interval="equidistantPreserveStart"
      minTickGap={8}
      axisLine={false}
      tickLine={false}
      tick={TICK}
      tickFormatter={(at) => ticks.find((t) => t.atMs === at)?.label ?? ""}
    />
  );
}

/** What was open at a snapshot between two times without any: an area has no width there. */
function AloneBars({ rows, of, plot }: { readonly rows: readonly OpenRow[]; readonly of: readonly Severity[]; readonly plot: Plot }): ReactNode {
  return findAlone(rows, ({ critical }) => critical !== null).map((row) => {
    let base = 0;
    return of.map((severity) => {
      const from = base;
      base += row[severity] ?? 0;
      return base === from ? null : (
        <path key={severity} d={`M${plot.x(row.atMs)} ${plot.y(from)}V${plot.y(base)}`} stroke={severityEdge(severity)} strokeWidth={ALONE_PX} />
      );
    });
  });
}

/** Open critical findings, in a scale of their own: a handful must not drown in hundreds. */
export function CriticalLane({ rows, gaps, onClick, ...time }: PickedLane): ReactNode {
  const top = niceCeiling(criticalMax(rows.map((row) => row.point)), 3);
  const open = time.end.critical ?? 0;
  return (
    <LaneFrame rows={rows} height={LANE_PX} onClick={onClick} aria-label="Open critical findings over time">
      <YAxis {...COUNT_AXIS} width={axisPx(rows)} domain={[0, top]} ticks={[0, top]} />
      <TimeAxis rows={rows} {...time} hide />
      <Area {...STILL} dataKey="critical" type="stepAfter" stroke="none" fill={severityArea("critical")} fillOpacity={1} connectNulls={false} />
      <Tooltip {...CROSSHAIR} content={() => null} />
      <PlotOverlay
        draw={(plot) => (
          <>
            <path className="axis-l" d={`M${plot.left} ${plot.bottom + 0.5}H${plot.right}`} />
            <HatchedGaps gaps={gaps} plot={plot} words="within" />
            <AloneBars rows={rows} of={["critical"]} plot={plot} />
            <SeverityLabels x={plot.right + 8} bottom={plot.bottom} labels={[{ severity: "critical", count: open, y: plot.y(open / 2) }]} />
          </>
        )}
      />
    </LaneFrame>
  );
}

/** Open findings of the other severities, the gravest on top; `tip` says what stands beside the crosshair. */
export function SeverityStack({ rows, gaps, onClick, tip, ...time }: PickedLane & { readonly tip: (point: OpenPoint) => ReactNode }): ReactNode {
  const top = Math.max(4, stackMax(rows.map((row) => row.point)) * HEADROOM);
  const counts = niceTicks(0, top, 4).filter(Number.isInteger);
  return (
    <LaneFrame rows={rows} height={STACK_PX} onClick={onClick} aria-label="Open findings by severity over time">
      <YAxis {...COUNT_AXIS} width={axisPx(rows)} domain={[0, top]} ticks={counts} />
      <TimeAxis rows={rows} {...time} hide />
      <PlotOverlay
        draw={(plot) =>
          counts.map((v) => <path key={v} className={v === 0 ? "axis-l" : "grid-l"} d={`M${plot.left} ${Math.round(plot.y(v)) + 0.5}H${plot.right}`} />)
        }
      />
      {/* The edge of an area without height would lie on the one below it, as if something of its severity were open. */}
      {STACKED.filter((severity) => rows.some((row) => (row[severity] ?? 0) > 0)).map((severity) => (
        <Area
          key={severity}
          {...STILL}
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
      <Tooltip
        {...CROSSHAIR}
        content={({ active, payload }) => {
          const row = payload?.[0]?.payload as OpenRow | undefined;
          return active && row !== undefined ? tip(row.point) : null;
        }}
      />
      <PlotOverlay
        draw={(plot) => (
          <>
            <HatchedGaps gaps={gaps} plot={plot} words="within" />
            <AloneBars rows={rows} of={STACKED} plot={plot} />
            <SeverityLabels x={plot.right + 8} bottom={plot.bottom} labels={stackLabels(time.end, plot.y)} />
          </>
        )}
      />
    </LaneFrame>
  );
}

/** What opened, above the line, and what closed, below it, with the axis of time for all lanes. */
export function FlowLane({ rows, gaps, bins, onClick, ...time }: PickedLane & { readonly bins: readonly FlowBin[] }): ReactNode {
  const top = Math.max(1, ...bins.flatMap((bin) => [bin.opened, bin.closed])) * HEADROOM;
  const tick = niceTicks(0, top, 3).filter(Number.isInteger).at(-1) ?? 1;
  const isEmpty = bins.length === 0;
  return (
    <LaneFrame rows={rows} height={FLOW_PX} margin={{ ...MARGIN, bottom: 0 }} onClick={onClick} accessibilityLayer={false} aria-hidden="true">
      <YAxis
        {...COUNT_AXIS}
        width={axisPx(rows)}
        domain={[-top, top]}
        // The line below is there for the shared crosshair only: its values are no part of this scale.
        allowDataOverflow
        ticks={isEmpty ? [0] : [-tick, 0, tick]}
        tickFormatter={(v: number) => (v === 0 ? "" : formatCount(Math.abs(v)))}
      />
      <TimeAxis rows={rows} {...time} hide={false} />
      {isEmpty ? null : <Line {...STILL} dataKey="critical" stroke="none" />}
      <Tooltip {...CROSSHAIR} content={() => null} />
      <PlotOverlay
        draw={(plot) =>
          isEmpty ? (
            <NoFlow plot={plot} />
          ) : (
            <>
              <HatchedGaps gaps={gaps} plot={plot} words="none" />
              <FlowBars bins={bins} gaps={gaps} top={tick} plot={plot} />
            </>
          )
        }
      />
    </LaneFrame>
  );
}

/** Said in place of an empty scale, in two lines: the picture of a phone is not as wide as one. */
function NoFlow({ plot }: { readonly plot: Plot }): ReactNode {
  const middle = (plot.left + plot.right) / 2;
  return (
    <text y={plot.y(0)} textAnchor="middle" style={{ fill: "var(--ink-3)" }}>
      <tspan x={middle} dy="-.3em">
        {"What opened and closed "}
      </tspan>
      <tspan x={middle} dy="1.4em">
        shows from the second scan on
      </tspan>
    </text>
  );
}
