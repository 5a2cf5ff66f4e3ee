import type { ReactNode } from "react";
import { formatScore } from "@/lib/format/numbers";
import { layerInk, layerMark } from "./palette";
import type { Plot } from "./plot-overlay";
import type { TrendPoint, TrendSeries } from "./trend-series";

const LABEL_ROW = 16;

interface EndLabelProps {
  readonly point: TrendPoint;
  readonly plot: Plot;
  readonly series: TrendSeries;
  readonly big: boolean;
}

/** The score at the end of the line; where there has been none since, a question mark, or a dash where there is nothing to judge any more. */
export function EndLabel({ point, plot, series, big }: EndLabelProps): ReactNode {
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
