import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { countAll, SEVERITIES, type Severity } from "@/lib/model/severity";
import { SeverityCount } from "../primitives/severity-count";
import { severityArea } from "./palette";

export interface AgeBin {
  /** "31–90 d" */
  readonly label: string;
  readonly counts: Readonly<Record<Severity, number>>;
}

/** Age of open findings, by severity. Plain HTML. */
export function AgeHistogram({ bins }: { readonly bins: readonly AgeBin[] }): ReactNode {
  const totals = bins.map(({ counts }) => countAll(counts));
  const longest = Math.max(...totals, 1);
  return (
    <div className="age" role="list">
      {bins.map((bin, index) => {
        const total = totals[index] ?? 0;
        const open = SEVERITIES.filter((severity) => bin.counts[severity] > 0);
        return (
          <div key={bin.label} className="age-row" role="listitem">
            <span>{bin.label}</span>
            <span className="age-plot">
              <span className="age-bar" aria-hidden="true" style={{ width: `calc((100% - 6.5rem) * ${total / longest})` }}>
                {open.map((s) => (
                  <i key={s} style={{ flex: `${bin.counts[s]} 1 0`, background: severityArea(s) }} />
                ))}
              </span>
              <b>{index === 0 ? formatNoun(total, "finding") : formatCount(total)}</b>
            </span>
            {total === 0 ? null : (
              <span className="age-counts">
                {open.map((s) => (
                  <span key={s} className={`sev ${s}`}>
                    <SeverityCount severity={s} count={bin.counts[s]} />
                  </span>
                ))}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
