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
  readonly sort?: SortState;
  /** Given, rows can be selected with x or their checkbox; it renders the dock for the chosen keys. */
  readonly dock?: (selected: ReadonlySet<string>, clear: () => void) => ReactNode;
  /** The answer on screen is being replaced. */
  readonly isStale?: boolean;
}

/** Rows that are links (the middle button works), a cursor (j, k, Enter) and a selection (x). */
export function DataTable<Row>({ caption, rows, columns, keyOf, hrefOf, sort, dock, isStale = false }: DataTableProps<Row>): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const [cursor, setCursor] = useState(-1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const canSelect = dock !== undefined;
  const toggle = (key: string): void => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    setSelected(next);
  };
  const move = (step: number): void => setCursor(Math.max(0, Math.min(rows.length - 1, cursor + step)));
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    ...(cursor >= 0 ? { Enter: () => follow() } : {}),
    ...(canSelect
      ? {
          x: () => {
            const row = rows[cursor];
            if (row !== undefined) toggle(keyOf(row));
          },
        }
      : {}),
  });
  useEffect(() => {
    body.current?.children[cursor]?.scrollIntoView({ block: "nearest" });
  }, [cursor]);

  function follow(): void {
    // The browser already follows a focused link or button.
    if (document.activeElement instanceof HTMLElement && document.activeElement.matches("a, button, input")) return;
    body.current?.children[cursor]?.querySelector<HTMLAnchorElement>("a.row-a")?.click();
  }

  return (
    <>
      <table className={clsx("table rows", columns.some((c) => c.width !== undefined) && "even", isStale && "dim")} aria-busy={isStale}>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {canSelect ? (
              <th scope="col" className="pick">
                <span className="sr">Selected</span>
              </th>
            ) : null}
            {columns.map((column) => (
              <SortHead key={column.key} column={column} {...(sort === undefined ? {} : { state: sort })} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => {
            const key = keyOf(row);
            const isSelected = selected.has(key);
            return (
              <tr key={key} className={clsx(index === cursor && "cur", isSelected && "sel")}>
                {canSelect ? (
                  <td className="pick">
                    <input type="checkbox" className="check" aria-label={`Select ${key}`} checked={isSelected} onChange={() => toggle(key)} />
                  </td>
                ) : null}
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
            );
          })}
        </tbody>
      </table>
      {dock === undefined ? null : (
        <div className="dock" role="region" aria-label="Selection">
          {dock(selected, () => setSelected(new Set()))}
        </div>
      )}
    </>
  );
}
