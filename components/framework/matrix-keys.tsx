"use client";
import type { CSSProperties, KeyboardEvent, ReactNode } from "react";
import { nextCell } from "./next-cell";

/** So many columns of a matrix are readable beside each other on a desk; more are spread evenly over rows. */
const MOST_COLUMNS = 7;

/** Arrow keys move between the cells of a matrix: up and down in a column, left and right at the same height. */
export function MatrixKeys({ label, columns, children }: { readonly label: string; readonly columns: number; readonly children: ReactNode }): ReactNode {
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const cells = [...event.currentTarget.querySelectorAll(".tactic")].map((column) => [...column.querySelectorAll<HTMLElement>(".cell a")]);
    const column = cells.findIndex((list) => list.some((cell) => cell.matches(":focus")));
    const row = cells[column]?.findIndex((cell) => cell.matches(":focus")) ?? -1;
    const next = nextCell(
      cells.map((list) => list.length),
      { column, row },
      event.key,
    );
    if (!next) return;
    event.preventDefault();
    cells[next.column]?.[next.row]?.focus();
  };
  return (
    <div
      className="tactics"
      role="region"
      aria-label={label}
      style={{ "--columns": Math.ceil(columns / Math.ceil(columns / MOST_COLUMNS)) } as CSSProperties}
      onKeyDown={move}
    >
      {children}
    </div>
  );
}
