import type { ReactNode } from "react";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { countAll, SEVERITIES, type Severity } from "@/lib/model/severity";
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
  );
}
