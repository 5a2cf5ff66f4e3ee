import type { ReactNode } from "react";
import type { FindingRow } from "@/lib/contracts/findings";
import { objectWords } from "@/lib/format/paths";
import { BRACKET_WORDS } from "@/lib/format/numbers";
import { Instant } from "../primitives/instant";
import { Parted } from "../primitives/parted";
import { Points } from "../primitives/points";
import { toEntries } from "../primitives/entries";
import { PostureLink } from "../shell/posture-link";
import { FindingTag } from "./finding-tag";
import { ReadLine } from "./read-line";
import { StalePill } from "./stale-pill";
import { ColumnHeads } from "../tables/column-heads";

interface FindingLinesProps {
  readonly rows: readonly FindingRow[];
  readonly base: string;
  readonly caption: string;
  /** Off where what stands above says the same of all of them. */
  readonly showsRead?: boolean;
}

/** A closed finding, or one that nobody could judge, gains nothing. */
function pointsOf(row: FindingRow): number | null {
  return row.state === "open" && row.isOpen ? row.points : null;
}

/** Findings of one control in short, on its page, where the title of each would be the same; the whole list is the page of findings. */
export function FindingLines({ rows, base, caption, showsRead = true }: FindingLinesProps): ReactNode {
  const hasPoints = rows.some((row) => pointsOf(row) !== null);
  return (
    <>
      <table className="table rows even lines">
        <caption className="sr">{caption}</caption>
        <ColumnHeads
          columns={[
            ["Severity", "w-sev"],
            ["Object"],
            ...(showsRead ? [["What was read", "w-obj"] as const] : []),
            ...(hasPoints ? [["Points", "num w-num"] as const] : []),
            ["Opened", "num w-age"],
          ]}
        />
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <FindingTag row={row} />
              </td>
              <td>
                <PostureLink className="row-a" href={`${base}/findings/${row.id}`}>
                  <span className="mono two obj" title={objectWords(row.resource).name}>
                    <Parted text={objectWords(row.resource).name} />
                  </span>
                  <span className="cap">{row.resource.kind}</span>
                </PostureLink>
                {row.isStale ? " " : null}
                {row.isStale ? <StalePill reason={row.staleReason} /> : null}
              </td>
              {showsRead ? (
                <td>
                  <ReadLine read={row.read} words={toEntries} />
                </td>
              ) : null}
              {hasPoints ? (
                <td className="num ph-hide">
                  <Points points={pointsOf(row)} isBracketed={row.isPointsBracketed} />
                </td>
              ) : null}
              <td className="num ph-right">
                <Instant at={row.openedAt} kind="day" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.some((row) => row.isPointsBracketed && pointsOf(row) !== null) ? <p className="cap foot-note only-desk">{BRACKET_WORDS}</p> : null}
    </>
  );
}
