"use client";
import clsx from "clsx";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { PostureLink } from "../shell/posture-link";
import { useHotkeys } from "../shell/use-hotkeys";
import { SortHead, type SortState } from "./sort-head";

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Value of the `sort` parameter; absent = not sortable. */
  readonly sort?: string;
  /** CSS width; the table has a fixed layout when any column has one. */
  readonly width?: string;
  /** Where it goes on a phone: own line, right of it, or nowhere. */
  readonly phone?: "line" | "right" | "hide";
  /** The cell with the link that covers the whole row. */
  readonly isLink?: boolean;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  readonly sort: SortState;
  /** The answer on screen is being replaced. */
  readonly isStale: boolean;
}

/** Rows that are links (the middle button works), and a cursor (j, k, Enter). */
export function DataTable<Row>({ caption, rows, columns, keyOf, hrefOf, sort, isStale }: DataTableProps<Row>): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const [cursor, setCursor] = useState(-1);
  const move = (step: number): void => {
    // What has the focus would be followed by Enter, and not the row that the cursor goes to.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setCursor(Math.max(0, Math.min(rows.length - 1, cursor + step)));
  };
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    ...(cursor >= 0 ? { Enter: () => body.current?.children[cursor]?.querySelector<HTMLAnchorElement>("a.row-a")?.click() } : {}),
  });
  useEffect(() => {
    body.current?.children[cursor]?.scrollIntoView({ block: "nearest" });
  }, [cursor]);

  return (
    <table className={clsx("table rows", columns.some((c) => c.width !== undefined) && "even", isStale && "dim")} aria-busy={isStale}>
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <SortHead key={column.key} column={column} state={sort} />
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr key={keyOf(row)} className={index === cursor ? "cur" : undefined}>
            {columns.map((column) => (
              <td key={column.key} className={clsx(column.numeric === true && "num", column.phone !== undefined && `ph-${column.phone}`)}>
                {column.isLink === true ? (
                  <PostureLink className="row-a" href={hrefOf(row)}>
                    {column.cell(row)}
                  </PostureLink>
                ) : (
                  column.cell(row)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
