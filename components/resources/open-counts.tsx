import type { ReactNode } from "react";
import type { SeverityCounts } from "@/lib/contracts/words";
import { formatCount } from "@/lib/format/numbers";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { SEVERITIES } from "@/lib/model/severity";
import { SeverityCount } from "../primitives/severity-count";

/** Open findings by severity: glyph and number, in columns so that a list can be read down. */
export function OpenCounts({ open }: { readonly open: SeverityCounts }): ReactNode {
  if (SEVERITIES.every((severity) => open[severity] === 0)) return <span className="muted">nothing open</span>;
  return (
    <span className="open-counts">
      {SEVERITIES.map((severity) => (
        <span
          key={severity}
          className={open[severity] === 0 ? "none" : `sev ${severity}`}
          title={`${SEVERITY_WORDS[severity]}: ${formatCount(open[severity])}`}
        >
          {open[severity] === 0 ? (
            <>
              <span aria-hidden="true">–</span>
              <span className="sr">{`${SEVERITY_WORDS[severity]} none`}</span>
            </>
          ) : (
            <SeverityCount severity={severity} count={open[severity]} />
          )}
        </span>
      ))}
    </span>
  );
}
