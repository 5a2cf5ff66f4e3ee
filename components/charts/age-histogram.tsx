import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { countAll, SEVERITIES, type Severity } from "@/lib/model/severity";
import { SeverityTag } from "../primitives/severity-tag";
import { ColumnHeads } from "../tables/column-heads";
import { severityArea } from "./palette";

export interface AgeBin {
  /** "31–90 d" */
  readonly label: string;
  readonly counts: Readonly<Record<Severity, number>>;
}

export interface TimeToFix {
  readonly severity: Severity;
  /** Median days; null = nothing was fixed. */
  readonly medianDays: number | null;
  readonly targetDays: number | null;
}

/** Age of open findings, by severity, and the median time to fix against its target. Plain HTML. */
export function AgeHistogram({ bins, timeToFix }: { readonly bins: readonly AgeBin[]; readonly timeToFix: readonly TimeToFix[] }): ReactNode {
  const totals = bins.map(({ counts }) => countAll(counts));
  const longest = Math.max(...totals, 1);
  return (
    <>
      <div className="age" role="list">
        {bins.map((bin, index) => {
          const total = totals[index] ?? 0;
          return (
            <div key={bin.label} className="age-row" role="listitem">
              <span>{bin.label}</span>
              <span className="age-plot">
                <span className="age-bar" aria-hidden="true" style={{ width: `calc((100% - 6.5rem) * ${total / longest})` }}>
                  {SEVERITIES.filter((s) => bin.counts[s] > 0).map((s) => (
                    <i
                      key={s}
                      title={`${SEVERITY_WORDS[s]}: ${formatCount(bin.counts[s])}`}
                      style={{ flex: `${bin.counts[s]} 1 0`, background: severityArea(s) }}
                    />
                  ))}
                </span>
                <b>{index === 0 ? formatNoun(total, "finding") : formatCount(total)}</b>
              </span>
            </div>
          );
        })}
      </div>
      {timeToFix.length === 0 ? null : (
        <div className="scroll-x" style={{ marginTop: 12 }}>
          <table className="table">
            <caption className="sr">Median time to fix against its target</caption>
            <ColumnHeads columns={[["Median time to fix, 90 days"], ["Now", "num"], ["Target", "num"], ["Against target", undefined, "spoken"]]} />
            <tbody>
              {timeToFix.map((row) => (
                <TimeToFixRow key={row.severity} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function TimeToFixRow({ row }: { readonly row: TimeToFix }): ReactNode {
  const over = row.medianDays === null || row.targetDays === null ? null : row.medianDays - row.targetDays;
  return (
    <tr>
      <td>
        <SeverityTag severity={row.severity} />
      </td>
      <td className="num">{row.medianDays === null ? "–" : `${formatMedian(row.medianDays)} d`}</td>
      <td className="num muted">{row.targetDays === null ? "none" : `${row.targetDays} d`}</td>
      <td className="num">
        {over === null ? <span className="muted">–</span> : over > 0 ? <b>{formatMedian(over)} d over</b> : <span className="muted">met</span>}
      </td>
    </tr>
  );
}

function formatMedian(days: number): string {
  return days < 10 && !Number.isInteger(days) ? days.toFixed(1) : formatCount(days);
}
