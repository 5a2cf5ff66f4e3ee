import type { ReactNode } from "react";
import type { FindingRow } from "@/lib/contracts/findings";
import { formatNoun } from "@/lib/format/numbers";
import { FindingTag } from "../posture/finding-tag";
import { ReadLine } from "../posture/read-line";
import { StalePill } from "../posture/stale-pill";
import { Points } from "../primitives/points";
import { toEntries } from "../primitives/entries";
import { PostureLink } from "../shell/posture-link";
import { ColumnHeads } from "../tables/column-heads";

/** Findings of a ring, each a `FindingLine`. */
export function RingFindings({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <table className="table even fx" aria-label={label}>
      <ColumnHeads columns={[["Severity", "w-sev"], ["Control and evidence"], ["Points", "num w-num"]]} />
      <tbody>{children}</tbody>
    </table>
  );
}

interface FindingLineProps {
  readonly row: FindingRow;
  readonly base: string;
  /** The object that it is on, where that is another than the page's. */
  readonly on?: ReactNode;
}

/** One finding of a ring: its severity, what should hold, what was read, and what it costs. */
export function FindingLine({ row, base, on }: FindingLineProps): ReactNode {
  return (
    <tr>
      <td className="w-sev">
        <FindingTag row={row} />
      </td>
      <td>
        <PostureLink className="row-t" href={`${base}/findings/${row.id}`}>
          {row.title}
        </PostureLink>
        {row.isStale ? " " : null}
        {row.isStale ? <StalePill reason={row.staleReason} /> : null}
        {on}
        <ReadLine read={row.read} words={toEntries} />
      </td>
      <td className="num w-num" title={row.isPointsBracketed ? undefined : "Points that it costs; its page tells what the fix does to the score"}>
        {row.points === null || row.state !== "open" ? null : <Points points={row.points} isBracketed={row.isPointsBracketed} />}
      </td>
    </tr>
  );
}

/** Findings that were not assessed for one reason: the reason once, and each control by name. */
export function FoldedLine({ rows, base }: { readonly rows: readonly [FindingRow, ...FindingRow[]]; readonly base: string }): ReactNode {
  const [first] = rows;
  return (
    <tr>
      <td className="w-sev">
        <FindingTag row={first} />
      </td>
      <td colSpan={2}>
        <span className="folded-t">
          {formatNoun(rows.length, "control")} for one reason <ReadLine read={first.read} words={toEntries} />
        </span>
        <ul className="folded">
          {rows.map((row) => (
            <li key={row.id}>
              <PostureLink className="row-t" href={`${base}/findings/${row.id}`}>
                {row.title}
              </PostureLink>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
