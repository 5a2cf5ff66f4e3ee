import type { ReactNode } from "react";
import type { CompareRow } from "@/lib/contracts/snapshots";
import { formatCount } from "@/lib/format/numbers";
import { workloadFindings } from "@/lib/format/paths";
import { PostureLink } from "../shell/posture-link";
import { ChangeLines, type Ends } from "./change-lines";

/** As many of one kind as leave the next kind in sight; its tab has the others. */
const SHOWN = 12;

interface ChangeRowsProps {
  readonly count: number;
  /** "gone with their object" */
  readonly words: string;
  /** Worst first; of many not all. */
  readonly rows: readonly CompareRow[];
  /** The page of this kind alone; null = this is it, and nothing is left out. */
  readonly all: string | null;
  /** The list of findings that has them all; null = there is none. */
  readonly tab: "opened" | "closed" | null;
  readonly base: string;
  readonly ends: Ends;
}

/** The findings of one kind of change, as one body of the table of all. */
export function ChangeRows({ count, words, rows, all, tab, base, ends }: ChangeRowsProps): ReactNode {
  const shown = all === null ? rows : rows.slice(0, SHOWN);
  return (
    <tbody>
      <tr className="kind-row">
        <th colSpan={4} scope="rowgroup">
          <div className="sec-h">
            <span>
              <h2 className="sec-t">{`${formatCount(count)} ${words}`}</h2>
              {all === null || shown.length === rows.length ? null : (
                <PostureLink className="link no-print" href={all}>
                  {rows.length < count ? "Show more" : "Show all"}
                  <span className="sr">{` ${words}`}</span>
                </PostureLink>
              )}
            </span>
            <span className="cap">
              {shown.length < count ? `the ${formatCount(shown.length)} worst of them here` : null}
              {tab === null ? null : (
                <span className="no-print">
                  {shown.length < count ? " · " : null}
                  <PostureLink className="link" href={workloadFindings(base, `tab=${tab}`)}>
                    {`All ${tab} in Findings`}
                  </PostureLink>
                </span>
              )}
            </span>
          </div>
        </th>
      </tr>
      <ChangeLines rows={shown} base={base} ends={ends} />
    </tbody>
  );
}
