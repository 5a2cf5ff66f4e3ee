"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { FindingRow } from "@/lib/contracts/findings";
import { findingPath } from "@/lib/format/paths";
import { keepMoment } from "../shell/posture-search";
import { useHotkeys } from "../shell/use-hotkeys";
import { recallCursor, rememberList } from "./list-memory";

interface RowCursorOptions {
  readonly rows: readonly FindingRow[];
  readonly cluster: string;
  readonly query: string;
  /** Where a cursor that is nowhere yet begins: the first row in sight. */
  readonly start: number;
  readonly onToggle: (id: string) => void;
  readonly onCopy: (row: FindingRow) => void;
  /** Brings a row, by its position among the findings, into sight. */
  readonly onMove: (index: number) => void;
}

/** The cursor of the list: j and k move it, x selects, Enter opens, c copies a link. It is neither focus nor selection. */
export function useRowCursor({ rows, cluster, query, start, onToggle, onCopy, onMove }: RowCursorOptions): string | null {
  const router = useRouter();
  const search = useSearchParams().toString();
  const [state, setState] = useState<{ readonly query: string; readonly id: string | null }>(() => ({ query, id: recallCursor(query) }));
  const id = state.query === query ? state.id : null;
  const index = id === null ? -1 : rows.findIndex((row) => row.id === id);
  const row = rows[index];

  function moveTo(next: number): void {
    const target = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (target === undefined) return;
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
        // The browser already follows a focused link or button.
        if (document.activeElement instanceof HTMLElement && document.activeElement.matches("a, button, input, summary")) return;
        const path = `/c/${cluster}`;
        router.push(keepMoment(findingPath(cluster, row.id), path, search));
      },
    }),
  });
  return row === undefined ? null : row.id;
}
