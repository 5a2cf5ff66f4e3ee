"use client";
import type { ReactNode } from "react";
import type { SilentTimeDto } from "@/lib/contracts/score";
import { formatPercent } from "@/lib/format/numbers";
import type { Layer } from "@/lib/model/layer";
import { HatchedGaps } from "../charts/hatched-gaps";
import { layerInk, layerMark } from "../charts/palette";
import { toSilentGaps } from "../charts/silent-times";
import { fittedTicks } from "../charts/time-ticks";
import { useElementWidth } from "../primitives/use-element-width";
import { useTimeZone } from "../primitives/use-time-zone";
import type { ShareStep } from "./to-share-steps";

const HEIGHT = 96;
/** "100 %" and the gap between it and the line. */
const LEFT = 46;
const RIGHT = 56;

interface ShareTrendProps {
  readonly steps: readonly ShareStep[];
  readonly silent: readonly SilentTimeDto[];
  readonly layer: Layer;
}

/** A step line from 0 to 100 %; plain SVG, because it has few points. */
export function ShareTrend({ steps, silent, layer }: ShareTrendProps): ReactNode {
  const zone = useTimeZone();
  const [ref, width] = useElementWidth<HTMLDivElement>(1000);
  const [start, end] = [steps[0]?.fromMs ?? 0, steps.at(-1)?.toMs ?? 1];
  const x = (atMs: number): number => LEFT + ((atMs - start) / Math.max(end - start, 1)) * Math.max(width - LEFT - RIGHT, 1);
  const y = (share: number): number => 8 + (1 - share) * (HEIGHT - 16);
  const last = steps.at(-1);
  /** One line goes on from the step before: nothing lies between. */
  const goesOn = (index: number): boolean => (steps[index - 1]?.share ?? null) !== null && steps[index - 1]?.toMs === steps[index]?.fromMs;
  const line = steps
    .flatMap((step, index) => (step.share === null ? [] : [`${goesOn(index) ? "L" : "M"}${x(step.fromMs)} ${y(step.share)}H${x(step.toMs)}`]))
    .join("");
  const unjudged = steps.flatMap(({ fromMs, toMs, share }) => (share === null ? [{ fromMs, toMs, reason: "nothing judged" }] : []));
  return (
    <div ref={ref}>
      <svg className="to-paper" width="100%" height={HEIGHT + 24} viewBox={`0 0 ${width} ${HEIGHT + 24}`} aria-hidden="true">
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <path className={share === 0 ? "axis-l" : "grid-l"} d={`M${LEFT} ${Math.round(y(share)) + 0.5}H${width - RIGHT}`} />
            <text x={LEFT - 8} y={y(share) + 4} textAnchor="end">
              {formatPercent(share)}
            </text>
          </g>
        ))}
        {steps.map((step) =>
          step.share === null ? null : (
            <rect
              key={step.fromMs}
              x={x(step.fromMs)}
              y={y(step.share)}
              width={Math.max(x(step.toMs) - x(step.fromMs), 0)}
              height={y(0) - y(step.share)}
              fill={layerMark(layer)}
              opacity=".14"
            />
          ),
        )}
        <HatchedGaps gaps={[...unjudged, ...toSilentGaps(silent)]} plot={{ x, y, left: LEFT, right: width - RIGHT, top: y(1), bottom: y(0) }} words="within" />
        <path d={line} fill="none" stroke={layerMark(layer)} strokeWidth="2" />
        {steps.map(({ fromMs, toMs, share }, index) =>
          share === null || fromMs !== toMs || goesOn(index) ? null : <circle key={fromMs} cx={x(fromMs)} cy={y(share)} r="3" fill={layerMark(layer)} />,
        )}
        {last && last.share !== null ? (
          <text x={width - RIGHT + 8} y={y(last.share) + 4} style={{ fill: layerInk(layer), fontWeight: 600 }}>
            {formatPercent(last.share)}
          </text>
        ) : null}
        {fittedTicks(start, end, zone, { px: width - LEFT - RIGHT, most: 6 }).map((tick) => (
          <text key={tick.atMs} x={x(tick.atMs)} y={HEIGHT + 14} textAnchor="middle">
            {tick.label}
          </text>
        ))}
      </svg>
    </div>
  );
}
