import clsx from "clsx";
import type { CSSProperties, ReactNode } from "react";
import { formatPointChange, formatPoints } from "@/lib/format/numbers";
import { joinWords } from "@/lib/model/join-words";
import { niceTicks } from "./nice-scale";
import { foldUnmoved, toWaterfallRows, type WaterfallRow, type WaterfallStep, waterfallDomain } from "./waterfall-scale";

interface WaterfallProps {
  /** In fixed order: from, new resources, newly failing, fixed, exceptions, settings, catalogue, coverage, without cap, cap, to. */
  readonly steps: readonly WaterfallStep[];
  /** The least; rows grow where the column beside them is higher. */
  readonly rowHeight?: number;
}

/** Why a score moved. Filled = gained, outlined = lost; ends are ticks because the scale is cut. Plain HTML, drawn on the server. */
export function Waterfall({ steps, rowHeight = 20 }: WaterfallProps): ReactNode {
  const { rows, unmoved } = foldUnmoved(toWaterfallRows(steps));
  const [from, to] = waterfallDomain(rows);
  const percent = (points: number): string => `${((points - from) / (to - from)) * 100}%`;
  return (
    <>
      <div className="wf" style={{ "--wf-row": `${rowHeight}px`, "--wf-rows": rows.length } as CSSProperties} role="list">
        <div className="wf-grid" aria-hidden="true">
          {niceTicks(from, to, 5).map((tick) => (
            <span key={tick} style={{ left: percent(tick) }}>
              {tick}
            </span>
          ))}
          {niceTicks(from, to, 5).map((tick) => (
            <i key={tick} style={{ left: percent(tick) }} />
          ))}
        </div>
        {rows.map((row) => (
          <div key={row.name} role="listitem" className={clsx("wf-row", row.kind !== "delta" && "total")}>
            <span>{row.name}</span>
            <span className="wf-plot" aria-hidden="true">
              {marks(row, percent, from, to)}
            </span>
            <span>{row.kind === "total" ? formatPoints(row.points) : formatPointChange(row.points)}</span>
          </div>
        ))}
      </div>
      <p className="cap wf-same">{`Filled = gained, outlined = lost.${from === 0 ? "" : " The scale does not start at 0."}`}</p>
      {unmoved.length === 0 ? null : <p className="cap wf-same">{`Less than 0.05 points each: ${joinWords(unmoved.map((name) => name.toLowerCase()))}.`}</p>}
    </>
  );
}

function marks(row: WaterfallRow, percent: (points: number) => string, from: number, to: number): ReactNode {
  if (row.kind === "total") return <i className="wf-end" style={{ left: percent(row.points) }} />;
  const width = `${(Math.abs(row.to - row.from) / (to - from)) * 100}%`;
  return (
    <>
      {row.points === 0 ? null : (
        <i className={clsx("wf-bar", row.points > 0 ? "gain" : "loss")} style={{ left: percent(Math.min(row.from, row.to)), width }} />
      )}
      <i className="wf-step" style={{ left: percent(row.to) }} />
    </>
  );
}
