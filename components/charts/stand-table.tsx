import type { ReactNode } from "react";
import { formatCount, formatNoun, formatPercent, formatScore, formatScoreChange } from "@/lib/format/numbers";
import { areAllLevel } from "@/lib/format/posture-titles";
import { hasNothingToJudge } from "@/lib/model/layer";
import { LayerTag } from "../primitives/layer-tag";
import { PostureLink } from "../shell/posture-link";
import { findWeakestReadings, hasEvidence, intervalWords, type LayerReading, readingScore } from "./layer-reading";
import { ScoreBar } from "./score-bar";

export interface StandRow {
  readonly reading: LayerReading;
  readonly href: string;
  /** Open findings. */
  readonly critical: number;
  readonly high: number;
  /** Controls that need a source which nobody switched on: in no figure of the row. */
  readonly switchedOff: number;
}

/** The four scores beside the rings: the text alternative to the emblem, and more. */
export function StandTable({ rows, baseline }: { readonly rows: readonly StandRow[]; readonly baseline: string | null }): ReactNode {
  const readings = rows.map((row) => row.reading).filter(hasEvidence);
  const weakest = areAllLevel(readings) ? [] : findWeakestReadings(readings);
  return (
    <table className="table four">
      <caption className="sr">Score of each layer</caption>
      <thead>
        <tr>
          <th scope="col">Layer</th>
          <th scope="col">
            Score<span className="sr"> of 100</span>
          </th>
          <th scope="col" className="iv-h">
            Interval
          </th>
          <th scope="col">{baseline === null ? "0 to 100" : `0 to 100; notch = ${baseline}`}</th>
          <th scope="col" className="num">
            Coverage
          </th>
          <th scope="col" className="num">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.reading.layer} row={row} isWeakest={weakest.some(({ layer }) => layer === row.reading.layer)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, isWeakest }: { readonly row: StandRow; readonly isWeakest: boolean }): ReactNode {
  const { reading } = row;
  const known = hasEvidence(reading);
  const change = known && reading.previous !== null ? formatScoreChange(reading.previous, reading.score) : "–";
  return (
    <tr>
      <th scope="row" className="lay">
        <PostureLink href={row.href}>
          {isWeakest ? (
            <b>
              <LayerTag layer={reading.layer} />
            </b>
          ) : (
            <LayerTag layer={reading.layer} />
          )}
        </PostureLink>
        {isWeakest ? <span className="cap weak">weakest</span> : null}
      </th>
      <td className="score">{readingScore(reading)}</td>
      <td className="iv">{known ? intervalWords(reading) : null}</td>
      <td className="bar-c">
        <div>
          <ScoreBar reading={reading} />
        </div>
        <span className="cap">
          {known ? null : intervalWords(reading)}
          {known || row.critical + row.high > 0 ? (
            <>
              {known ? null : "; "}
              {row.critical === 0 ? "no critical" : <b className="t-critical">{formatCount(row.critical)} critical</b>},{" "}
              {row.high === 0 ? "no high" : `${formatCount(row.high)} high`}
            </>
          ) : null}
          {reading.capped && known && reading.raw !== null ? `; ${formatScore(reading.raw)} without cap` : ""}
        </span>
      </td>
      <td className="num cov">
        {hasNothingToJudge(reading) ? "–" : formatPercent(reading.coverage)}
        {row.switchedOff === 0 ? null : (
          <span
            className="cap block nowrap"
            title={`Out of scope: ${formatNoun(row.switchedOff, "control")} of this layer wait for a source that nobody switched on`}
          >
            {formatNoun(row.switchedOff, "control")} off
          </span>
        )}
      </td>
      <td className="num delta">{change === "0" || change === "–" ? <span className="muted">{change}</span> : <b>{change}</b>}</td>
    </tr>
  );
}
