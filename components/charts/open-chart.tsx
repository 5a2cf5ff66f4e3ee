"use client";
import type { ReactNode } from "react";
import type { SilentTimeDto } from "@/lib/contracts/score";
import { CriticalLane, FLOW_PX, FlowLane, LANE_PX, type OpenLane, SeverityStack, STACK_PX } from "./open-lanes";
import { findOpenGaps, type FlowBin, type OpenPoint, toOpenRows } from "./open-series";
import { OpenTip } from "./open-tip";
import { joinParts, partAtSilence, toSilentGaps } from "./silent-times";
import { useChartTip } from "./use-chart-tip";
import { useSingleTabStop } from "./use-single-tab-stop";

export interface OpenChartProps {
  readonly points: readonly OpenPoint[];
  readonly silent: readonly SilentTimeDto[];
  readonly flow: readonly FlowBin[];
  readonly onPick?: (seq: number) => void;
}

const OPEN_HEIGHT = LANE_PX + STACK_PX + FLOW_PX;

/** Open findings: criticals in a lane with its own scale, the rest stacked, opened above closed below. */
export function OpenChart({ points, silent, flow, onPick }: OpenChartProps): ReactNode {
  const chart = useSingleTabStop<HTMLDivElement>();
  const parts = partAtSilence(points, silent);
  const rows = joinParts(parts.map(toOpenRows), (row) => ({ ...row, critical: null, high: null, medium: null, low: null, info: null }));
  const { onShow, isHere, pick, handlers } = useChartTip(chart, rows, onPick);
  const first = rows[0];
  const end = rows.at(-1);
  if (first === undefined || end === undefined) return null;
  const lane: OpenLane = { rows, first, end };
  const unseen = toSilentGaps(silent);
  const gaps = [...parts.flatMap(findOpenGaps), ...unseen];
  return (
    <div ref={chart} className={onPick === undefined ? "trend open" : "trend open pick"} style={{ height: OPEN_HEIGHT }} {...handlers}>
      <CriticalLane {...lane} gaps={gaps} onClick={pick} />
      <SeverityStack
        {...lane}
        gaps={gaps}
        onClick={pick}
        tip={(point) => (isHere ? <OpenTip point={point} canPick={onPick !== undefined} onShow={onShow} /> : null)}
      />
      <FlowLane {...lane} gaps={unseen} bins={flow} onClick={pick} />
    </div>
  );
}
