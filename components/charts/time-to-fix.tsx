import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import type { Severity } from "@/lib/model/severity";
import { SeverityTag } from "../primitives/severity-tag";
import { ColumnHeads } from "../tables/column-heads";

interface Time {
  readonly severity: Severity;
  /** Median days; null = nothing was fixed. */
  readonly medianDays: number | null;
  readonly targetDays: number | null;
}

/** The median time to fix against its target; nothing where none is known. Plain HTML. */
export function TimeToFix({ times }: { readonly times: readonly Time[] }): ReactNode {
  if (times.length === 0) return null;
  return (
    <div className="scroll-x" style={{ marginTop: 12 }}>
      <table className="table times">
        <caption className="sr">Median time to fix against its target</caption>
        <ColumnHeads columns={[["Median time to fix, 90 days"], ["Now", "num"], ["Target", "num"], ["Against target", undefined, "spoken"]]} />
        <tbody>
          {times.map((row) => (
            <TimeToFixRow key={row.severity} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TimeToFixRow({ row }: { readonly row: Time }): ReactNode {
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
