"use client";
import { useEffect, useRef, useState } from "react";
import type { FindingRow } from "@/lib/contracts/findings";
import { useHotkeys } from "../shell/use-hotkeys";
import { recallCursor, rememberList } from "./list-memory";

interface RowCursorOptions {
  readonly rows: readonly FindingRow[];
  readonly query: string;
  /** Where a cursor that is nowhere yet begins: the first row in sight. */
  readonly start: number;
  readonly onToggle: (id: string) => void;
  readonly onCopy: (row: FindingRow) => void;
  /** Brings a row, by its position among the findings, into sight. */
  readonly onMove: (index: number) => void;
}

const cursorLink = (): HTMLAnchorElement | null => document.querySelector("tr.cur a.row-a");

/** The cursor of the list: j and k move it, x selects, Enter opens, c copies a link. It is neither focus nor selection. */
export function useRowCursor({ rows, query, start, onToggle, onCopy, onMove }: RowCursorOptions): string | null {
  const [state, setState] = useState<{ readonly query: string; readonly id: string | null }>(() => ({ query, id: recallCursor(query) }));
  const id = state.query === query ? state.id : null;
  const index = id === null ? -1 : rows.findIndex((row) => row.id === id);
  const row = rows[index];
  const returnsTo = useRef(state.id);

  // Whoever goes back stands on the finding that they come from, also with the Tab key.
  useEffect(() => {
    const link = cursorLink();
    if (link === null) return;
    // While the list finds its place, rows come and go, and the focus with them: what holds the row has it for want of a better.
    if (document.activeElement?.contains(link) === false) returnsTo.current = null;
    if (returnsTo.current !== null) link.focus({ preventScroll: true });
  });

  function moveTo(next: number): void {
    const target = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (target === undefined) return;
    returnsTo.current = null;
    // What has the focus would be followed by Enter, and not the row that the cursor goes to.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setState({ query, id: target.id });
    rememberList({ query, cursor: target.id });
    onMove(rows.indexOf(target));
  }

  useHotkeys({
    j: () => moveTo(index < 0 ? start : index + 1),
    k: () => moveTo(index < 0 ? start : index - 1),
    ...(row !== undefined && {
      x: () => onToggle(row.id),
      c: () => onCopy(row),
      Enter: () => {
        const link = cursorLink();
        onMove(index);
        // Out of sight it is drawn by the next frame; in sight, the cursor may have gone on by then.
        if (link === null) requestAnimationFrame(() => cursorLink()?.click());
        else link.click();
      },
    }),
  });
  return row === undefined ? null : row.id;
}
