"use client";
import clsx from "clsx";
import { memo, type ReactNode } from "react";
import type { FindingColumn } from "@/lib/client/findings-search";
import type { FindingRow as Row } from "@/lib/contracts/findings";
import { findingPath } from "@/lib/format/paths";
import { ReadLine } from "../posture/read-line";
import { StalePill } from "../posture/stale-pill";
import { Checkbox } from "../primitives/checkbox";
import { PostureLink } from "../shell/posture-link";
import { COLUMN_WORDS } from "./column-words";
import { FindingCell } from "./finding-cells";

interface FindingRowProps {
  readonly row: Row;
  readonly cluster: string;
  readonly columns: readonly FindingColumn[];
  /** Position in the virtual list, and among the findings. */
  readonly at: number;
  readonly index: number;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly onToggle: (id: string) => void;
  readonly measure: (element: HTMLTableRowElement | null) => void;
}

/** One finding; the whole row is its link. */
export const FindingRow = memo(function FindingRow({ row, cluster, columns, at, index, isCursor, isSelected, onToggle, measure }: FindingRowProps): ReactNode {
  const before = columns.filter((column) => column === "severity" || column === "layer");
  const after = columns.filter((column) => column !== "severity" && column !== "layer");
  const cell = (column: FindingColumn): ReactNode => (
    <td key={column} className={clsx(`f-${column}`, COLUMN_WORDS[column].isNumeric === true && "num")}>
      <FindingCell column={column} row={row} />
    </td>
  );
  return (
    <tr ref={measure} data-index={at} aria-rowindex={index + 2} className={clsx(isCursor && "cur", isSelected && "sel")}>
      <td className="pick">
        <Checkbox aria-label={`Select ${row.id}`} checked={isSelected} onChange={() => onToggle(row.id)} />
      </td>
      {before.map(cell)}
      <td className="f-what">
        <PostureLink className="row-a" href={findingPath(cluster, row.id)}>
          <span className="t" title={row.title}>
            {row.title}
          </span>
        </PostureLink>
        {row.isStale ? " " : null}
        {row.isStale ? <StalePill reason={row.staleReason} /> : null}
        <span className="what-read">
          <ReadLine read={row.read} />
          {row.evidenceCount > 1 ? <span className="muted nowrap"> +{row.evidenceCount - 1} more</span> : null}
        </span>
      </td>
      {after.map(cell)}
    </tr>
  );
});
